"""Umbrella: community support by and for sex workers and their peers.

Rooms and the one direction of imports (import-linter holds it, see `pyproject.toml`):

    cli > operate > serving > calendars | exchange | signing > living | keeping >
    app | running | doors | doctor | upkeep > adapters | storage | handlers > urgent | vetting | announcements >
    directory | outbox > core > text | settings > values > fields > reading > errors | log

A handler is `Request -> Reply`. It never sees a platform; an adapter never sees the directory.
"""
