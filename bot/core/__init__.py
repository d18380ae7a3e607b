"""Values every room shares: requests, replies, forms, and the words of a message.

Nothing here knows the directory, a platform or a database. Everything is frozen data or a pure function.
"""
