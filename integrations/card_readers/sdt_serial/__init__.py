"""Readers of second-generation identity cards with a SAM_V module (GA 450) at a serial port."""
