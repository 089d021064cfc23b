"""The stories of the practice days: what happens to one case, told as acts with the time between them.

A story is a generator: it does an act, yields how long it waits, and goes on; the stage merges many of them.
Which stories are played, and when, stands in `practice/plan.py`.
"""
