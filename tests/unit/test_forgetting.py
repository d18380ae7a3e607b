"""No function of the program remembers what it was called with: what people type would stay in memory."""

import importlib
import inspect
import pkgutil

import bot


def test_no_function_with_arguments_has_a_cache() -> None:
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(bot.__path__, "bot.")
        if not each.name.endswith((".__main__", ".migrations.env"))
    ]
    found = {
        f"{module.__name__}.{name}"
        for module in modules
        for name, each in vars(module).items()
        if callable(each) and hasattr(each, "cache_info") and inspect.signature(each).parameters
    }
    assert len(modules) > 200
    assert found == set()
