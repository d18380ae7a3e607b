"""Suggestions, decisions and reports: peers share, two pairs of eyes look, nothing is public before (`policy.md` §5)."""
