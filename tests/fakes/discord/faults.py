"""What goes wrong on the REST side, by script. API docs, Rate Limits; Opcodes and Status Codes: HTTP."""

from __future__ import annotations

import random
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from .errors import ApiError, too_many

CLOUDFLARE = """<!doctype html><html><head><title>Access denied | discord.com used Cloudflare</title></head>
<body>error code: 1015</body></html>"""
INTERACTIONS = ("POST /interactions/", "/webhooks/{webhook_id}/{webhook_token}")
Act = Literal["refuse", "cloudflare", "delay", "drop", "lose"]


@dataclass(eq=False)
class Rule:
    """One scripted fault. `route`: a template or its beginning, "" for all. `times`: None for always."""

    act: Act
    route: str = ""
    times: int | None = None
    share: float = 1.0
    error: ApiError | None = None
    seconds: float = 0.0
    hits: int = 0

    def fits(self, route: str) -> bool:
        return route.startswith(self.route) and (self.times is None or self.hits < self.times)


@dataclass(eq=False)
class Bucket:
    """A rate limit that really counts, per channel, guild or webhook."""

    route: str
    limit: int
    per_s: float
    seen: dict[str, deque[float]] = field(default_factory=dict)

    def take(self, major: str) -> tuple[int, float]:
        """How many are left and when the next is free; raises 429 when there is none."""
        now = time.monotonic()
        times = self.seen.setdefault(major, deque())
        while times and now - times[0] >= self.per_s:
            times.popleft()
        if len(times) >= self.limit:
            raise too_many(round(self.per_s - (now - times[0]), 3))
        times.append(now)
        return self.limit - len(times), self.per_s - (now - times[0])


class Faults:
    """A script of faults. Rules are used in the order they were given; `clear` ends them all.

    `global_limit`: 50 is Discord's. `ban_after`: so many answers of 401, 403 and 429 end in Cloudflare's page for
    everything; Discord's figure is 10,000 in ten minutes (API docs, Rate Limits: Invalid Request Limit).
    """

    def __init__(self, seed: int = 7) -> None:
        self.rules: list[Rule] = []
        self.buckets: list[Bucket] = []
        self.global_limit: int | None = None
        self.ban_after: int | None = None
        self._recent: deque[float] = deque()
        self._random = random.Random(seed)

    def too_many(
        self, route: str = "", *, retry_after_s: float = 0.1, times: int | None = 1, is_global: bool = False
    ) -> Rule:
        """429 with JSON, `Retry-After` and `Via`."""
        error = too_many(retry_after_s, is_global=is_global)
        return self._add(Rule("refuse", route, times, error=error))

    def cloudflare(self, route: str = "", *, times: int | None = 1) -> Rule:
        """429 as HTML without `Via`: what an IP gets after 10,000 bad answers."""
        return self._add(Rule("cloudflare", route, times))

    def fail(self, status: int = 500, route: str = "", *, share: float = 1.0, times: int | None = None) -> Rule:
        """5xx for a share of the requests, before anything is done."""
        error = ApiError(status, 0, f"{status}: Internal Server Error")
        return self._add(Rule("refuse", route, times, share, error))

    def refuse(self, error: ApiError, route: str = "", *, times: int | None = 1) -> Rule:
        """Any error of `errors`, e.g. `missing_permissions()`."""
        return self._add(Rule("refuse", route, times, error=error))

    def delay(self, seconds: float, route: str = "", *, share: float = 1.0, times: int | None = None) -> Rule:
        return self._add(Rule("delay", route, times, share, seconds=seconds))

    def drop(self, route: str = "", *, times: int | None = 1, share: float = 1.0) -> Rule:
        """Reset the connection before anything is done."""
        return self._add(Rule("drop", route, times, share))

    def lose_answer(self, route: str = "", *, times: int | None = 1) -> Rule:
        """Do what was asked, then reset the connection: the sender cannot know."""
        return self._add(Rule("lose", route, times))

    def bucket(self, route: str, *, limit: int = 5, per_s: float = 5.0) -> Bucket:
        """Count for real: headers say what is left, more is 429."""
        bucket = Bucket(route, limit, per_s)
        self.buckets.append(bucket)
        return bucket

    def clear(self) -> None:
        self.rules.clear()
        self.buckets.clear()
        self.global_limit = self.ban_after = None

    def due(self, route: str) -> list[Rule]:
        """Rules that strike this request; one of each act at most."""
        struck: dict[str, Rule] = {}
        for rule in self.rules:
            if rule.fits(route) and rule.act not in struck and (rule.share >= 1 or self._random.random() < rule.share):
                rule.hits += 1
                struck[rule.act] = rule
        return list(struck.values())

    def limit_headers(self, route: str, major: str) -> dict[str, str]:
        """Headers of an answer; generous ones where no bucket counts."""
        self._count_global(route)
        limit, left, reset_s = 50, 49, 1.0
        for bucket in self.buckets:
            if route.startswith(bucket.route):
                left, reset_s = bucket.take(major)
                limit = bucket.limit
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{time.time() + reset_s:.3f}",
            "X-RateLimit-Reset-After": f"{reset_s:.3f}",
            "X-RateLimit-Bucket": f"{hash(route) & 0xFFFFFFFF:08x}",
        }

    def _count_global(self, route: str) -> None:
        """50 requests a second and bot; interactions do not count (API docs, Rate Limits: Global)."""
        if self.global_limit is None or any(part in route for part in INTERACTIONS):
            return
        now = time.monotonic()
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        if len(self._recent) >= self.global_limit:
            raise too_many(round(1 - (now - self._recent[0]), 3), is_global=True)
        self._recent.append(now)

    def _add(self, rule: Rule) -> Rule:
        self.rules.append(rule)
        return rule
