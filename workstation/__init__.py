"""The counter: cases, envelopes, custody and the journal of a 跨省通办 window."""

__version__ = "0.1.0"
