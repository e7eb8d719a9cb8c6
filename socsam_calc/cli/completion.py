"""What a word of a command line may be, for a shell that asks: figures and paths of the file that is named before it, its years, codes of rules."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, Final

from ..problems import SocsamError

_MOST: Final = 2_000
"""More than this no shell shows and nobody reads."""


def completes(what: str) -> Callable[[Any, str], list[str]]:
    """What Typer asks for words of this kind that begin as the one that is being written."""
    words = _WORDS[what]

    def completed(ctx: Any, incomplete: str) -> list[str]:
        try:
            found = list(dict.fromkeys(word for word in words(ctx) if word.startswith(incomplete)))
        except (SocsamError, OSError):  # a file that cannot be read offers nothing, and what is wrong with it is said when it is used
            return []
        return found[:_MOST]

    return completed


def _file(ctx: Any) -> str:
    """The first file on the command line. Raises SocsamError where there is none.

    Where the word that is being written belongs to an option, what stands by place before it is not given out yet.
    """
    given = ctx.params.get("files") or ctx.params.get("file") or []
    names = [given] if isinstance(given, str) else list(given)
    found: str | None = next((name for name in [*names, *ctx.args] if not name.startswith("-") and os.path.isfile(name)), None)
    if found is None:
        raise SocsamError("no file is named")
    return found


def _figures(ctx: Any) -> Iterator[str]:
    """Every figure of an agreement, an evaluation or a norm, and every part of a path that names several."""
    from ..answers.explain import known_paths, load_any

    of_panel = {name: ctx.params.get(name) for name in ("country", "panel_unit", "rounding")}
    for path in known_paths(load_any(_file(ctx), **of_panel)):
        names = path.split(".")
        yield from (".".join(names[:count]) for count in range(1, len(names) + 1))


def _paths(ctx: Any) -> Iterator[str]:
    """Every value that the file states, by its path, ready for the value that takes its place."""
    from ..source.document import read_tree, text_of

    name = _file(ctx)
    waiting: list[tuple[str, Any]] = [("", read_tree(name, text_of(name)).data)]
    while waiting:
        path, value = waiting.pop(0)
        match value:
            case dict():
                waiting += [(f"{path}.{key}" if path else str(key), held) for key, held in value.items()]
            case list():
                waiting += [(f"{path}.{position}", held) for position, held in enumerate(value)]
            case _:
                yield f"{path}="


def _years(ctx: Any) -> Iterator[str]:
    from ..source.loader import load

    yield from map(str, load(_file(ctx)).agreement.years)


def _codes(ctx: Any) -> Iterator[str]:
    """Codes of rules, and before them their families."""
    from ..rules.catalogue import RULES

    yield from (rule.code[:4] for rule in RULES)
    yield from (rule.code for rule in RULES)


def _goals(ctx: Any) -> Iterator[str]:
    yield from (f"{path}=" for path in _figures(ctx))


def _of_parties(ctx: Any) -> Iterator[str]:
    from ..engine.figures import PartyResult

    yield from PartyResult.figures


def _pages(ctx: Any) -> Iterator[str]:
    from ..guide.pages import PAGES

    yield from PAGES


_WORDS: Final[dict[str, Callable[[Any], Iterator[str]]]] = {
    "figures": _figures,
    "paths": _paths,
    "years": _years,
    "codes": _codes,
    "goals": _goals,
    "figures of parties": _of_parties,
    "pages": _pages,
}
"""The kinds of words that options and arguments name in ``completes``."""
