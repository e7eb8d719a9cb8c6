"""Which charts a settlement has, and what they show: its figures, turned into bars and bands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from ...engine.results import YearResult
from ..told.settlement import Writer
from .charts import Chart, Panel, Row, bars, on_one_scale
from .flows import Flow, Node, flow
from .labels import shortened

_MOST: Final = 12
"""More parties or activities than these cannot be followed from one side of a chart to the other: the smallest are drawn as one."""


def of_years(writer: Writer, keys: Iterator[str]) -> Iterator[Chart]:
    """Settled parts, and balances, of each party over the years."""
    words = writer.words
    settled = _by_party(writer, "settled")
    if settled:
        yield from on_one_scale(keys, words("What each party ends with, year by year"), settled)
    carried = _by_party(writer, "carried")
    if any(row.end for panel in carried for row in panel.rows):
        yield from on_one_scale(keys, words("Balances at the end of the year: claims (+) and debts (−)"), carried)


def _by_party(writer: Writer, figure: str) -> list[Panel]:
    """A panel for each party with a row a year, all on one scale; the body comes last where it has a balance."""
    found: dict[str, list[Row]] = {name: [] for name in (*writer.agreement.parties, "body")}
    for year in writer.years:
        held = [(party.id, party.units(figure)) for party in year.parties]
        if figure == "carried":
            held.append(("body", year.body.units(figure)))
        for name, amount in held:
            if amount is not None:
                found[name].append(Row(str(year.year), 0, amount, writer.scale.amount(amount, signed=True)))
    names = _parties(writer)
    return [Panel(names[name], rows) for name, rows in found.items() if rows]


def _parties(writer: Writer) -> dict[str, str]:
    """What the parties, and the body, are called in charts."""
    return _told_apart({name: writer.name(name) for name in writer.agreement.parties} | {"body": capital(writer.words("body"))})


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names by id; those that would look alike where a chart has no room for all of them begin with their ids."""
    alike = Counter(map(shortened, names.values()))
    return {id_: f"{id_}: {name}" if alike[shortened(name)] > 1 else name for id_, name in names.items()}


def of_year(writer: Writer, year: YearResult, keys: Iterator[str]) -> Iterator[Chart]:
    """The way from the preliminary frame to what each party ends with, what the frame is made of, and who pays whom."""
    words = writer.words
    panels = list(_waterfall(writer, year))
    if panels:
        title = "From the preliminary frame to the parts settled, {year}" if year.activities else "Who ends with the result, {year}"
        yield from bars(keys, words(title, year=year.year), panels)
    if year.totals.units("result") is not None and writer.flow(year) == "real" and year.body.units("paid") is not None:
        yield _through_the_body(writer, year, next(keys))
    if year.payments:
        yield _payments(writer, year, next(keys))
    if any(row.units("final") for row in year.activities) and {row.id for row in year.activities} != {party.id for party in year.parties}:
        yield _frame(writer, year, next(keys))


def _waterfall(writer: Writer, year: YearResult) -> Iterator[Panel]:
    words, totals, scale = writer.words, year.totals, writer.scale
    result = totals.units("result")
    frame, final = totals.units("preliminary_frame") or 0, totals.units("final_frame") or 0
    if year.activities:
        rows = [Row(capital(words("preliminary frame")), 0, frame, scale.amount(frame), True)]
        at = frame
        for figures, label in ((("adjustment",), "adjustment"), (("correction", "conversion"), "other changes")):
            change = sum(row.units(figure) or 0 for row in year.activities for figure in figures)
            if change:
                rows.append(Row(capital(words(label)), at, at + change, scale.amount(change, signed=True)))
                at += change
        rows.append(Row(capital(words("final frame")), 0, final, scale.amount(final), True))
        actual = totals.units("actual")
        if actual is not None:
            rows.append(Row(capital(words("actual cost")), final, final - actual, scale.amount(-actual, signed=True)))
            rows.append(Row(capital(words("result")), 0, final - actual, scale.amount(final - actual, signed=True), True))
        yield Panel(words("Frame"), rows, True)
    if result is None:
        return
    rows = [Row(capital(words("result")), 0, result, scale.amount(result, signed=True), True)]
    at = 0
    for label, amount in _parts(writer, year):
        rows.append(Row(label, at, at + amount, scale.amount(amount, signed=True)))
        at += amount
    yield Panel(words("Who ends with the result (its own scale)") if year.activities else "", rows, True)


def _parts(writer: Writer, year: YearResult) -> Iterator[tuple[str, int]]:
    """What the result is divided into: the parts settled and what is used; where these are not known, the parts allocated and what is kept."""
    words = writer.words
    names = _parties(writer)
    settled = [(names[party.id], party.units("settled")) for party in year.parties]
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
    words, scale = writer.words, writer.scale
    parties = [party for party in year.parties if party.units("contribution")]
    activities = [activity for activity in year.activities if activity.units("final")]
    names, purposes = _parties(writer), _told_apart({activity.id: activity.name for activity in activities})
    each = _nodes(writer, [(names[party.id], party.units("contribution") or 0) for party in parties])
    every = _nodes(writer, [(purposes[activity.id], activity.units("final") or 0) for activity in activities])
    given, used = _largest(writer, each, "parties"), _largest(writer, every, "activities")
    final = year.totals.units("final_frame") or 0
    middle = [Node(capital(words("final frame")), scale.amount(final), final)]
    bands = {(0, number, 0): node.size for number, node in enumerate(given)} | {
        (1, 0, number): node.size for number, node in enumerate(used)
    }
    title = words("What the parties put into the frame, and what it is for, {year}", year=year.year)
    described = f"{capital(words('contribution'))}: {_listed(each)}. {capital(words('final frame'))}: {scale.amount(final)}. {capital(words('activity'))}: {_listed(every)}."
    return flow(key, title, Flow([given, middle, used], bands), described)


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


def _through_the_body(writer: Writer, year: YearResult, key: str) -> Chart:
    """Real flow: preliminary contributions in, costs out, and what the body was left with or had to advance."""
    words, scale = writer.words, writer.scale
    names = _parties(writer)
    paid_in = [(names[party.id], party.units("preliminary") or 0) for party in year.parties]
    paid_out = [(names[party.id], party.units("paid") or 0) for party in year.parties]
    left = sum(amount for _, amount in paid_in) - sum(amount for _, amount in paid_out) - (year.body.units("paid") or 0)
    ours = [(capital(words("left with the body" if left > 0 else "advanced by the body")), abs(left))]
    own = [(capital(words("the body's own costs")), year.body.units("paid") or 0)]
    given, taken = (_nodes(writer, [entry for entry in side if entry[1]]) for side in (paid_in, paid_out))
    more, costs = (
        _nodes(writer, [entry for entry in side if entry[1]]) for side in ([] if left > 0 else ours, own + (ours if left > 0 else []))
    )
    sources, sinks = [*_largest(writer, given, "parties"), *more], [*_largest(writer, taken, "parties"), *costs]
    whole = sum(node.size for node in sources)
    middle = [Node(capital(words("body")), scale.amount(whole), whole)]
    bands = {(0, number, 0): node.size for number, node in enumerate(sources)} | {
        (1, 0, number): node.size for number, node in enumerate(sinks)
    }
    title = words("Money through the body before the settlement, {year}", year=year.year)
    described = f"{capital(words('paid in'))}: {_listed([*given, *more])}. {capital(words('paid out'))}: {_listed([*taken, *costs])}."
    return flow(key, title, Flow([sources, middle, sinks], bands), described)


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
    return flow(key, words("Who pays whom, {year}", year=year.year), Flow([payers, payees], dict(sorted(bands.items()))), described + ".")


def _nodes(writer: Writer, amounts: Sequence[tuple[str, int]]) -> list[Node]:
    return [Node(name, writer.scale.amount(amount), amount) for name, amount in amounts]


def _listed(nodes: Sequence[Node]) -> str:
    return "; ".join(f"{node.label} {node.number}" for node in nodes)


def capital(text: str) -> str:
    """A label as it begins a line."""
    return text[:1].upper() + text[1:]
