"""What an editor shows of the place under the pointer: what the guide says of the field, and what the figure comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..amounts import Scale, plain
from ..answers.settle import settle
from ..engine.results import Settlement
from ..engine.values import figures
from ..guide.find import found
from ..model.paths import dotted, readers_at, spots
from ..model.reading import Reads
from ..problems import AgreementError, OutputError, Path
from ..report.told.pen import figure_name, gained
from ..report.told.words import Words
from ..source.document import FORMATS, model_of
from ..source.loader import load
from ..source.ours import is_ours
from .cursor import lines_of, spot
from .opinions import format_of
from .proposals import listed


def shown(file: str, text: str, line: int, column: int, words: Words) -> str:
    """What there is to say of a place, as Markdown; empty for a file that is none of ours, and where there is nothing to say."""
    lines = lines_of(text)
    if not is_ours(text) or line >= len(lines) or not lines[line][column : column + 1].strip(" {}[],#"):
        return ""
    here = spot(text, line, column)
    format_ = format_of(text)
    if here is None or format_ not in FORMATS:
        return ""
    said = [*_word(format_, here.path, here.whole if here.name is not None else "", words)]
    if format_ == "socsam/1":
        said += _figures(file, text, here.path, words)
    return "\n\n".join([*said, *_guide(format_, here.path, words)])


def _word(format_: str, path: Path, word: str, words: Words) -> Iterator[str]:
    """What a word of the format means, such as a kind of cost."""
    readers = {id(mark.parse): mark for _, marks in spots(model_of(format_), path) for mark in marks if isinstance(mark, Reads)}
    for parse in readers_at(model_of(format_), path):
        for one in listed(readers[id(parse)], words) if id(parse) in readers else ():
            if one.label == word and one.says:
                yield f"`{word}`: {one.says}"


def _guide(format_: str, path: Path, words: Words) -> Iterator[str]:
    """What the guide's page of the formats says of the field, or of the nearest one that holds it; not what it is in another format."""
    for end in range(len(path), 0, -1):
        if isinstance(path[end - 1], int):
            continue
        try:
            places = re.split(r"\n+(?=## )", found(f"format {dotted(path[:end])}", words).strip())
            others = [other for other in FORMATS if other != format_]
            yield "\n\n".join([place for place in places if not any(other in place.partition("\n")[0] for other in others)] or places)
            return
        except OutputError:
            continue


def _figures(file: str, text: str, path: Path, words: Words) -> Iterator[str]:
    """What the settlement makes of what stands here; nothing where the file cannot be settled yet."""
    try:
        document = load(file, text=text)
        settlement = settle(document)
    except AgreementError:
        return
    agreement = settlement.agreement
    scale = Scale(agreement.rounding, agreement.unit)
    lines = []
    for figure, units in _come_to(settlement, path):
        if units is not None:
            amount = plain(scale.with_unit(units, signed=gained(figure)))
            lines.append(f"- {figure.partition('.')[0]} {figure_name(figure, words)}: **{amount}** (`{figure}`)")
    if lines:
        yield "\n".join(lines)


def _come_to(settlement: Settlement, path: Path) -> Iterator[tuple[str, int | None]]:
    """The figures that what stands at a path is asked for, with their amounts in rounding units."""
    match path:
        case ("parties", str(party), *_):
            wanted, only = [f"parties.{party}.{name}" for name in ("contribution", "settled", "transfer")], None
        case ("activities", str(activity), *_):
            wanted, only = [f"activities.{activity}.{name}" for name in ("final", "actual", "result")], None
        case ("years", year, "frame", str(activity), str(party)):
            wanted, only = [f"activities.{activity}.cells.{party}", f"parties.{party}.contribution"], year
        case ("years", year, "frame" | "actual" | "estimate", str(activity), *_):
            wanted, only = [f"activities.{activity}.{name}" for name in ("preliminary", "final", "actual", "result")], year
        case ("years", year, "expect", "settled", str(party), *_):
            wanted, only = [f"parties.{party}.settled"], year
        case ("years", year, "expect", str(total), *_):
            wanted, only = [f"totals.{total}"], year
        case ("years", year, *_):
            wanted, only = [f"totals.{name}" for name in ("final_frame", "actual", "result", "shared", "settled")], year
        case ("sharing", "surplus" | "deficit", str(party), *_):
            wanted, only = [f"parties.{party}.allocated"], None
        case ("sharing", *_):
            wanted, only = [f"totals.{name}" for name in ("result", "shared", "kept")], None
        case _:
            return
    for one in settlement.years:
        if only is None or str(only) == str(one.year):
            steps = figures(one)
            for name in wanted:
                step = steps.get(f"{one.year}.{name}")
                yield f"{one.year}.{name}", None if step is None else step.value
