"""Doors: the only places that know a platform. Each has `client`, `incoming`, `outgoing` and `forms`."""
