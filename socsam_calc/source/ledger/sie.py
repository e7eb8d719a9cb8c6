"""An export of an accounting program in SIE 4, read in one pass: what it states of itself, its balances, and its bookings summed.

What a line means is SIE's (specification 4B, 2008); what of it counts is told in ``format.md`` ("Books"). Bookings are summed by account,
objects and month as they are read, so that a ledger of any length takes the room of its sums.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from ...problems import AgreementError, Place, Problem, cut
from ..limits import MOST_APART, too_many_apart
from .letters import text_of
from .sie_fields import BadField, Field, Listed, Objects, amount_of, checksums, day_of, fields_of, kronor, named, objects_of, text_at

_MOST_PROBLEMS: Final = 50
_REST: Final = r'(?:[ \t]+(?:"[^"\\\n]*"|[^\s"{}]+))*+[ \t]*'
_VOUCHER: Final = re.compile(
    rf'[ \t]*#VER[ \t]+("[^"\\\n]*"|[^\s"{{}}]+)[ \t]+("[^"\\\n]*"|[^\s"{{}}]+)[ \t]+([0-9]{{8}}){_REST}\n'
    r"[ \t]*\{[ \t]*\n((?:[ \t]*#TRANS[^\n]*\n)*+)[ \t]*\}[ \t]*(?:\n|$)"
)
_BOOKING: Final = re.compile(
    r'^[ \t]*#TRANS[ \t]+([^\s"{}]+[ \t]*\{[^}"\\\n]*(?:"[^}"\\\n]*"[^}"\\\n]*)*+)\}[ \t]*(-?[0-9]{1,14})(?:\.([0-9]{1,2}))?'
    rf'(?:[ \t]+(?:"([0-9]{{8}})"|([0-9]{{8}})|"")(?![^ \t\n]){_REST}|[ \t]*)$',
    re.MULTILINE,
)
"""The commonest way to write a voucher, and a booking in it: account with objects, kronor, öre, date. Any other is read field by field."""
_CUT: Final = ("the file ends in the middle of a voucher", "it is not whole: export it again, or copy it anew")


class Stated(NamedTuple):
    """An amount in öre, and the line that states it."""

    amount: int
    line: int


VoucherId = tuple[str, str, str]
"""Series, number and date of a voucher."""

Booked = dict[tuple[str, Objects, int], list[int]]
"""By account, objects and month (`202408`): the sum in öre, and the first line where it is booked."""

_Sums = dict[str, list[int]]
"""By account and objects as they are written (`4010 {1 "10"`): the sum in öre, and the first line where it is booked."""


@dataclass(slots=True)
class Export:
    """What an export states; amounts in öre, debit +, credit −. ``booked`` sums its vouchers, ``late`` what of them is dated after ``until``."""

    file: str
    lines: Sequence[str]
    generated: date | None = None
    until: date | None = None
    years: dict[int, tuple[date, date]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    objects: dict[tuple[str, str], str] = field(default_factory=dict)
    opening: dict[tuple[int, str], Stated] = field(default_factory=dict)
    closing: dict[tuple[int, str], Stated] = field(default_factory=dict)
    results: dict[tuple[int, str], Stated] = field(default_factory=dict)
    periods: dict[tuple[int, str, Objects], Stated] = field(default_factory=dict)
    booked: Booked = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    vouchers: dict[VoucherId, int] = field(default_factory=dict)
    has_vouchers: bool = False

    def place(self, line: int) -> Place:
        """A line of the file."""
        text = self.lines[line - 1].rstrip() if 0 < line <= len(self.lines) else ""
        start = len(text) - len(text.lstrip())
        return Place(self.file, line, start + 1, max(1, len(text) - start), text)


def read(file: str, raw: bytes) -> Export:
    """The export that a file holds. Raises AgreementError with every problem of it."""
    text = text_of(raw, file)
    export = Export(file, text.split("\n"))
    first = next((line.lstrip() for line in export.lines if line.strip()), "")
    if not first.startswith("#"):
        problem = "this is no SIE file: its first line does not begin with a label such as `#FLAGGA`"
        raise AgreementError.of("figures", Place(file), problem, "export SIE 4 (type 4E) from the accounting program")
    reader = _Reader(export)
    reader.read(text)
    reader.check_sum(raw)
    if reader.problems:
        raise AgreementError(reader.problems)
    return export


class _Reader:
    """Reads the lines of an export into it, and collects what is wrong with them."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.problems: list[Problem] = []
        self.voucher = 0
        self.day = ""
        self.open = self.doubtful = False
        self.opened = 0
        self.sum = 0
        self.struck: tuple[int, str, Objects, int] | None = None
        self.checksums: list[tuple[int, str]] = []
        self.year: tuple[date, date] | None = None
        self._sums: dict[tuple[int, bool], _Sums] = {}  # by month, and whether after the day that the file goes through
        self._days: dict[str, _Sums | None] = {}  # by the eight digits of a day; None for one outside the year
        for number, line in enumerate(export.lines, 1):  # what says when comes first, wherever it stands
            if "#RAR" in line or "#OMF" in line or "#GEN" in line:
                self._line(number, line, ("#RAR", "#OMFATTN", "#GEN"))
        self.year = export.years.get(0)
        self.until = export.until.strftime("%Y%m%d") if export.until is not None else "99999999"

    def read(self, text: str) -> None:
        """Read every line of the text. Vouchers as most programs write them are read at once."""
        lines, whole, at, number = self.export.lines, _VOUCHER.match, 0, 1
        while number <= len(lines):
            if not self.opened and (match := whole(text, at)) is not None and self._days.get(match[3]) is not None:
                number += self._voucher_at_once(number, *match.groups())
                at = match.end()
            else:
                line = lines[number - 1]
                self._line(number, line)
                number, at = number + 1, at + len(line) + 1
        if self.opened:
            self._complain(self.opened, *_CUT)
        self._by_objects()

    def _voucher_at_once(self, number: int, series: str, count: str, day: str, rows: str) -> int:
        """Read a voucher whose rows are all bookings; the number of its lines."""
        first, height = number + 2, rows.count("\n")
        found = _BOOKING.findall(rows)
        self.voucher, self.day, self.open, self.sum = number, day, True, 0
        if count != '""':
            self.export.vouchers.setdefault((series.strip('"'), count.strip('"'), day), number)
        if len(found) != height:
            for row, line in enumerate(self.export.lines[first - 1 : first - 1 + height], first):
                self._line(row, line)
        else:
            days, total = self._days, 0
            for row, (written, kronor, ore, quoted, bare) in enumerate(found, first):
                if (sums := days.get(quoted or bare or day)) is None:
                    self._line(row, self.export.lines[row - 1])
                    continue
                amount = int(kronor + (ore + "00")[:2])
                total += amount
                if (held := sums.get(written)) is not None:
                    held[0] += amount
                else:
                    sums[written] = [amount, row]
            self.sum += total
        self._end()
        return height + 3

    def _by_objects(self) -> None:
        """Sum by objects what was summed by how these are written."""
        listed: dict[str, Objects] = {}
        for (month, after), sums in self._sums.items():
            for written, (amount, line) in sums.items():
                account, _, braced = written.partition("{")
                account = account.rstrip(" \t")
                try:
                    objects = listed[braced] if braced in listed else listed.setdefault(braced, objects_of(braced))
                except BadField as bad:
                    self._complain(line, bad.text, bad.remedy)
                    continue
                self._add(account, objects, month, amount, line, after)

    def _line(self, number: int, line: str, only: Sequence[str] = ()) -> None:
        """Any line, field by field; ``only`` those with these labels."""
        stripped = line.strip()
        if not stripped:
            return
        if stripped in ("{", "}"):
            if not only and stripped == "{":
                self._begin(number)
            elif not only:
                self._end()
            return
        try:
            fields = fields_of(line)
            label = text_at(fields, 0).upper()
            if only and label not in only:
                return
            if not label.startswith("#"):
                raise BadField("this line begins with no label", "export the file again: a text may have been broken over two lines")
            if self.struck is not None and label != "#TRANS":
                self._struck_alone()
            if only or label not in ("#RAR", "#OMFATTN", "#GEN"):
                self._item(number, label, fields)
            if label == "#VER" and stripped.endswith(" {"):
                self._begin(number)
        except BadField as bad:
            self.doubtful = self.open
            self._complain(number, bad.text, bad.remedy)

    def _begin(self, number: int) -> None:
        """The rows of a voucher begin."""
        if self.opened:
            self._complain(self.opened, *_CUT)
        self.opened, self.open, self.sum = number, bool(self.voucher), 0

    def _end(self) -> None:
        """They end, and are to add up to 0."""
        if self.struck is not None:
            self._struck_alone()
        if self.open and self.sum and not self.doubtful:  # a row that is refused makes the sum wrong as well
            text = f"the voucher does not add up to 0: its bookings come to {kronor(self.sum)}"
            self._complain(self.voucher, text, "correct it in the books, and export again")
        self.voucher, self.open, self.opened, self.doubtful = 0, False, 0, False

    def _item(self, number: int, label: str, fields: Sequence[Field]) -> None:
        export = self.export

        def at(index: int) -> str:
            return text_at(fields, index)

        match label:
            case "#TRANS" | "#RTRANS":
                self._booking(number, label, fields)
            case "#VER":
                self._voucher(number, fields)
            case "#KONTO":
                export.names.setdefault(at(1), at(2))
            case "#UNDERDIM":
                export.parents[named(at(1))] = named(at(3))
            case "#OBJEKT":
                export.objects.setdefault((named(at(1)), named(at(2))), at(3))
            case "#IB" | "#UB" | "#RES":
                balances = {"#IB": export.opening, "#UB": export.closing, "#RES": export.results}[label]
                key = (_year_number(at(1)), at(2))
                self._state(balances, key, Stated(amount_of(_field(fields, 3)), number), f"{label} of account {at(2)}")
            case "#PSALDO":
                self._period(number, fields)
            case "#VALUTA":
                if at(1).upper() != "SEK":
                    raise BadField(f"the books are kept in `{cut(at(1))}`, not in kronor", "export books that are kept in SEK")
            case "#KSUMMA":
                self.checksums.append((number, at(1)))
            case "#RAR":
                first, last = day_of(at(2)), day_of(at(3))
                if first is None or last is None or last < first:
                    raise BadField("`#RAR` does not state a first and a last day", "export the file again")
                export.years[_year_number(at(1))] = (first, last)
            case "#GEN":
                export.generated = day_of(at(1))
            case "#OMFATTN":
                export.until = day_of(at(1))
            case _:
                pass  # labels that we know nothing of, `#BTRANS` among them, change nothing

    def _state(self, balances: dict[tuple[int, str], Stated], key: tuple[int, str], stated: Stated, what: str) -> None:
        if key in balances:
            raise BadField(f"{what} is stated twice, first in line {balances[key].line}", "export the file again")
        balances[key] = stated

    def _period(self, number: int, fields: Sequence[Field]) -> None:
        month, account = text_at(fields, 2), text_at(fields, 3)
        if not re.fullmatch("[0-9]{4}(0[1-9]|1[0-2])", month):
            raise BadField(f"`{cut(month)}` is no month", "SIE writes a month as six digits: `202408`")
        listed = _field(fields, 4)
        held = objects_of(listed.text) if isinstance(listed, Listed) else ()
        amount = amount_of(_field(fields, 5 if isinstance(listed, Listed) else 4))
        key = (int(month), account, held)
        if key in self.export.periods:
            first = self.export.periods[key].line
            raise BadField(
                f"`#PSALDO` of {month}, account {account} and these objects is stated twice, first in line {first}", "export the file again"
            )
        self.export.periods[key] = Stated(amount, number)

    # --- vouchers ------------------------------------------------------------------------------------------------------------

    def _voucher(self, number: int, fields: Sequence[Field]) -> None:
        if self.opened:
            self._complain(self.opened, *_CUT)
            self.opened, self.open = 0, False
        self.export.has_vouchers = True
        written = text_at(fields, 3)
        self.voucher, self.day = number, written
        if text_at(fields, 2):
            self.export.vouchers.setdefault((text_at(fields, 1), text_at(fields, 2), written), number)
        if self._days.get(written) is not None:
            return
        day = day_of(written)
        if day is None:
            raise BadField("the voucher has no date", "correct it in the books, and export again")
        if self.year is not None and self._sums_of(written, day) is None:
            first, last = self.year
            raise BadField(f"the voucher's date {day} lies outside the year {first}–{last}", "export the year that it belongs to")

    def _sums_of(self, written: str, day: date) -> _Sums | None:
        """The sums that a booking of this day belongs to; None for a day outside the year that the file gives."""
        inside = self.year is not None and self.year[0] <= day <= self.year[1]
        found = self._sums.setdefault((day.year * 100 + day.month, written > self.until), {}) if inside else None
        self._days[written] = found
        return found

    def _booking(self, number: int, label: str, fields: Sequence[Field]) -> None:
        account, listed = text_at(fields, 1), _field(fields, 2)
        if not self.open:
            raise BadField(f"`{label}` stands outside a voucher", "export the file again: a `{` may be missing")
        written = listed.text if isinstance(listed, Listed) else ""
        objects = objects_of(written)
        rest = fields[3 if isinstance(listed, Listed) else 2 :]
        amount = amount_of(_field(rest, 0))
        if label == "#RTRANS":
            self.struck = (number, account, objects, amount)
            return
        if self.struck is not None:
            if self.struck[1:] != (account, objects, amount):
                self._struck_alone()
            self.struck = None
        self.sum += amount
        dated = text_at(rest, 1)
        day = day_of(_field(rest, 1))
        if day is None or self._sums_of(dated, day) is None:
            dated = self.day
        if self._days.get(dated) is not None:  # else the voucher itself is refused
            self._add(account, objects, int(dated[:6]), amount, number, dated > self.until)

    def _add(self, account: str, objects: Objects, month: int, amount: int, line: int, late: bool) -> None:
        held = self.export.booked.setdefault((account, objects, month), [0, line])
        if len(self.export.booked) > MOST_APART:
            raise too_many_apart(self.export.place(line))
        held[0] += amount
        held[1] = min(held[1], line)
        if late:
            self.export.late[account] += amount

    def _struck_alone(self) -> None:
        """An added row without the same one after it: what it moved is not known."""
        if self.struck is not None:
            text = "after `#RTRANS` the same booking must stand as `#TRANS`, with its account, objects and amount"
            self._complain(self.struck[0], text, "export the file again, or report it to the program's maker")
        self.struck = None

    # --- the whole file --------------------------------------------------------------------------------------------------------

    def check_sum(self, raw: bytes) -> None:
        """Hold the file against the checksum that it states, where it does."""
        if not self.checksums:
            return
        (start, first), *others = self.checksums
        if not others:
            if not first:
                self._complain(start, "`#KSUMMA` begins a checksum, and its end is missing", _CUT[1])
            return
        end, stated = others[-1]
        held = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removeprefix(b"\xef\xbb\xbf").split(b"\n")[start : end - 1]
        if not re.fullmatch("-?[0-9]{1,10}", stated) or int(stated) % 2**32 not in checksums(b"\n".join(held)):
            self._complain(
                end, "the file does not have the checksum that it states (#KSUMMA)", "it was changed after the export: export it again"
            )

    def _complain(self, number: int, text: str, remedy: str) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem("figures", self.export.place(number), text, remedy))


def _field(fields: Sequence[Field], index: int) -> Field:
    return fields[index] if index < len(fields) else ""


def _year_number(text: str) -> int:
    if not re.fullmatch("-?[0-9]{1,2}", text):
        raise BadField(f"`{cut(text)}` is no year of SIE", "it counts years 0, -1, -2 from that of the export")
    return int(text)
