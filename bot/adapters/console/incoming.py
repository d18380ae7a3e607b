"""A line somebody typed, as text."""

from bot.errors import InputError


def decoded(line: bytes) -> str:
    """The line as text, without its break. Raises InputError when its bytes are not UTF-8."""
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise InputError("error-unreadable") from None
