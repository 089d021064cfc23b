"""Three looks: dark, light, and one of high contrast. States are told by word and sign in each of them."""

from __future__ import annotations

from textual.theme import Theme

THEMES = {
    "dark": Theme(
        name="dark",
        primary="#1f5f8b",
        secondary="#3d7ea6",
        warning="#d9a441",
        error="#d9534f",
        success="#5cb85c",
        accent="#5cc8d7",
        foreground="#e6e6e6",
        background="#16181c",
        surface="#23272e",
        panel="#2f3640",
    ),
    "light": Theme(
        name="light",
        primary="#1f5f8b",
        secondary="#3d7ea6",
        warning="#8a5a00",
        error="#a61b16",
        success="#1e6b2b",
        accent="#0b6b78",
        foreground="#1b1b1b",
        background="#f4f4f0",
        surface="#ffffff",
        panel="#dcdcd4",
        dark=False,
    ),
    "contrast": Theme(
        name="contrast",
        primary="#0000ff",
        secondary="#00ffff",
        warning="#ffff00",
        error="#ff6060",
        success="#00ff00",
        accent="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#303030",
        text_alpha=1.0,
    ),
}
WORDS = {"dark": "深色", "light": "浅色", "contrast": "高对比"}
