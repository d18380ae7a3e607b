"""What Discord answers when it refuses: status, code and the nested `errors` object.

API docs, Opcodes and Status Codes: JSON Error Codes, and Reference: Error Messages. The codes of single fields
(`BASE_TYPE_MAX_LENGTH` …) are those seen in Discord's answers; where none is documented the name is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Json: TypeAlias = Any
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a body: where, which code, in which words."""

    path: Path
    code: str
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or '(body)'}: {self.message} [{self.code}]"


class ApiError(Exception):
    """An answer of 400 and more. `is_violation`: the body itself was wrong, whoever had sent it whenever."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        faults: Iterable[Fault] = (),
        headers: dict[str, str] | None = None,
        extra: dict[str, Json] | None = None,
        is_violation: bool = False,
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.faults = tuple(faults)
        self.headers = headers or {}
        self.extra = extra or {}
        self.is_violation = is_violation

    def body(self) -> dict[str, Json]:
        body: dict[str, Json] = {"message": self.message, "code": self.code, **self.extra}
        if self.faults:
            body["errors"] = nested(self.faults)
        return body


def nested(faults: Iterable[Fault]) -> dict[str, Json]:
    """`{"embeds": {"0": {"title": {"_errors": [{"code": …, "message": …}]}}}}`: arrays by index, as text."""
    tree: dict[str, Json] = {}
    for fault in faults:
        node = tree
        for step in fault.path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": fault.code, "message": fault.message})
    return tree


def invalid_body(faults: Iterable[Fault]) -> ApiError:
    return ApiError(400, 50035, "Invalid Form Body", faults=faults, is_violation=True)


def wrong(path: Path, code: str, message: str) -> ApiError:
    return invalid_body([Fault(path, code, message)])


def too_many(
    retry_after_s: float, *, is_global: bool = False, code: int = 0, header_s: float | None = None
) -> ApiError:
    """429 as Discord's own servers send it: JSON and a `Via` header (API docs, Rate Limits).

    `header_s`: where the header lies about the wait, as it does for 20028.
    """
    headers = {
        "Retry-After": str(max(1, round(retry_after_s if header_s is None else header_s))),
        "Via": "1.1 google",
        "X-RateLimit-Scope": "global" if is_global else "user",
    }
    if is_global:
        headers["X-RateLimit-Global"] = "true"
    message = (
        "You are being rate limited." if not code else "The write action you are performing has hit the rate limit."
    )
    return ApiError(429, code, message, headers=headers, extra={"retry_after": retry_after_s, "global": is_global})


def unauthorized() -> ApiError:
    return ApiError(401, 0, "401: Unauthorized")


def unknown(what: str, code: int) -> ApiError:
    """10003 Channel, 10004 Guild, 10007 Member, 10008 Message, 10011 Role, 10013 User, 10015 Webhook,
    10062 interaction, 10063 application command.
    """
    return ApiError(404, code, f"Unknown {what}")


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def dms_closed() -> ApiError:
    return ApiError(403, 50007, "Cannot send messages to this user")


def empty_message() -> ApiError:
    return ApiError(400, 50006, "Cannot send an empty message", is_violation=True)
