"""Places: the names people give them, which one a message means, and whether an area of a record reaches it.

Names come from four files a moderator reads and corrects: `countries.yaml` (Unicode CLDR), `regions.yaml` (ISO 3166-2),
`cities.yaml` and `macro.yaml` (kept by hand). No gazetteer library is usable as it comes: theirs take "santé" for Xanten
and "mtl" for Maitland, and sending somebody to the wrong country is the worst this bot can do short of harm.
"""

from bot.directory.places.gazetteer import Gazetteer, Reach, Resolved

__all__ = ["Gazetteer", "Reach", "Resolved"]
