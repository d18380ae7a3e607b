"""Everything said unasked: one row per (cause, room), written in the transaction of its cause, delivered once.

`worker` claims a row with a lease before the wire and hands it to the door of its platform with a key that was fixed
before the first try: Matrix's transaction id, Discord's nonce. After a try without an answer it looks in the room before
it sends again; where it cannot look, the row is UNCERTAIN and moderators choose. So it is "once, or an honest
unknown" (`design.md` decision 7). Answers to questions never go through here and never wait for it.
"""
