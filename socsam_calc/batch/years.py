"""§§ 2–7 of the arithmetic on graphs: each year after those before it. The counterpart of ``engine/years.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import lcm
from typing import Final, assert_never

from ..model.agreement import Agreement
from ..model.terms import Terms, terms_by_year
from .frame import Cells, FrameBuilder, Leaves, Row
from .graph import Graph, Value
from .rounding import Exact, apportion, exact, rounded, scaled
from .sharing import after_withholding, by_weights, entitlement, kept_parts, key_weights, through_bands

BODY: Final = "body"


@dataclass(slots=True)
class Figures:
    """Every figure of a settlement by its path (`1998.parties.kommun.settled`), as a value of the graph.

    ``known`` holds, for a figure that some scenarios do not know, the condition under which it is known.
    """

    values: dict[str, Value] = field(default_factory=dict)
    known: dict[str, Value] = field(default_factory=dict)


def translate(graph: Graph, agreement: Agreement, bounds: Mapping[str, tuple[int, int]], denominators: Mapping[str, int]) -> Figures:
    """The agreement's figures as values of the graph. ``bounds`` are those of the varying values, in ``denominators`` where not whole."""
    figures = Figures()
    course = _Course(graph, agreement, Leaves(graph, agreement, bounds, denominators), figures)
    terms = terms_by_year(agreement)
    for number in agreement.years:
        _Year(course, number, terms[number]).settle()
    return figures


class _Course:
    """What one year leaves to the next."""

    def __init__(self, graph: Graph, agreement: Agreement, leaves: Leaves, figures: Figures) -> None:
        self.graph, self.agreement, self.leaves, self.figures = graph, agreement, leaves, figures
        self.carried: Cells = {
            party: leaves.amount(agreement.opening[party], "opening", party) for party in agreement.parties if party in agreement.opening
        }
        self.undistributed = graph.total(self.carried.values())
        self.split_entitled, self.split_limit = Exact(0), Exact(0)
        self.split_before: Value = 0


class _Year:
    """One year."""

    def __init__(self, course: _Course, number: int, terms: Terms) -> None:
        self.course, self.number, self.terms = course, number, terms
        self.graph, self.agreement = course.graph, course.agreement
        self.stated = self.agreement.years[number]
        self.parties = self.agreement.parties_of(number)
        self.listed = [name for name in self.agreement.parties if name in self.parties or course.carried.get(name, 0) != 0]
        self.builder = FrameBuilder(course.leaves, number)
        self.rows: dict[str, Row] = self.builder.rows()
        self.finals = {name: self.graph.total(row.final.values()) for name, row in self.rows.items()}
        self.contributions = {party: self.graph.total(row.final.get(party, 0) for row in self.rows.values()) for party in self.listed}
        self.preliminary = {party: self.graph.total(row.preliminary.get(party, 0) for row in self.rows.values()) for party in self.listed}
        self.final_frame = self.graph.total(self.finals.values())
        self.framed = bool(self.rows) or self.stated.costs is not None

    def _put(self, group: str, figures: Mapping[str, Value]) -> None:
        for name, value in figures.items():
            self.course.figures.values[f"{self.number}.{group}.{name}"] = value

    def settle(self) -> None:
        """Put the year's figures into the course."""
        graph = self.graph
        for name, row in self.rows.items():
            preliminary, adjusted = graph.total(row.preliminary.values()), graph.total(row.adjusted.values())
            self._put(
                f"activities.{name}",
                {
                    "preliminary": preliminary,
                    "adjustment": graph.subtract(adjusted, preliminary) if row.adjusted is not row.preliminary else 0,
                    "correction": row.correction,
                    "conversion": row.conversion,
                    "final": self.finals[name],
                },
            )
            self._put(f"activities.{name}.cells", row.final)
        if self.framed:
            for party in self.listed:
                self._put(f"parties.{party}", {"preliminary": self.preliminary[party], "contribution": self.contributions[party]})
            preliminary_frame = graph.total(graph.total(row.preliminary.values()) for row in self.rows.values())
            self._put("totals", {"preliminary_frame": preliminary_frame, "final_frame": self.final_frame})
        self._shortfall()
        if self.stated.costs is not None:
            self._from_costs()
        elif self.stated.result is not None:
            self._from_total(self.course.leaves.amount(self.stated.result, "years", str(self.number), "result"))

    def _shared_share(self, activity: str) -> Exact:
        """How much of an activity's result is shared."""
        share = self.terms.shared.of(activity)
        return self.course.leaves.exact(share.value, *share.place)

    def _from_costs(self) -> None:
        """A year with costs by activity."""
        graph, course, terms = self.graph, self.course, self.terms
        costs = {name: self.builder.cost(self.number, name) for name in self.rows}
        results = {name: graph.subtract(self.finals[name], costs[name]) for name in self.rows}
        actual = graph.total(costs.values())
        owners = self._owners()
        result = self._grouped(owners, self.finals, costs, {})
        before = {name: scaled(graph, [self._shared_share(name), value]) for name, value in results.items()}
        whole = all(before[name] is results[name] for name in self.rows)
        before_total = result if whole else graph.total(graph.total(before[name] for name in rows) for rows in owners.values())
        shared = through_bands(graph, terms, before_total, self.final_frame)
        withheld = graph.subtract(before_total, shared)
        shared_rows = before if terms.bands is None else after_withholding(graph, before, before_total, shared)
        kept_rows = {name: graph.subtract(results[name], shared_rows[name]) for name in self.rows}
        of_year = {party: self.contributions[party] for party in self.parties}
        kept: dict[str, list[Value]] = {party: [] for party in self.listed}
        for owner, rows in owners.items():
            if owner:
                partly = [name for name in rows if shared_rows[name] is not results[name]]
                kept[owner].append(self._grouped({owner: partly}, self.finals, costs, shared_rows))
        for name in owners.get("", []):
            value = kept_rows[name]
            for party, part in kept_parts(graph, value, self.rows[name].final, self.agreement.performer(name), of_year).items():
                kept[party].append(part)
        allocated = entitlement(graph, terms, shared, of_year)
        uses, used = self._uses(shared, of_year)
        distribution = terms.distributes
        settled = self._parties(costs, kept, allocated, used, distribution)
        course.undistributed = 0 if distribution else graph.subtract(graph.add(course.undistributed, shared), uses)
        for name in self.rows:
            settled_row = {"actual": costs[name], "result": results[name], "shared": shared_rows[name], "kept": kept_rows[name]}
            self._put(f"activities.{name}", settled_row)
        self._put("totals", {"actual": actual, "result": result, **self._sums(result, shared, uses)})
        self._put("sharing", {"withheld": withheld})
        self._split(settled, costs, actual)

    def _owners(self) -> dict[str, list[str]]:
        """The rows that one party alone funds and performs, by that party, and all others under ''.

        What is kept of the former stays with that party as it is, so that sums over its rows serve for several figures.
        """
        owners: dict[str, list[str]] = {}
        for name, row in self.rows.items():
            performer = self.agreement.performer(name)
            owners.setdefault(performer if list(row.final) == [performer] else "", []).append(name)
        return owners

    def _grouped(
        self, owners: Mapping[str, list[str]], gains: Mapping[str, Value], costs: Mapping[str, Value], shared: Mapping[str, Value]
    ) -> Value:
        """Σ (gain − cost − shared) over the rows, added up by owner."""
        graph = self.graph
        sums = []
        for rows in owners.values():
            left = graph.subtract(graph.total(gains[name] for name in rows), graph.total(costs[name] for name in rows))
            sums.append(graph.subtract(left, graph.total(shared[name] for name in rows if shared)))
        return graph.total(sums)

    def _sums(self, result: Value, shared: Value, uses: Value) -> dict[str, Value]:
        kept, settled = self.graph.subtract(result, shared), self.graph.subtract(result, uses)
        return {"shared": shared, "kept": kept, "uses": uses, "settled": settled}

    def _uses(self, shared: Value, contributions: Cells) -> tuple[Value, Cells]:
        graph = self.graph
        uses = graph.total(
            self.course.leaves.amount(use.amount, "years", str(self.number), "uses", position, "amount")
            for position, use in enumerate(self.stated.uses)
        )
        if not self.stated.uses:
            return 0, {}
        graph.require(graph.compare("greater_equal", graph.add(shared, self.course.undistributed), uses))
        parts = by_weights(graph, uses, key_weights(self.terms.surplus, contributions))
        return uses, dict(zip(contributions, parts, strict=True))

    def _parties(
        self, costs: Mapping[str, Value], kept: Mapping[str, list[Value]], allocated: Cells, used: Cells, distribution: bool
    ) -> Cells:
        """§§ 2, 4 and 5 for the parties and the body; what each party ends with."""
        graph, course = self.graph, self.course
        settled: Cells = {}
        transfers: list[Value] = []
        balances: Cells = {}
        for party in self.listed:
            paid = graph.total(cost for name, cost in costs.items() if self.agreement.performer(name) == party)
            held = graph.total(
                row.final.get(party, 0) for row in self.rows.values() if self.agreement.activities[row.activity].is_only("opening_balance")
            )
            before = graph.subtract(graph.subtract(self.contributions[party], held), paid)
            keeps, gain, use = graph.total(kept[party]), allocated.get(party, 0), used.get(party, 0)
            ends = graph.subtract(graph.add(keeps, gain), use)
            match self.terms.flow:
                case "notional":
                    claim = graph.subtract(ends, before)
                case "real":
                    claim = graph.subtract(ends, graph.subtract(self.contributions[party], self.preliminary[party]))
                case _:
                    assert_never(self.terms.flow)
            balance = graph.add(course.carried.get(party, 0), claim)
            settled[party] = ends
            transfers.append(balance if distribution else 0)
            balances[party] = 0 if distribution else balance
            self._put(
                f"parties.{party}",
                {
                    "paid": paid, "before_sharing": before, "kept": keeps, "allocated": gain, "used": use, "settled": ends,
                    "transfer": transfers[-1], "carried": balances[party],
                },
            )  # fmt: skip
        paid = graph.total(cost for name, cost in costs.items() if self.agreement.performer(name) == BODY)
        body_transfer, body_carried = graph.subtract(0, graph.total(transfers)), graph.subtract(0, graph.total(balances.values()))
        self._put("body", {"paid": paid, "transfer": body_transfer, "carried": body_carried})
        course.carried = {party: balance for party, balance in balances.items() if balance != 0}
        return settled

    def _split(self, settled: Cells, costs: Mapping[str, Value], actual: Value) -> None:
        """§ 6: the office's cumulated part, limited by the cap, less that of the year before."""
        terms = self.terms.split
        office = next((name for name in self.parties if self.agreement.parties[name].role == "insurance_office"), None)
        if terms is None or office is None:
            return
        graph, course, activities = self.graph, self.course, self.agreement.activities
        if terms.administration is not None:
            share = exact(terms.administration.value)
        else:
            administration = graph.total(cost for name, cost in costs.items() if activities[name].is_only("administration"))
            share = Exact(administration, graph.maximum(actual, 1))
        own = graph.total(row.final.get(office, 0) for row in self.rows.values() if activities[row.activity].is_only("administration"))
        entitled = Exact(graph.multiply(share.numerator, settled[office]), share.denominator)
        course.split_entitled = _added(graph, course.split_entitled, entitled)
        course.split_limit = _added(
            graph, course.split_limit, Exact(graph.multiply(terms.cap.value.numerator, own), terms.cap.value.denominator)
        )
        entitled, limit = course.split_entitled, course.split_limit
        below = graph.negative(entitled.numerator)
        size = graph.multiply(graph.absolute(entitled.numerator), limit.denominator)
        bound = graph.multiply(limit.numerator, entitled.denominator)
        within = graph.negative(graph.subtract(size, graph.add(bound, 1)))  # −1 where |E| ≤ L
        largest = graph.signed(rounded(graph, [limit.numerator], [limit.denominator]), below)
        part = graph.chosen(within, rounded(graph, [entitled.numerator], [entitled.denominator]), largest)
        office_part = graph.subtract(part, course.split_before)
        course.split_before = part
        state = graph.subtract(settled[office], office_part)
        self._put("state_split", {"office": office_part, "state": state, "limited": graph.add(within, 1)})

    def _from_total(self, result: Value) -> None:
        """A year of which only the total result is known."""
        graph = self.graph
        share = self._shared_share("")
        before = scaled(graph, [share, result])
        shared = through_bands(graph, self.terms, before, self.final_frame)
        withheld = graph.subtract(before, shared)
        allocated = entitlement(graph, self.terms, shared, {party: self.contributions[party] for party in self.parties})
        known = _both(graph, graph.compare("equal", withheld, 0), graph.compare("equal", share.numerator, share.denominator))
        for party in self.listed:
            gain = allocated.get(party, 0)
            self._put(f"parties.{party}", {"allocated": gain, "used": 0})
            if known == 0:
                continue
            self._put(f"parties.{party}", {"kept": 0, "settled": gain})
            if known != 1:
                self.course.figures.known |= {f"{self.number}.parties.{party}.{figure}": known for figure in ("kept", "settled")}
        self._put("totals", {"result": result, **self._sums(result, shared, 0)})
        if self.framed:
            self._put("totals", {"actual": graph.subtract(self.final_frame, result)})
        self._put("sharing", {"withheld": withheld})
        self.course.undistributed = 0

    def _shortfall(self) -> None:
        """§ 7: what each party adds to a debt that the association could not pay."""
        shares = self.terms.association_shares
        if self.stated.shortfall is None or shares is None:
            return
        bound = [party for party, share in shares.weights.items() if party in self.parties or share.value]
        amount = self.course.leaves.amount(self.stated.shortfall, "years", str(self.number), "shortfall")
        parts = apportion(self.graph, amount, key_weights(shares, dict.fromkeys(bound, 0)))
        self._put("shortfall.parties", dict(zip(bound, parts, strict=True)))


def _both(graph: Graph, a: Value, b: Value) -> Value:
    if 0 in (a, b):
        return 0
    return a if b == 1 else b if a == 1 else graph.node("logical_and", (a, b), 0, 1, "bool")


def _added(graph: Graph, a: Exact, b: Exact) -> Exact:
    """The sum of two exact figures, over a common denominator."""
    if isinstance(a.denominator, int) and isinstance(b.denominator, int):
        common = lcm(a.denominator, b.denominator)
        above = [graph.multiply(one.numerator, common // one.denominator) for one in (a, b) if isinstance(one.denominator, int)]
        return Exact(graph.total(above), common)
    if isinstance(a.numerator, int) and a.numerator == 0:
        return b
    above = [graph.multiply(a.numerator, b.denominator), graph.multiply(b.numerator, a.denominator)]
    return Exact(graph.total(above), graph.multiply(a.denominator, b.denominator))
