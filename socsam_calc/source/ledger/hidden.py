"""What a workbook does not show: hidden sheets, rows and columns. Figures in them would count unseen, and are refused."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ...problems import Place, Problem, spans

_MOST_SPANS: Final = 8
DEEPLY: Final = "veryHidden"


class Hidden(NamedTuple):
    """What of a sheet is hidden: all of it, where ``state`` is not `visible`; rows by their numbers; columns from one to another."""

    state: str = "visible"
    rows: Container[int] = frozenset()
    columns: Sequence[tuple[int, int]] = ()
    filtered: bool = False

    @property
    def whole(self) -> bool:
        """Whether the sheet itself is hidden."""
        return self.state != "visible"

    def holds(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.columns)


class Unseen:
    """What of a sheet's figures stands where nobody sees it, noted row by row."""

    def __init__(self, hidden: Hidden) -> None:
        self.hidden = hidden
        self.rows: dict[int, Place] = {}
        self.columns: dict[int, tuple[str, Place]] = {}
        self.first: Place | None = None

    def note(self, cells: Iterable[tuple[str, Place]]) -> None:
        """A row that counts: of each cell that holds something, the column's name and the cell's place."""
        for name, place in cells:
            self.first = self.first or place
            if place.line in self.hidden.rows:
                self.rows.setdefault(place.line, place)
            if self.hidden.holds(place.column):
                self.columns.setdefault(place.column, (name, place))

    def problems(self) -> Iterator[Problem]:
        """One for the sheet; or one for all rows, and one for each column."""
        if self.first is None:
            return
        if self.hidden.whole:
            remedy = "unhide it, or take it away"
            if self.hidden.state == DEEPLY:
                remedy += "; it is hidden so deeply that only the macro editor unhides it"
            yield _of(self.first._replace(line=0, column=0), "", "the sheet is hidden, and holds figures", remedy)
            return
        if self.rows:
            one = len(self.rows) == 1
            what, them = ("the row is hidden, and holds figures", "it") if one else ("these rows are hidden, and hold figures", "them")
            remedy = f"unhide {them}, or clear the filter if one hides {them}, or take {them} away"
            if self.hidden.filtered:
                remedy = f"a filter hides {them}: clear the filter, or take {'the row' if one else 'the rows'} away"
            where = f"{'row' if one else 'rows'} {spans(list(self.rows), _MOST_SPANS)}"
            yield _of(next(iter(self.rows.values())), where, what, remedy)
        for _, (name, place) in sorted(self.columns.items()):
            where = "column " + place.cell.rsplit(" ", 1)[-1].rstrip("0123456789")
            yield _of(place._replace(line=1), where, f"the column is hidden, and `{name}` in it counts", "unhide it, or take it away")


def _of(place: Place, where: str, text: str, remedy: str) -> Problem:
    """A problem of a whole row, column or sheet: the place of its first cell, named as what it stands for."""
    sheet = place.cell.rpartition(", cell ")[0]
    return Problem("hidden-figures", place._replace(cell=f"{sheet}, {where}" if where else sheet), text, remedy)
