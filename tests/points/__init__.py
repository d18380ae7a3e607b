"""The invented messages from which the points of `bot/urgent/points` were drawn, and how: `python -m tests.points`.

`messages/*.txt` hold one message a line: `language|class|urgency|text`; a further class stands after the class (`minor+violence`).
Nobody wrote any of them in need: they were made up for this, like every message of the tests.
"""
