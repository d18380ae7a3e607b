"""Announcements, events, campaigns and the days of the movement: written once, approved by two, delivered once."""
