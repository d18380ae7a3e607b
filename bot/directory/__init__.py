"""The directory: what a record is, how it is read and written, and how a question finds one.

A `Snapshot` is immutable and swapped whole. Understanding is data: the word lists under `lists/` and the places under
`places/` are YAML that a moderator reads and corrects; the code that uses them is small.
"""
