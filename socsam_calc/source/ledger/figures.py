"""The ledger's figures from a file beside the agreement, a workbook or CSV: the signed terms and the numbers live apart (``format.md``)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path as FilePath
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from ...model.agreement import Period
from ...model.books import Books
from ...problems import AgreementError, Path, Place, Problem, nearest
from ..document import context, unreadable
from ..opened import content
from ..tree import Tree
from ..validation import MOST_TOLD, cut_short
from .booked import Booked
from .books import Mapped, enter, is_export
from .foreign import recognised
from .headings import HEADINGS, head_of
from .ledger import Field, Ledger, Sheet
from .letters import LARGEST_BOOKS
from .separated import Separated

WORKBOOK: Final = ".xlsx"
_OTHER_WORKBOOKS: Final = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
_YEAR: Final = re.compile("[0-9]{4}")


class Merged(NamedTuple):
    """What came of the files of figures: what is wrong, whether figures are missing because of it, and what books came to."""

    problems: list[Problem]
    lost: bool
    booked: Sequence[Booked] = ()


def named_files(figures: Any) -> Iterator[tuple[Path, str]]:
    """The files that an agreement's `figures` name, each with the path at which it stands."""
    for number, entry in enumerate(figures) if isinstance(figures, list) else [(None, figures)]:
        path: Path = ("figures",) if number is None else ("figures", number)
        if isinstance(entry, str):
            yield path, entry
        elif isinstance(entry, dict) and isinstance(entry.get("file"), str):
            yield (*path, "file"), entry["file"]


def replaced(figures: Any, file: str, place: Place) -> Any:
    """The agreement's `figures` with another file in the place of the one that they name, under the same mapping.

    Raises AgreementError where they name several: it is not known which one is meant.
    """
    if isinstance(figures, list):
        raise AgreementError.of(
            "figures", place, "the agreement names several files of figures", "take their place with --set figures.0.file=FILE"
        )
    return {**figures, "file": file} if isinstance(figures, dict) and "accounts" in figures else file


def merge(tree: Tree, folder: FilePath, option: str | None = None) -> Merged:
    """Put the figures of the files that `figures` names into the tree, as if they stood in the agreement.

    They lie inside ``folder``; ``option`` is a path that a person gave on the command line, which may lie anywhere.
    """
    stated = tree.data["figures"]
    problems: list[Problem] = []
    mapped: list[Mapped] = []
    booked: list[Booked] = []
    lost = False
    for at, name in named_files(stated):
        mapping = stated if at[:-1] == ("figures",) and at[-1] == "file" else stated[at[1]] if len(at) == 3 else None
        path = at[:-1] if mapping is not None else at
        place = Place(f"--figures {option}") if option is not None else tree.place(at)
        try:
            file, raw = _content(name, folder, place, option)
            if mapping is not None and ("accounts" in mapping or is_export(file, raw)):
                books = _mapping(tree, mapping)
                if books is None or books.accounts is None:
                    lost = True
                    problems += [] if books is None else [_without_accounts(name, tree.place(path))]
                else:
                    mapped.append(Mapped(path, books, file, raw))
            elif is_export(file, raw):
                problems.append(_without_accounts(name, place))
            else:
                wrong, by_month = _enter_figures(tree, FilePath(file), raw, name, place)
                problems += wrong
                booked += by_month
        except AgreementError as error:
            problems += error.problems
    if not mapped:
        return Merged(problems, lost or bool(problems), booked)
    period = _period(tree)
    if period is None:  # the field itself says what is wrong with it
        return Merged(problems, True)
    wrong, of_books = enter(tree, mapped, period)
    return Merged(problems + wrong, lost or bool(problems or wrong), booked + of_books)


def _mapping(tree: Tree, mapping: dict[str, Any]) -> Books | None:
    """What the mapping says; None where a field of it is refused, which the reading of the file says."""
    try:
        return Books.model_validate(mapping, context=context(tree.data))
    except ValidationError:
        return None


def _period(tree: Tree) -> Period | None:
    try:
        return Period.model_validate(tree.data.get("period"), context=context(tree.data))
    except ValidationError:
        return None


def _without_accounts(name: str, place: Place) -> Problem:
    text = f"{name} is an accounting export, and nothing says which accounts make the cost of which activity"
    return Problem("figures", place, text, f"write `figures: {{file: …, accounts: …}}`: `socsam books {name}` begins it for you")


def _content(name: str, folder: FilePath, place: Place, option: str | None) -> tuple[str, bytes]:
    """A file's path and content. Raises AgreementError where it lies elsewhere, cannot be read, or is of a format that is not read."""
    path = FilePath(name) if option is not None else folder / name
    if option is None:
        try:
            inside = path.resolve().is_relative_to(folder.resolve())
        except (OSError, RuntimeError, ValueError):
            inside = False
        if not inside or FilePath(name).is_absolute():
            remedy = "put the figures beside the agreement, or in a folder under it"
            raise AgreementError.of("figures-outside", place, "the figures lie outside the agreement's folder", remedy)
    try:
        raw = content(path, LARGEST_BOOKS)
    except (OSError, ValueError) as error:
        beside, remedy = (
            ("", "correct the name")
            if option is not None
            else (" beside the agreement", "correct the name under `figures:`, or add the file")
        )
        reason = unreadable(name, error).text + (beside if isinstance(error, FileNotFoundError) else "")
        raise AgreementError.of("unreadable", place, f"{name or path}: {reason}", remedy) from None
    if known := recognised(raw):
        raise AgreementError.of("figures", place, f"{name}: {known[0]}", known[1])
    suffix = path.suffix.lower()
    if suffix in _OTHER_WORKBOOKS:
        text = f"{name}: figures are read from .csv and .xlsx, not {suffix}"
        raise AgreementError.of("figures", place, text, "save the file as .xlsx, and name that")
    return str(path), raw


def _enter_figures(tree: Tree, path: FilePath, raw: bytes, name: str, place: Place) -> tuple[list[Problem], list[Booked]]:
    """Enter figures by activity; what is wrong, and what costs by month came to. Raises AgreementError where the file, or its head, cannot be read."""
    ledger = Ledger(tree)
    sheets = _sheets(path, raw, ledger.activities)
    wrong_rows = (wrong for sheet in sheets for wrong in ([sheet] if isinstance(sheet, Problem) else ledger.enter(sheet)))
    problems = list(islice(wrong_rows, MOST_TOLD + 1))
    if len(problems) > MOST_TOLD:
        return cut_short(problems, MOST_TOLD), []
    booked: list[Booked] = []
    if not problems and ledger.by_month.costs and (period := _period(tree)) is not None:
        wrong, booked = ledger.by_month.enter(name, period, place)
        problems += wrong
    if not problems and not ledger.holds_figures:
        problems.append(Problem("figures", place, f"{name} holds no figures yet", "fill in a frame or a cost"))
    ledger.place_what_lacks()
    return problems, booked


def _sheets(path: FilePath, raw: bytes, activities: Collection[str]) -> Iterable[Sheet | Problem]:
    """The tables that a file holds. Raises AgreementError where the file, or the head of a CSV file, cannot be read."""
    if path.suffix.lower() != WORKBOOK:
        return [_table(Separated(str(path), raw, _is_heading, "`year;activity;frame;actual`"))]
    from .workbook import sheets

    return sheets(str(path), raw, activities)


def _is_heading(field: str) -> bool:
    """Whether a heading names a column of ours, or something that is meant for one; a file with none is somebody's, and is not shown."""
    name = head_of(field)[0]
    return name in HEADINGS or _YEAR.fullmatch(name) is not None or nearest(name, HEADINGS) is not None


def _table(table: Separated) -> Sheet:
    """The figures that a table holds, each with its place."""
    head = [Field(text, table.place_of(table.first, number)) for number, text in enumerate(table.head)]
    rows = (
        row if isinstance(row, Problem) else [Field(text, table.place_of(row.number, number)) for number, text in enumerate(row.fields)]
        for row in table.rows()
    )
    return Sheet("", head, rows)
