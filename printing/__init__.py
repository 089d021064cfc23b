"""Ink on paper: sheets, envelopes, labels and their barcodes as PDF bytes.

A leaf: what to print comes in as plain data (`sheets.Part`, `envelopes.EnvelopeFace`).
"""
