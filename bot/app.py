"""The composition root: the only place that knows every part and wires them. Importing it does nothing."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bot.core.language import Languages
from bot.core.lists import ListError
from bot.core.meeting import MeetingRooms
from bot.core.patterns import PhraseError
from bot.core.request import Actor, Request, RoomRef, Text
from bot.directory.cards import Cards
from bot.directory.index import Index
from bot.directory.model import Resource
from bot.directory.names import Names
from bot.directory.places import Gazetteer
from bot.directory.snapshot import EMPTY, MERGED_FILE, Directory, Snapshot, find_directory, is_packaged, packaged_file
from bot.directory.understand import Lists, Understanding
from bot.errors import InputError, SetupError
from bot.handlers import commands
from bot.handlers.ask import Answer, Ask
from bot.handlers.complete import Complete
from bot.handlers.correct import Correct
from bot.handlers.counting import Counting
from bot.handlers.find import Find
from bot.handlers.guided import ChoosePlace, Guided
from bot.handlers.help import Help
from bot.handlers.language import Language
from bot.handlers.more import More
from bot.handlers.options import Filter, Groups, Options, Pick, Situations
from bot.handlers.privacy import Privacy
from bot.handlers.router import Handler, Router
from bot.handlers.shelf import Shelf, Tools
from bot.handlers.show import Show
from bot.handlers.urgent import Urgent
from bot.reading import Fault
from bot.settings import Settings
from bot.text.messages import Messages
from bot.urgent.cards import UrgentCards
from bot.urgent.recognise import Recogniser

if TYPE_CHECKING:
    from bot.directory.changes import Change
    from bot.handlers.moderating import Books
    from bot.vetting.ports import Keeping
    from bot.vetting.service import Vetting

LAST_GOOD = "last_good.yaml"
_ROOM = RoomRef("console", "once")


class Shelves:
    """The current shelf: the directory's snapshot made ready to be asked, or the last good contacts when there is none.

    Making it ready takes a moment; it is done when first asked for and after a reload, or beforehand in a thread
    (`made`, then `swap`), and swapped whole.
    """

    def __init__(
        self,
        directory: Directory,
        gazetteer: Gazetteer,
        lists: Lists,
        languages: Languages,
        urgent_words: Collection[str],
    ) -> None:
        self._directory = directory
        self._gazetteer = gazetteer
        self._lists = lists
        self._languages = languages
        self._urgent_words = urgent_words
        self._made: tuple[Snapshot, Shelf] | None = None

    def current(self) -> Shelf:
        """The shelf of the snapshot that is current now."""
        snapshot = self._directory.current
        if self._made is None or self._made[0] is not snapshot:
            self._made = (snapshot, self.made(snapshot))
        return self._made[1]

    def swap(self, snapshot: Snapshot, shelf: Shelf) -> None:
        """From here on answers come from `snapshot`, whose shelf was `made`."""
        self._directory.current, self._made = snapshot, (snapshot, shelf)

    def made(self, snapshot: Snapshot) -> Shelf:
        """The shelf of `snapshot`; changes nothing, so that a thread may do it beside the answers."""
        records: Sequence[Resource] = snapshot.records or last_good(snapshot.changes)
        is_shipped = snapshot.filed is None and is_packaged(Path(snapshot.source))
        index = Index(records, self._gazetteer, packaged_file() if is_shipped else None)
        names = Names(records, self._languages.knows)
        understanding = Understanding(
            self._lists, self._languages, self._gazetteer, names, index.is_served, self._urgent_words
        )
        return Shelf(index, understanding, is_lost=not snapshot.records)


@dataclass(frozen=True, slots=True)
class App:
    """All parts, wired. `faults` are those of a directory file that could not be used."""

    settings: Settings
    messages: Messages
    cards: Cards
    directory: Directory
    shelves: Shelves
    path: Path
    faults: Sequence[Fault]
    ask: Ask
    router: Router
    counting: Counting

    def answer(
        self, text: str, *, now: datetime, locale: str | None = None, home: str | None = None, is_private: bool = True
    ) -> Answer:
        """The answer to one question from outside any conversation. Raises InputError."""
        request = Request(
            id="1",
            actor=Actor(locale or self.settings.language),
            room=_ROOM,
            body=Text(text),
            received_at=now,
            is_private=is_private,
            home=home or self.settings.home,
        )
        return self.ask.answer(request)

    def is_urgent(self, text: str, now: datetime) -> bool:
        """Whether the text must be answered at once; False for one that cannot be read."""
        with suppress(InputError):
            return self.answer(text, now=now).urgency == "now"
        return False

    def elsewhere(self, answer: Answer) -> tuple[str, ...]:
        """Ids among the results that cover none of the places asked; for measuring, there should never be one."""
        places, reach = answer.query.places, self.cards.gazetteer.reach
        return tuple(
            match.resource.id
            for match in answer.results
            if places and not any(reach(area, place) for area in match.resource.coverage for place in places)
        )

    def knows_home(self, code: str) -> bool:
        """Whether the code is that of a country or region."""
        return self.cards.gazetteer.parse(code) is not None

    def reload(self, now: datetime) -> Sequence[Fault]:
        """Read the directory file again; with any fault the last good snapshot stays, and they are given back."""
        return self.directory.reload(self.path, now=now)

    async def vetting(self, keeping: "Keeping") -> "Vetting":
        """The service that cases go through. Raises StorageError."""
        from bot.handlers.vetting import opened  # noqa: PLC0415  (as in `build`)

        return await opened(keeping, self.ask.tools, self.settings, self.directory)


def build(
    settings: Settings,
    now: datetime | None = None,
    *,
    strict: bool = False,
    serves: bool = False,
    keeping: "Keeping | None" = None,
) -> App:
    """The program as `settings` want it. Raises InputError for a home there is not, and
    SetupError for a word list that cannot be read.

    A directory file with faults does not stop it: `App.faults` says them, and urgent cards answer from the last good
    contacts. `strict` texts raise for a hole, for tests. One that `serves` reads the file itself, and not what a running
    bot (it is one) merged from it. With `keeping` people can suggest and report, and moderators vet.
    """
    messages = Messages.shipped(strict)
    languages = Languages.shipped()
    gazetteer = Gazetteer.shipped(languages.knows)
    if settings.home is not None and gazetteer.parse(settings.home) is None:
        raise InputError("error-home")
    try:
        recogniser, lists = Recogniser.shipped(), Lists.shipped()
    except (ListError, PhraseError) as error:
        # The fault names the file and the line of a list: words of a moderator, not of a person who asks.
        raise SetupError("error-lists", fault=str(error)) from None
    directory = Directory()
    path = find_directory(settings.directory, None if serves else settings.data_dir)
    faults = directory.reload(path, now=now or datetime.now(UTC))
    if faults and path.name == MERGED_FILE:
        directory.current = _hiding(path, now or datetime.now(UTC))
    cards = Cards(messages, gazetteer)
    shelves = Shelves(directory, gazetteer, lists, languages, recogniser.book.vocabulary)
    tools = Tools(messages, cards, shelves.current, MeetingRooms(settings.communities))
    counting = Counting()
    ask, handlers = _handlers(
        tools, recogniser, counting, takes_reports=keeping is not None and bool(settings.communities)
    )
    router = Router(messages, handlers, _Commands(messages), tools.meeting)
    if keeping is not None:
        # One question alone needs nothing of it, and starts sooner without.
        from bot.handlers.vetting import with_vetting  # noqa: PLC0415

        router = with_vetting(router, tools, settings, directory, keeping)
    return App(settings, messages, cards, directory, shelves, path, faults, ask, router, counting)


def with_moderating(app: App, books: "Books") -> App:
    """`app` with what moderators do about the directory, for a door that has a storage."""
    # What the terminal has no use for, and need not wait for.
    from bot.handlers.asked import Asked  # noqa: PLC0415
    from bot.handlers.check import Checks  # noqa: PLC0415
    from bot.handlers.history import History  # noqa: PLC0415
    from bot.handlers.moderating import Office  # noqa: PLC0415
    from bot.handlers.need import Needs  # noqa: PLC0415
    from bot.handlers.setup import ACTS, Setup  # noqa: PLC0415

    complete = cast("Complete", app.router.handlers["complete"])
    office = Office(app.ask.tools, books, complete)
    more: dict[str, Handler] = {
        "check": Checks(office), "history": History(office), "need": Needs(office), **dict.fromkeys(ACTS, Setup(office)),
    }  # fmt: skip
    router, spoken = app.router, Asked.shipped(app.messages, app.router.spoken)
    return replace(app, router=replace(router, handlers={**router.handlers, **more}, spoken=spoken))


def _handlers(
    tools: Tools, recogniser: Recogniser, counting: Counting, *, takes_reports: bool
) -> tuple[Ask, Mapping[str, Handler]]:
    """Every handler by the name of its command or action. A new command is a file in `handlers/` and a line here."""
    find, show = Find(tools, counting.note, takes_reports), Show(tools, takes_reports)
    guided, help_ = Guided(tools), Help(tools)
    options = Options(tools, complete := Complete(tools))
    urgent = Urgent(tools, UrgentCards(tools.messages, tools.cards))
    ask = Ask(tools, recogniser, find, urgent, guided, help_)
    handlers: dict[str, Handler] = {
        "ask": ask,
        "find": find,
        "more": More(tools, find),
        "show": show,
        "card": urgent,
        "guided": guided,
        "place": ChoosePlace(tools),
        "wrong": Correct(tools),
        "language": Language(tools),
        "help": help_,
        "privacy": Privacy(tools),
        "complete": complete,
        "filter": Filter(options, find),
        "groups": Groups(options, find),
        "pick": Pick(options, show),
        "situation": Situations(options, urgent),
    }
    return ask, handlers


class _Commands:
    """The command words, read from the four texts when the first free words come in."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._found: Mapping[tuple[str, ...], tuple[str, str]] | None = None

    def __call__(self) -> Mapping[tuple[str, ...], tuple[str, str]]:
        if self._found is None:
            self._found = commands.by_words(self._messages)
        return self._found


def _hiding(path: Path, now: datetime) -> Snapshot:
    """No records, but what a merged file that cannot be read any more leaves out: it is hidden here too."""
    from bot.directory.merging import left_out  # noqa: PLC0415  (a broken file is rare)

    text = ""
    with suppress(OSError, UnicodeDecodeError):
        text = path.read_text("utf-8")
    return replace(EMPTY, source=str(path), changes=left_out(text, last_good(), now.date()))


def last_good(changes: "Sequence[Change]" = ()) -> Sequence[Resource]:
    """The contacts urgent cards show when no directory can be read; a test holds them equal to `resources.yaml`.

    With the changes over them, as far as they are known: what is hidden is hidden here too.
    """
    spare = Directory()
    spare.reload(Path(str(resources.files("bot.urgent") / LAST_GOOD)))
    if not changes:
        return spare.current.records
    from bot.directory.changes import apply  # noqa: PLC0415  (the terminal knows no changes and need not wait for it)

    return apply(spare.current.records, changes).records
