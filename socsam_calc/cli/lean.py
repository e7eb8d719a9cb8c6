"""What a short run leaves out of the libraries under it, because it takes longer to load than a file to read: PyYAML's half in Python,
the register of installed packages, in which Pydantic would look for plugins, and what it and Python load for what is not done here.

The parser in C asks PyYAML, when it is loaded, for the classes of its errors. They are made here, on the base that the package has for them.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace
from typing import Any, Final

_YAML: Final = "yaml"
_INSTALLED: Final = "importlib.metadata"
_UNUSED: Final = ("secrets", "tokenize", "linecache")
"""Cryptography, for a type of Pydantic's; and the lines of Python's source, for `inspect`, which makes signatures here."""
_ERRORS: Final = ("scanner", "parser", "composer", "constructor", "emitter", "serializer", "representer")


class Lean(ModuleType):
    """Stands for a module or a package until somebody wants more of it than is put into it; then it makes way."""

    @classmethod
    def of(cls, name: str) -> Lean | None:
        """In the place of the module; None where that is loaded already, or there is none."""
        spec = None if name in sys.modules else find_spec(name)
        if spec is None:
            return None
        lean = sys.modules[name] = cls(name)
        if spec.submodule_search_locations is not None:
            lean.__path__ = list(spec.submodule_search_locations)
        lean.__spec__ = spec
        return lean

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole(), name)

    def whole(self) -> ModuleType:
        """The module itself, loaded now."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return import_module(self.__name__)


def leave_out_what_a_short_run_does_not_use() -> None:
    """Let `import yaml` give the parser in C and its events, where it is there; let all else be loaded when it is asked for."""
    if package := Lean.of(_YAML):
        _give_parser(package)
    if package := Lean.of(_INSTALLED):
        vars(package)["entry_points"] = lambda **wanted: package.whole().entry_points(**wanted)
        vars(importlib)["metadata"] = package
    for name in _UNUSED:
        Lean.of(name)


def _give_parser(package: Any) -> None:
    try:
        for module in ("error", "tokens", "events", "nodes"):
            vars(package)[module] = loaded = import_module(f"{_YAML}.{module}")
            vars(package).update({name: value for name, value in vars(loaded).items() if not name.startswith("_")})
        _give_errors(package)
        parser = import_module(f"{_YAML}._yaml")
    except (ImportError, AttributeError):
        del sys.modules[_YAML]  # there is no parser in C, or it asks for more
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
