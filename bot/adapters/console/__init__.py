"""The terminal: plain lines in, plain lines out; readable without colour, by a screen reader, over ssh and in a pipe.

Nothing is written to disk and no history is kept: lines are read without readline, and what the last reply offered is
in memory until the next one.
"""
