"""What was set and has no effect, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from ...answers.effect import Idle
from ...problems import Place
from .tables import WARN, Cell, Lines
from .words import Words


def without_effect(idle: Iterable[Idle], file: str, words: Words) -> Iterator[Lines]:
    """The lines that say so; ``file`` is the agreement's, whose lines need no name."""
    lines = [Cell(f"- {text}", WARN) for text in sentences(idle, file, words)]
    if lines:
        yield Lines(words("Without effect"), lines)


def sentences(idle: Iterable[Idle], file: str, words: Words) -> Iterator[str]:
    """A sentence for each."""
    for one in idle:
        text = _sentence(one, file, words)
        yield f"{one.case}: {text}" if one.case else text


def _sentence(idle: Idle, file: str, words: Words) -> str:
    alone = len(idle.years) == 1
    told = {"path": idle.path, "years": ", ".join(map(str, idle.years)), "places": _places(idle.places, file, words)}
    match idle.why:
        case "years":
            return words("{path} has no effect: {years} sets its own ({places})" if alone else "{path} has no effect: {years} set their own ({places})", **told)  # fmt: skip
        case "frames":
            return words("{path} has no effect: the frame of {years} states the row ({places})", **told)
        case "unused":
            return words("{path} has no effect: no activity follows this series", **told)
        case "later":
            return words("{path} has no effect: it is set again ({places})", **told)
        case "beside":
            return words("{path} has no effect: `administration` is stated ({places})", **told)
        case "unread":
            if idle.seen is not None:
                return words("{path} has no effect: none of the {count} cases that were looked at reads it", count=idle.seen, **told)
            return words("{path} has no effect: nothing reads it", **told)
        case _:
            assert_never(idle.why)


def _places(places: Sequence[Place], file: str, words: Words) -> str:
    """Lines of the agreement by their number; other places in full."""
    own = [place.line for place in places if place.file == file and place.line]
    text = "line {lines}" if len(own) == 1 else "lines {lines}"
    told = [words(text, lines=", ".join(map(str, own)))] if own else []
    return ", ".join([*told, *(str(place) for place in places if place.file != file or not place.line)])
