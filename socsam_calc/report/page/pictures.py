"""Which charts a settlement has, and what they show: its figures, turned into bars and bands."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, count
from typing import Final, Literal

from ...engine.figures import ReserveResult
from ...engine.results import MonthResult, ToDateResult, YearResult
from ...money import apportion, round_fraction
from ..told.pen import capital
from ..told.settlement import Writer
from .charts import Flow, Node, Panel, Row, bars, flow, through
from .months import Course, courses
from .svg import Chart, shortened

_MOST: Final = 12
"""More parties or activities than these cannot be followed from one side of a chart to the other: the smallest are drawn as one."""


def of_years(writer: Writer, keys: Iterator[str]) -> Iterator[Chart]:
    """Settled parts, and balances, of each party over the years; own capital where the body has any, which may be all that a result becomes."""
    words = writer.words
    settled = _by_party(writer, "settled")
    balances = [_capital(writer, year.year, year.reserve) for year in writer.years if year.reserve is not None]
    if settled and (not balances or any(row.end for panel in settled for row in panel.rows)):
        yield from bars(keys, _in_unit(writer, words("What each party ends with, year by year")), settled, one_scale=True)
    if any(row.end or row.limit for row in balances):
        title = (
            "Own capital at the end of the year, and its ceiling"
            if any(row.limit is not None for row in balances)
            else "Own capital at the end of the year"
        )
        yield from bars(keys, _in_unit(writer, words(title)), [Panel("", balances)])
    carried = _by_party(writer, "carried")
    if any(row.end for panel in carried for row in panel.rows):
        yield from bars(keys, _in_unit(writer, words("Balances at the end of the year: claims (+) and debts (−)")), carried, one_scale=True)


def of_settlement(writer: Writer) -> Iterator[Chart]:
    """The charts of the writer's years together, or of its year where there is one."""
    keys = (f"chart{number}" for number in count(1))
    yield from (
        of_years(writer, keys) if len(writer.years) > 1 else (chart for year in writer.years for chart in of_year(writer, year, keys))
    )


def _in_unit(writer: Writer, title: str) -> str:
    """A chart's title, with what its amounts are in."""
    return f"{title}, {writer.scale.unit}"


def _by_party(writer: Writer, figure: str) -> list[Panel]:
    """A panel for each party with a row a year, all on one scale; the body comes last where it has a balance."""
    found: dict[str, list[Row]] = {name: [] for name in (*writer.agreement.parties, "body")}
    for year in writer.years:
        held = [(party.id, party.units(figure)) for party in year.parties]
        if figure == "carried":
            held.append(("body", year.body.units(figure)))
        for name, amount in held:
            if amount is not None:
                found[name].append(Row(str(year.year), 0, amount, writer.scale.amount(amount, signed=True), gain=figure == "settled"))
    names = _parties(writer)
    return [Panel(names[name], rows) for name, rows in found.items() if rows]


def _capital(writer: Writer, year: int, reserve: ReserveResult) -> Row:
    """What a body has at the end of a year, with a mark where its ceiling is."""
    closing, ceiling = reserve.units("closing") or 0, reserve.units("ceiling")
    label = str(year) if ceiling is None else writer.words("{year}: ceiling {amount}", year=year, amount=writer.scale.amount(ceiling))
    return Row(label, 0, closing, writer.scale.amount(closing, signed=True), True, ceiling)


def _parties(writer: Writer) -> dict[str, str]:
    """What the parties, and the body, are called in charts."""
    return _told_apart({name: writer.name(name) for name in writer.agreement.parties} | {"body": capital(writer.words("body"))})


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names by id; those that would look alike where a chart has no room for all of them begin with their ids."""
    alike = Counter(map(shortened, names.values()))
    return {id_: f"{id_}: {name}" if alike[shortened(name)] > 1 else name for id_, name in names.items()}


def of_year(writer: Writer, year: YearResult, keys: Iterator[str]) -> Iterator[Chart]:
    """The way from the preliminary frame to what each party ends with, what the frame is made of, and who pays whom."""
    panels = list(_waterfall(writer, year))
    if panels:
        title = "From the preliminary frame to the parts settled, {year}" if year.activities else "Who ends with the result, {year}"
        yield from bars(keys, _in_unit(writer, writer.words(title, year=year.year)), panels)
    if year.totals.units("result") is not None and writer.flow(year) == "real" and year.body.units("paid") is not None:
        yield _through_the_body(writer, year, next(keys))
    if year.to_date is not None and year.to_date.months is not None:
        yield _by_month(writer, year, year.to_date, year.to_date.months, next(keys))
    if len(year.payments) > 1:  # a single one is a sentence
        yield _payments(writer, year, next(keys))
    if any(row.units("final") for row in year.activities) and {row.id for row in year.activities} != {party.id for party in year.parties}:
        yield _frame(writer, year, next(keys))


def _waterfall(writer: Writer, year: YearResult) -> Iterator[Panel]:
    words, totals = writer.words, year.totals

    def whole(label: str, amount: int, *, signed: bool = False) -> Row:
        return Row(capital(words(label)), 0, amount, writer.scale.amount(amount, signed=signed), True)

    def change(label: str, start: int, amount: int, *, gain: bool = False) -> Row:
        return Row(label, start, start + amount, writer.scale.amount(amount, signed=True), gain=gain)

    if year.activities:
        at, final, actual = totals.units("preliminary_frame") or 0, totals.units("final_frame") or 0, totals.units("actual")
        rows = [whole("preliminary frame", at)]
        for figures, label in ((("adjustment",), "adjustment"), (("correction", "conversion"), "other changes")):
            amount = sum(row.units(figure) or 0 for row in year.activities for figure in figures)
            if amount:
                rows.append(change(capital(words(label)), at, amount))
                at += amount
        rows.append(whole("final frame", final))
        if actual is not None:
            rows += [change(capital(words("actual cost")), final, -actual), whole("result", final - actual, signed=True)]
        yield Panel(words("Frame"), rows, True)
    result = totals.units("result")
    if result is not None:
        parts = list(_parts(writer, year))
        starts = accumulate((amount for _, amount in parts), initial=0)
        changes = [change(label, start, amount, gain=True) for (label, amount), start in zip(parts, starts, strict=False)]
        title = words("Who ends with the result (its own scale)") if year.activities else ""
        yield Panel(title, [whole("result", result, signed=True), *changes], True)


def _by_month(writer: Writer, year: YearResult, running: ToDateResult, booked: Sequence[MonthResult], key: str) -> Chart:
    """Cumulated cost against the budget, month by month: what is booked, and where it is expected to end.

    The budget of each row falls on the months by the row's profile, evenly where it has none.
    """
    words, amount = writer.words, writer.scale.amount
    counted = writer.agreement.period.counted(year.year)
    past = [month for month in counted if month <= int(running.through[5:7])]
    so_far = list(accumulate((sum(one.booked for one in booked if one.month == month) for month in past), initial=0))
    begins = counted[0] - 1
    spread = [0] * (len(counted) + 1)
    for row in running.activities:
        profile = writer.agreement.profiles.get(row.id)
        weights = [Fraction(1) if profile is None else profile[month - 1] for month in counted]
        whole = sum(weights)
        for place, part in enumerate(accumulate(weights), 1):
            spread[place] += round_fraction((row.units("budget") or 0) * (part / whole if whole else Fraction(place, len(counted))))
    budget, expected = running.totals.units("budget") or 0, running.totals.units("expected") or 0
    lines = [
        Course(capital(words("budget")), list(zip([begins, *counted], spread, strict=True)), amount(budget), "planned"),
        Course(capital(words("booked")), list(zip([begins, *past], so_far, strict=True)), amount(so_far[-1]), "booked"),
        Course(capital(words("expected cost")), [(past[-1], so_far[-1]), (counted[-1], expected)], amount(expected), "expected"),
    ]
    ends = (f"{year.year}-{counted[0]:02}-01", f"{year.year}-{counted[-1]:02}-{monthrange(year.year, counted[-1])[1]}")
    return courses(key, _in_unit(writer, words("Cost against the budget, month by month, {year}", year=year.year)), lines, counted, ends)


def _parts(writer: Writer, year: YearResult) -> Iterator[tuple[str, int]]:
    """What the result is divided into: the parts settled, what is used, and what own capital takes or gives.

    Where the parts settled are not known, the parts allocated and what is kept.
    """
    words = writer.words
    names = _parties(writer)
    settled = [(names[party.id], party.units("settled")) for party in year.parties]
    if year.reserve is not None:
        moved = (year.reserve.units("set_aside") or 0) - (year.reserve.units("divided") or 0)
        settled = [(name, amount) for name, amount in settled if amount != 0] + [(words("Own capital"), moved)]
    if all(amount is not None for _, amount in settled):
        yield from ((name, amount) for name, amount in settled if amount is not None)
        if uses := year.totals.units("uses"):
            yield capital(words("used in the area")), uses
        return
    yield capital(words("kept (by whom is not known)")), year.totals.units("kept") or 0
    for party in year.parties:
        yield capital(words("allocated {party}", party=names[party.id])), party.units("allocated") or 0


def _frame(writer: Writer, year: YearResult, key: str) -> Chart:
    """Parties, the frame, activities."""
    words = writer.words
    activities = [activity for activity in year.activities if activity.units("final")]
    names, purposes = _parties(writer), _told_apart({activity.id: activity.name for activity in activities})
    given = _nodes(writer, ((names[party.id], party.units("contribution") or 0) for party in year.parties))
    used = _nodes(writer, ((purposes[activity.id], activity.units("final") or 0) for activity in activities))
    final = year.totals.units("final_frame") or 0
    frame = Node(capital(words("final frame")), writer.scale.amount(final), final)
    described = f"{_listed(words('contribution'), given)} {frame.label}: {frame.number}. {_listed(words('activity'), used)}"
    drawn = through(_largest(writer, given, "parties"), frame, _largest(writer, used, "activities"))
    return flow(
        key, _in_unit(writer, words("What the parties put into the frame, and what it is for, {year}", year=year.year)), drawn, described
    )


def _through_the_body(writer: Writer, year: YearResult, key: str) -> Chart:
    """Real flow: what the parties put in, what the body held already, costs out, and what it was left with or had to advance."""
    words, names, own = writer.words, _parties(writer), year.body.units("paid") or 0
    held = _held_before(writer, year)
    given = _nodes(writer, ((names[party.id], (party.units("preliminary") or 0) - held[party.id]) for party in year.parties))
    taken = _nodes(writer, ((names[party.id], party.units("paid") or 0) for party in year.parties))
    left = (year.totals.units("preliminary_frame") or 0) - sum(node.size for node in taken) - own
    covered = min(max(0, -left), max(0, year.reserve.units("opening") or 0)) if year.reserve is not None else 0
    before = [("held from before", held.total()), ("from own capital", covered), ("advanced by the body", max(0, -left) - covered)]
    advanced = _nodes(writer, ((capital(words(name)), amount) for name, amount in before))
    costs = _nodes(writer, [(capital(words("the body's own costs")), own), (capital(words("left with the body")), max(0, left))])
    sources, sinks = [*_largest(writer, given, "parties"), *advanced], [*_largest(writer, taken, "parties"), *costs]
    whole = sum(node.size for node in sources)
    body = Node(capital(words("body")), writer.scale.amount(whole), whole)
    described = f"{_listed(words('paid in'), [*given, *advanced])} {_listed(words('paid out'), [*taken, *costs])}"
    return flow(
        key,
        _in_unit(writer, words("Money through the body before the settlement, {year}", year=year.year)),
        through(sources, body, sinks),
        described,
    )


def _held_before(writer: Writer, year: YearResult) -> Counter[str]:
    """Each party's part of what the year began with and nobody pays in: its preliminary cells in rows of money from before."""
    held: Counter[str] = Counter()
    for row in year.activities:
        cells = {party: cell.value for party, cell in row.cells.items() if cell.value}
        if cells and writer.agreement.activities[row.id].is_only("opening_balance"):
            held.update(dict(zip(cells, apportion(row.units("preliminary") or 0, list(cells.values())), strict=True)))
    return held


def _payments(writer: Writer, year: YearResult, key: str) -> Chart:
    """Who pays whom."""
    words, scale = writer.words, writer.scale
    shown, order = _parties(writer), [*(party.id for party in year.parties), "body"]

    def side(number: Literal[0, 1], sentence: str) -> tuple[list[Node], dict[str, int]]:
        """The nodes of those that pay, or receive; and which of them each is drawn in."""
        sums = {name: sum(payment[2] for payment in year.payments if payment[number] == name) for name in order}
        sums = {name: amount for name, amount in sums.items() if amount}
        least = _smallest(list(sums.values()))
        kept = [name for position, name in enumerate(sums) if position not in least]
        told = [(shown[name], sums[name]) for name in kept]
        if least:
            told.append((words("{number} other parties", number=len(least)), sum(sums.values()) - sum(amount for _, amount in told)))
        nodes = [Node(label, words(sentence, amount=scale.amount(amount)), amount) for label, amount in told]
        return nodes, {name: kept.index(name) if name in kept else len(kept) for name in sums}

    (payers, source), (payees, sink) = side(0, "pays {amount}"), side(1, "receives {amount}")
    bands: Counter[tuple[int, int, int]] = Counter()
    for payer, payee, amount in year.payments:
        bands[0, source[payer], sink[payee]] += amount
    described = "; ".join(
        words("{payee} receives {amount} from {payer}", payee=writer.name(payee), amount=scale.with_unit(amount), payer=writer.name(payer))
        for payer, payee, amount in year.payments
    )
    return flow(
        key,
        _in_unit(writer, words("Who pays whom, {year}", year=year.year)),
        Flow([payers, payees], dict(sorted(bands.items()))),
        described + ".",
    )


def _largest(writer: Writer, nodes: Sequence[Node], what: Literal["parties", "activities"]) -> Sequence[Node]:
    """The largest of many nodes in their order, and one node for all others."""
    least = _smallest([node.size for node in nodes])
    if not least:
        return nodes
    others = writer.words(f"{{number}} other {what}", number=len(least))
    kept = [node for number, node in enumerate(nodes) if number not in least]
    return [*kept, *_nodes(writer, [(others, sum(nodes[number].size for number in least))])]


def _smallest(sizes: Sequence[int]) -> frozenset[int]:
    """The positions of those that are drawn as one, where there are more than can be followed."""
    if len(sizes) <= _MOST:
        return frozenset()
    return frozenset(sorted(range(len(sizes)), key=lambda number: sizes[number])[: len(sizes) - _MOST + 1])


def _nodes(writer: Writer, amounts: Iterable[tuple[str, int]]) -> list[Node]:
    """A node for each amount that is not nothing."""
    return [Node(name, writer.scale.amount(amount), amount) for name, amount in amounts if amount]


def _listed(title: str, nodes: Sequence[Node]) -> str:
    """The nodes as a sentence, and what they are."""
    return f"{capital(title)}: {'; '.join(f'{node.label} {node.number}' for node in nodes)}."
