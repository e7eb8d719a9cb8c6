"""What a reader is told first: what came of the years and who bears it, who pays whom, and what each party ends with or pays in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...amounts import DASH
from ...engine.results import YearResult
from .pen import capital
from .settlement import Writer
from .tables import Cell, Column, Table, added, keyed, money
from .together import net_payments, paid_years, span, the_result, what_came_of

_MOST: Final = 6
"""Of more parties, or payments, than these a sentence says how many they are."""


def whole_period(writer: Writer) -> str:
    """What came of the years together, who bore it, and who pays whom net; of a single year what is told of it."""
    if len(writer.years) == 1:
        return one_year(writer, writer.years[0])
    sentences = [what_came_of(writer, writer.years, _MOST) or _result_alone(writer)]
    paid = paid_years(writer.years)
    if len(paid) > 1:
        sentences.append(f"{writer.words('Net over {years}', years=span(paid))}: {_who_pays(writer, net_payments(writer, paid))}")
    return " ".join(filter(None, sentences))


def one_year(writer: Writer, year: YearResult) -> str:
    """What came of a year, who bore it and who pays whom, in one or two sentences; of a plan the frame and what it is to cost."""
    told = what_came_of(writer, [year], _MOST)
    if not told:
        return f"{year.year}{writer.standing(year)}. {writer.summary(year).lines[0].text}"
    if year.payments:
        return f"{told} {capital(_who_pays(writer, year.payments))}"
    if not year.sharing.distribution and any(party.units("carried") for party in year.parties):
        return f"{told} {writer.words('Nothing is paid this year: it is carried.')}"
    return told


def _result_alone(writer: Writer) -> str:
    """What came of the years where it is not known who bears it; empty where they have no result yet."""
    years = [year for year in writer.years if year.settled and year.status != "budget"]
    if not years:
        return ""
    return f"{the_result(writer, years)}. {writer.words('What each party ends with is not known of every year.')}"


def _who_pays(writer: Writer, payments: Sequence[tuple[str, str, int]]) -> str:
    words = writer.words
    if not payments:
        return words("Nobody pays anybody.")
    if len(payments) > _MOST:
        whole = writer.scale.with_unit(sum(amount for _, _, amount in payments))
        return words("{number} payments move {amount}.", number=len(payments), amount=whole)
    payers, payees = ({payment[side] for payment in payments} for side in (0, 1))
    side, text, part = (
        (0, "{one} pays {parts}", "{amount} to {other}")
        if len(payers) < len(payees)
        else (1, "{one} receives {parts}", "{amount} from {other}")
    )
    parts: dict[str, list[str]] = {}  # of whoever there are fewer
    for *ends, amount in payments:
        other = writer.node(str(ends[1 - side]))
        parts.setdefault(str(ends[side]), []).append(words(part, amount=writer.scale.with_unit(amount), other=other))
    return "; ".join(words(text, one=writer.node(one), parts=", ".join(told)) for one, told in parts.items()) + "."


def who_ends_with_what(writer: Writer) -> Table | None:
    """What each party ends with, a column for each year and one for all, down to the result; None where that is not known of any year.

    Where no party gains or bears anything, as own capital does all of it, what each pays in; the last row is the final frame then.
    """
    words = writer.words
    settled = [year for year in writer.years if year.settled and year.status != "budget"]
    if any(party.units("settled") for year in settled for party in year.parties):
        return _settled(writer, settled)
    framed = [year for year in writer.years if year.totals.units("final_frame") is not None and year.activities]
    if not framed:
        return None
    rows = [
        {"party": Cell(party), **{str(year.year): _of(writer, year, party, "contribution") for year in framed}}
        for party in _taking_part(writer, framed)
    ]
    total = {str(year.year): writer.figure(year.totals, "final_frame", f"{year.year}.totals") for year in framed}
    return _by_party(writer, words("What each party pays in"), framed, rows, {"party": Cell(words("final frame")), **total})


def _settled(writer: Writer, years: Sequence[YearResult]) -> Table:
    words = writer.words
    keys = [str(year.year) for year in years]
    rows = [
        {"party": Cell(party), **{str(year.year): _of(writer, year, party, "settled") for year in years}}
        for party in _taking_part(writer, years)
    ]
    if any(year.reserve is not None and (year.reserve.units("set_aside") or year.reserve.units("divided")) for year in years):
        moved = {
            str(year.year): writer.signed((year.reserve.units("set_aside") or 0) - (year.reserve.units("divided") or 0))
            for year in years
            if year.reserve is not None
        }
        rows.append({"party": Cell(capital(words("own capital"))), **moved})
    if any(year.totals.units("uses") for year in years):
        rows.append(
            {
                "party": Cell(capital(words("used in the area"))),
                **{str(year.year): writer.plain(year.totals.units("uses"), f"{year.year}.totals.uses") for year in years},
            }
        )
    total = {"party": Cell(words("result"))}
    total |= {str(year.year): writer.figure(year.totals, "result", f"{year.year}.totals") for year in years}
    if len(years) > 1:
        for row in (*rows, total):
            row["all"] = money(added([{"all": row[key]} for key in keys if key in row], ["all"])["all"])
    return _by_party(writer, words("What each party ends with"), years, rows, total, together=len(years) > 1)


def _by_party(
    writer: Writer,
    title: str,
    years: Sequence[YearResult],
    rows: Sequence[dict[str, Cell]],
    total: dict[str, Cell],
    *,
    together: bool = False,
) -> Table:
    """A row for each party under its name, a column for each year, and the sum of all."""
    columns = [Column(writer.words("party"), False, key="party"), Column(writer.words("name"), False, True, key="name")]
    columns += [Column(str(year.year), key=str(year.year)) for year in years]
    columns += [Column(writer.words("all years"), key="all")] if together else []
    parties = writer.agreement.parties
    named = [row | {"name": Cell(writer.name(row["party"].text) if row["party"].text in parties else "")} for row in rows]
    return keyed(title, columns, [*named, total], 1)


def _taking_part(writer: Writer, years: Sequence[YearResult]) -> Iterator[str]:
    met = {party.id for year in years for party in year.parties}
    return (party for party in writer.agreement.parties if party in met)


def _of(writer: Writer, year: YearResult, party: str, figure: str) -> Cell:
    """A party's figure of the year; a dash where it takes no part."""
    for held in year.parties:
        if held.id == party:
            return writer.figure(held, figure, f"{year.year}.parties.{party}")
    return Cell(DASH)
