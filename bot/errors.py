"""Errors that are meant for people: types with data and the id of the sentence that explains them.

    BotError            a fixed sentence of `bot.text` says it, in the person's language
    ├─ InputError       what was given cannot be used; nothing was changed
    ├─ SetupError       the program cannot start as it is set up; the sentence says the mend
    └─ TransientError   something outside is away, and trying again later may help
       └─ StorageError  … the database

The sentence never repeats what a person typed. Only doors catch `BotError`; they show `message_id`
with `args_for_text`. `Arguments` keeps to that for what was typed behind the program's name.
"""

import argparse
from typing import NoReturn


class BotError(Exception):
    """Base of all errors with a sentence of their own."""

    message_id = "error-internal"

    def __init__(self, message_id: str | None = None, **args_for_text: str | int) -> None:
        if message_id is not None:
            self.message_id = message_id
        self.args_for_text = args_for_text
        super().__init__(self.message_id)


class InputError(BotError):
    """What a person or a file gave cannot be used."""

    message_id = "error-input"


class SetupError(BotError):
    """The program cannot run as it is set up."""

    message_id = "error-setup"


class TransientError(BotError):
    """Something outside is away: a server, a disk, a database. Trying again later may help; nothing was half done."""


class StorageError(TransientError):
    """The database cannot be used now. `reason` is the class of the error: its text may hold what was to be kept."""

    message_id = "error-storage"

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        super().__init__()


class Arguments(argparse.ArgumentParser):
    """argparse repeats in its errors what was typed; this one raises InputError."""

    def error(self, message: str) -> NoReturn:  # noqa: ARG002  (argparse calls it so)
        raise InputError("error-usage")
