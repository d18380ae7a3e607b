"""Suggestions, decisions and reports: peers share, two pairs of eyes look, nothing is public before (`policy.md` §5).

`screening` looks at a suggestion before it is kept: readable rules over word lists, each flag with its reason and the
words it is about. It decides nothing, opens no address and looks up no name. A phone number, mail address or street is a
private person's unless the words around it say that a service answers there (`owners`); that is the border the labelled
examples draw, and where nothing tells, the person is asked.
"""
