"""What must be answered before any search: danger, the hold of an authority or a person, and the fixed boundaries.

`recognise` reads the words of a message and names its class by fixed rules over word lists (`lists/`), and by points that
rules and words have for each class (`points/`). All of it is lines that a moderator can read and correct, and nothing is learnt
while the bot runs. Why so: policy §6 asks that recognition answers when the database and the search are gone, and that
whoever finds a wrong answer can see which line caused it and mend it.

A list (`lists/en.yaml`, ...) turns what people write into signals ("not-breathing", "police", "at-door"); the phrases
are those of `bot.core.phrases`. `lists/rules.yaml` knows no language: it says which signals together mean which class.
A new wording is a line in a list, a new meaning a rule.
"""
