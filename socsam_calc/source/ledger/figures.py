"""The ledger's figures from a file beside the agreement: the signed terms and the numbers live apart (``format.md``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Final

from ...problems import AgreementError, Place, Problem
from ..document import unreadable
from ..opened import content
from ..yaml import LARGEST_FILE, Tree
from .ledger import Ledger

WORKBOOK: Final = ".xlsx"
_OTHER_WORKBOOKS: Final = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")


def merge(tree: Tree, folder: FilePath, option: str | None = None) -> list[Problem]:
    """Put the figures of a file into the tree, as if they stood in the agreement; the problems found.

    The file is the one that ``figures:`` names, inside ``folder``; or ``option``, a path that a person gave on the command line.
    """
    if option is not None:
        return _merge_file(tree, FilePath(option), option, Place(f"--figures {option}"))
    name = tree.data["figures"]
    if not isinstance(name, str):
        return []  # the field itself says what is wrong with it
    place = tree.place(("figures",))
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        inside = False
    if not inside or FilePath(name).is_absolute():
        remedy = "put the figures beside the agreement, or in a folder under it"
        return [Problem("figures-outside", place, "the figures lie outside the agreement's folder", remedy)]
    return _merge_file(tree, path, name, place)


def _merge_file(tree: Tree, path: FilePath, name: str, place: Place) -> list[Problem]:
    suffix = path.suffix.lower()
    if suffix in _OTHER_WORKBOOKS:
        return [
            Problem(
                "figures", place, f"{name}: figures are read from .csv and .xlsx, not {suffix}", "save the file as .xlsx, and name that"
            )
        ]
    try:
        raw = content(path, LARGEST_FILE)
        problems = list(_enter(Ledger(tree), path, raw))
        if not problems and not tree.data.get("years"):
            problems.append(Problem("figures", place, f"{name} holds no amounts yet", "fill in a frame or a cost"))
        return problems
    except AgreementError as error:
        return list(error.problems)
    except (OSError, ValueError) as error:
        optional = place.file.startswith("--figures")
        beside, remedy = (
            ("", "correct the name") if optional else (" beside the agreement", "correct the name under `figures:`, or add the file")
        )
        reason = unreadable(name, error).text + (beside if isinstance(error, FileNotFoundError) else "")
        return [Problem("unreadable", place, f"{name or path}: {reason}", remedy)]


def _enter(ledger: Ledger, path: FilePath, raw: bytes) -> Iterator[Problem]:
    if path.suffix.lower() == WORKBOOK:
        from .workbook import sheets

        for sheet_of_book in sheets(str(path), raw, ledger.activities):
            yield from [sheet_of_book] if isinstance(sheet_of_book, Problem) else ledger.enter(sheet_of_book)
    else:
        from .csv import sheet

        yield from ledger.enter(sheet(str(path), raw))
