"""PyYAML without its half in Python: the parser in C is all that a short run uses, and the rest takes longer to load than a file to read.

The parser asks its package, when it is loaded, for the classes of its errors. They are made here, on the base that the package has for them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace
from typing import Any, Final

_NAME: Final = "yaml"
_ERRORS: Final = ("scanner", "parser", "composer", "constructor", "emitter", "serializer", "representer")


class LeanPackage(ModuleType):
    """Stands for the package until somebody wants more of it than events; then it makes way."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(_NAME) is self:
            del sys.modules[_NAME]
        return getattr(import_module(_NAME), name)


def leave_out_the_half_in_python() -> None:
    """Let `import yaml` give the parser in C and its events, where it is there, and nothing is loaded yet."""
    spec = None if _NAME in sys.modules else find_spec(_NAME)
    if spec is None or spec.submodule_search_locations is None:
        return
    package = LeanPackage(_NAME)
    package.__path__ = list(spec.submodule_search_locations)
    package.__spec__ = spec
    sys.modules[_NAME] = package
    try:
        for module in ("error", "tokens", "events", "nodes"):
            vars(package)[module] = loaded = import_module(f"{_NAME}.{module}")
            vars(package).update({name: value for name, value in vars(loaded).items() if not name.startswith("_")})
        _give_errors(package)
        parser = import_module(f"{_NAME}._yaml")
    except (ImportError, AttributeError):
        del sys.modules[_NAME]  # there is no parser in C, or it asks for more
        return
    for module in (*_ERRORS, "reader"):
        del vars(package)[module]
    vars(package).update(CSafeLoader=parser.CParser, parse=_parsed)


def _give_errors(package: Any) -> None:
    for module in _ERRORS:
        name = f"{module.capitalize()}Error"
        base = package.MarkedYAMLError if module in ("scanner", "parser", "composer", "constructor") else package.YAMLError
        vars(package)[module] = SimpleNamespace(**{name: type(name, (base,), {})})

    class ReaderError(package.YAMLError):  # type: ignore[misc]
        """A character that no YAML file may hold."""

        def __init__(self, name: str, position: int, character: object, encoding: str, reason: str) -> None:
            self.name, self.position, self.character, self.encoding, self.reason = name, position, character, encoding, reason

    package.reader = SimpleNamespace(ReaderError=ReaderError)


def _parsed(text: str, Loader: Any) -> Iterator[Any]:
    """The events of a text, as the package gives them."""
    parser = Loader(text)
    while parser.check_event():
        yield parser.get_event()
