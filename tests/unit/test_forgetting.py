"""No function of the program remembers what people typed: it would stay in memory, for whoever takes the machine."""

import importlib
import inspect
import pkgutil

import bot

# These are called with words of the program, of its files or of approved records alone.
WITH_OTHER_WORDS = {
    "bot.adapters.discord.coding.packed", "bot.core.discreet._pattern", "bot.directory.changes.read_record",
    "bot.directory.vocabulary.place_codes", "bot.directory.wording._patterns", "bot.storage.schema._adding", "bot.storage.schema._putting",
}  # fmt: skip


def test_no_function_remembers_what_it_was_called_with() -> None:
    names = [each.name for each in pkgutil.walk_packages(bot.__path__, "bot.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith((".__main__", ".migrations.env"))]
    assert len(modules) > 200
    found = {
        f"{module.__name__}.{name}"
        for module in modules
        for name, each in vars(module).items()
        if inspect.isroutine(getattr(each, "__wrapped__", None))
        and hasattr(each, "cache_info")
        and each.__module__ == module.__name__
        and inspect.signature(each).parameters
    }
    assert found == WITH_OTHER_WORDS
