"""Doors: the only places that know a platform. Each has `client`, `incoming` and `outgoing`."""
