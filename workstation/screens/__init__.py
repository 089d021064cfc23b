"""The screens of the counter: a folder each, found by being there; each asks `workstation.acts` only."""
