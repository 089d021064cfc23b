"""Ctrl+P: everything one can do here, found by Chinese or pinyin initials."""
