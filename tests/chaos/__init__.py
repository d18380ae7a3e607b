"""Processes that die and platforms that fail, again and again: `python -m tests.chaos`."""
