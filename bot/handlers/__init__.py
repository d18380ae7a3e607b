"""What a person can ask for, one file each: a `Request` comes in, a `Reply` goes out.

Nothing here knows a platform, reads a file or keeps anything; what an action needs to go on is coded in its arguments
(`coded.py`), never in words a person typed. What only reads the directory is a plain call that waits for nothing; what
keeps something is awaited.
"""
