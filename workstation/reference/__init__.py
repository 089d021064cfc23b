"""Dated reference data beside its readers; where each table comes from stands in SOURCE.md."""
