"""Suggestions, decisions and reports: peers share, two pairs of eyes look, nothing is public before (`policy.md` §5).

`steps` has every rule as a pure function of a case; `service` puts them together with what is said, and a step is kept whole
or not at all (`ports.Cases`). `cards` shows a case to moderators, never who sent it.

`screening` looks at a suggestion before it is kept: readable rules over word lists, each flag with its reason and the words it is
about. It decides nothing, opens no address and looks up no name. A phone number, mail address or street is a private person's unless the words
around it say that a service answers there (`owners`); that is the border the labelled examples draw, and where nothing tells, the person is asked.
"""
