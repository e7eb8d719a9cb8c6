"""Blocks as a piece of HTML, for a notebook's cell: readable as it stands, light or dark, with no style sheet and no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, assert_never

from ...amounts import SPACE
from ..told.tables import Bars, Block, Cell, Excerpts, Heading, Lines, Outline, Table
from .line import DEEPEST, printable

_TONES: Final = {"good": "color: #218739", "bad": "color: #e0353f", "warn": "color: #a06c00", "": ""}
"""As far from white as from black, since nothing here knows which it stands on; a sign says the same."""

_ROOM: Final = "padding: 0.15em 0.6em"
_RIGHT: Final = f"{_ROOM}; text-align: right"
_NUMBER: Final = f"{_RIGHT}; white-space: nowrap; font-variant-numeric: tabular-nums"
_TEXT: Final = f"{_ROOM}; text-align: left"
_TITLE: Final = "margin: 1em 0 0.3em; font-weight: bold; text-align: left"
_LIST: Final = "margin: 0; padding: 0; list-style: none"
_WITHIN: Final = "margin: 0; padding: 0 0 0 1.5em; list-style: none"
_ITEM: Final = "margin: 0.4em 0 0"
_DETAIL: Final = "padding-left: 1.5em"


def render(blocks: Iterable[Block | Outline], lang: str) -> str:
    """The blocks as one ``div``. Text from a file is escaped: it can never become markup."""
    return "\n".join([f'<div lang="{lang}">', *(line for block in blocks for line in _block(block)), "</div>"])


def _block(block: Block | Outline) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"<h{level + 2}>{_text(text)}</h{level + 2}>"
        case Lines(title, told):
            yield from _title(title)
            yield from (f"<div{_style(_TONES[line.tone])}>{_text(line.text)}</div>" for line in told)
        case Table():
            yield from _table(block)
        case Outline():
            yield from _outline(block)
        case Excerpts(title, entries):
            yield from _title(title)
            for text, place in entries:
                yield f"<div>{_text(text)}</div><pre>" + escape("\n".join(map(printable, place.marked()))) + "</pre>"
        case Bars():
            pass  # they say nothing that a table does not say
        case _:
            assert_never(block)


def _title(title: str) -> Iterator[str]:
    if title:
        yield f"<p{_style(_TITLE)}>{_text(title)}</p>"


def _outline(outline: Outline) -> Iterator[str]:
    """Entries as lists within lists, as deep as they stand."""
    yield from _title(outline.title)
    depth = -1
    for item in outline.items:
        level = min(item.depth, DEEPEST)
        while depth < level:
            yield f"<ul{_style(_LIST if depth < 0 else _WITHIN)}>"
            depth += 1
        while depth > level:
            yield "</ul>"
            depth -= 1
        details = "".join(f"<div{_style(_DETAIL)}>{_text(detail)}</div>" for detail in item.details)
        yield f"<li{_style(_ITEM)}><strong>{_text(item.text)}</strong>{details}"  # the end of the entry may be left out
    yield from ["</ul>"] * (depth + 1)


def _table(table: Table) -> Iterator[str]:
    yield '<table style="margin: 0 0 0.4em; border-collapse: collapse">'
    if table.title:
        yield f"<caption{_style(_TITLE)}>{_text(table.title)}</caption>"
    looks = [_NUMBER if column.numeric else _TEXT for column in table.columns]
    titles = [(column, _RIGHT if column.numeric else _TEXT) for column in table.columns]
    yield "<thead><tr>" + "".join(f'<th scope="col"{_style(look)}>{_text(column.title)}</th>' for column, look in titles) + "</tr></thead>"
    yield "<tbody>"
    yield from (_row(row, looks, "font-weight: bold" if total else "") for row, total in table.marked())
    yield "</tbody></table>"


def _row(row: Sequence[Cell], looks: Sequence[str], weight: str) -> str:
    cells = (f"<td{_style(look, _TONES[cell.tone], weight)}>{_text(cell.text)}</td>" for cell, look in zip(row, looks, strict=True))
    return "<tr>" + "".join(cells) + "</tr>"


def _style(*declarations: str) -> str:
    held = "; ".join(filter(None, declarations))
    return f' style="{held}"' if held else ""


def _text(text: str) -> str:
    return escape(printable(text)).replace(SPACE, "&nbsp;")
