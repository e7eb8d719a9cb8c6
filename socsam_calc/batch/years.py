"""§§ 2–7 of the arithmetic on graphs: each year after those before it. The counterpart of ``engine/years.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, assert_never

from ..model.agreement import Agreement
from ..model.dividing import ByContributed, ByContributions, ByWeights, Key, resolved
from ..model.terms import Split, Terms, terms_by_year
from .costs import RowCost
from .dividing import Basis, Cells, divide
from .frame import FrameBuilder, Row
from .graph import Graph, Value
from .leaves import Leaves
from .reserve import ceiling_of, left, set_aside
from .rounding import Exact, exact, scaled
from .sharing import after_withholding, entitlement, kept_parts, through_bands
from .split import SplitSoFar

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
            party: leaves.amount(agreement.opening.claims[party], "opening", party)
            for party in agreement.parties
            if party in agreement.opening.claims
        }
        held, put_in = agreement.opening.reserve, agreement.opening.contributed
        self.capital: Value = 0 if held is None else leaves.amount(held, "opening", "reserve")
        self.contributed: Cells = {
            party: leaves.amount(put_in[party], "opening", "contributed", party) if party in put_in else 0 for party in agreement.parties
        }
        self.undistributed = graph.total(self.carried.values())
        self.costs: dict[int, Mapping[str, RowCost]] = {}
        self.split = SplitSoFar(graph)


class _Year:
    """One year."""

    def __init__(self, course: _Course, number: int, terms: Terms) -> None:
        self.course, self.number, self.terms = course, number, terms
        self.graph, self.agreement = course.graph, course.agreement
        self.stated = self.agreement.years[number]
        self.parties = self.agreement.parties_of(number)
        paid = self.stated.transferred or {}
        self.listed = [name for name in self.agreement.parties if name in self.parties or course.carried.get(name, 0) != 0 or name in paid]
        self.builder = FrameBuilder(course.leaves, number, course.costs.get(number - 1, {}))
        self.rows: dict[str, Row] = self.builder.rows()
        self.row_costs = self.builder.costs_of_rows(self.rows)
        course.costs[number] = self.row_costs
        self.finals = {name: self.graph.total(row.final.values()) for name, row in self.rows.items()}
        self.contributions = {party: self.graph.total(row.final.get(party, 0) for row in self.rows.values()) for party in self.listed}
        self.preliminary = {party: self.graph.total(row.preliminary.get(party, 0) for row in self.rows.values()) for party in self.listed}
        self.final_frame = self.graph.total(self.finals.values())
        self.framed = bool(self.rows) or self.stated.costs is not None
        if (self.stated.costs is not None and not self.stated.planned) or self.stated.result is not None:
            put_in = {party: self.graph.subtract(self.contributions[party], self._held(party)) for party in self.parties}
            course.contributed = {party: self.graph.add(before, put_in.get(party, 0)) for party, before in course.contributed.items()}
        self.uses = self.graph.total(
            course.leaves.amount(use.amount, "years", str(number), "uses", position, "amount")
            for position, use in enumerate(self.stated.uses)
        )
        self.basis = Basis(self.parties, {party: self.contributions[party] for party in self.parties}, course.contributed)

    def _held(self, party: str) -> Value:
        """O_p: its cells in rows of money that the body held already."""
        activities = self.agreement.activities
        return self.graph.total(
            row.final.get(party, 0) for row in self.rows.values() if activities[row.activity].is_only("opening_balance")
        )

    def _capital(self, shared: Value) -> tuple[Value, Value, Value, Cells]:
        """§ 4a: what is set aside, what is left for the parties, and what they are given of own capital when the period ends, in all and each."""
        graph, course, opening = self.graph, self.course, self.course.capital
        steps = self.terms.reserve.ceiling if self.terms.reserve is not None else ()
        of_frame = any(step.to is not None or isinstance(step.limit.value, Fraction) for step in steps)
        ceiling = ceiling_of(graph, self.terms, self.final_frame) if self.framed or not of_frame else None
        aside = set_aside(graph, self.terms, shared, self.uses, opening, ceiling)
        held, parts = graph.add(opening, aside), Cells()
        if self.stated.closed and self.agreement.has_capital and self.number == self.agreement.period.last_year:
            everybody = isinstance(self.terms.at_end, ByContributed)
            basis = self.basis._replace(parties=list(self.agreement.parties)) if everybody else self.basis
            parts = divide(graph, held, self.terms.at_end, basis)
        divided = graph.total(parts.values())
        course.capital = graph.subtract(held, held if parts else 0)
        if self.agreement.has_capital:
            figures = {"opening": opening, "set_aside": aside, "divided": divided, "closing": course.capital}
            self._put("reserve", figures | ({} if ceiling is None else {"ceiling": ceiling}))
        self.listed = [name for name in self.agreement.parties if name in self.listed or parts.get(name, 0) != 0]
        for party in self.listed:
            self.contributions.setdefault(party, 0)
            self.preliminary.setdefault(party, 0)
        return aside, left(graph, shared, aside), divided, parts

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
        if self.stated.costs is not None:
            self._from_costs()
        elif self.stated.result is None:
            self._capital(0)
        else:
            self._from_total(self.course.leaves.amount(self.stated.result, "years", str(self.number), "result"))
        if self.framed:
            for party in self.listed:
                self._put(f"parties.{party}", {"preliminary": self.preliminary[party], "contribution": self.contributions[party]})
            preliminary_frame = graph.total(graph.total(row.preliminary.values()) for row in self.rows.values())
            self._put("totals", {"preliminary_frame": preliminary_frame, "final_frame": self.final_frame})
        self._shortfall()

    def _shared_share(self, activity: str) -> Exact:
        """How much of an activity's result is shared."""
        share = self.terms.shared.of(activity)
        return self.course.leaves.exact(share.value, *share.place)

    def _from_costs(self) -> None:
        """A year with costs by activity."""
        graph, course, terms = self.graph, self.course, self.terms
        costs = {name: row.cost for name, row in self.row_costs.items()}
        results = {name: graph.subtract(self.finals[name], costs[name]) for name in self.rows}
        actual = graph.total(costs.values())
        owners = self._owners()
        result = self._grouped(owners, self.finals, costs, {})
        before = {name: scaled(graph, [self._shared_share(name), value]) for name, value in results.items()}
        whole = all(before[name] is results[name] for name in self.rows)
        before_total = result if whole else graph.total(graph.total(before[name] for name in rows) for rows in owners.values())
        shared = through_bands(graph, terms, before_total, self.final_frame)
        withheld = graph.subtract(before_total, shared)
        shared_rows = after_withholding(graph, before, before_total, shared)
        kept_rows = {name: graph.subtract(results[name], shared_rows[name]) for name in self.rows}
        kept: dict[str, list[Value]] = {party: [] for party in self.listed}
        for owner, rows in owners.items():
            if owner:
                partly = [name for name in rows if shared_rows[name] is not results[name]]
                kept[owner].append(self._grouped({owner: partly}, self.finals, costs, shared_rows))
        for name in owners.get("", []):
            value = kept_rows[name]
            performer, by = self.agreement.performer(name), self._empty_rows_key(name)
            for party, part in kept_parts(graph, value, self.rows[name].final, performer, by, self.basis).items():
                kept[party].append(part)
        aside, rest, divided, parts = self._capital(shared)
        allocated, used = entitlement(graph, terms, rest, self.basis), self._used(rest)
        distribution = terms.distributes
        settled = self._parties(costs, kept, allocated, used, parts, distribution)
        course.undistributed = 0 if distribution else graph.subtract(graph.add(course.undistributed, rest), self.uses)
        for name in self.rows:
            settled_row = {"actual": costs[name], "result": results[name], "shared": shared_rows[name], "kept": kept_rows[name]}
            self._put(f"activities.{name}", settled_row)
        self._plan()
        self._to_date()
        self._put("totals", {"actual": actual, "result": result, **self._sums(result, shared, aside, divided)})
        self._put("sharing", {"withheld": withheld})
        self._split(settled, parts, costs, actual)

    def _planned(self) -> Cells:
        """What rows were planned to cost, as far as the year has a plan."""
        plan = self.stated.budget or {}
        return {
            name: self.course.leaves.amount(plan[name], "years", str(self.number), "budget", name) for name in self.rows if name in plan
        }

    def _plan(self) -> None:
        planned = self._planned()
        for name, plan in planned.items():
            self._put(f"activities.{name}", {"budget": plan})
        if planned:
            self._put("totals", {"budget": self.graph.total(planned.values())})

    def _to_date(self) -> None:
        """What is booked in a year that still runs, and what is expected, held against the budget."""
        if self.stated.to_date is None:
            return
        graph = self.graph
        budget = {**self.finals, **self._planned()}
        rows = {
            f"activities.{name}": {"budget": budget[name], "booked": row.booked, "remaining": row.remaining, "expected": row.cost}
            for name, row in self.row_costs.items()
        }
        names = ("budget", "booked", "remaining", "expected")
        rows["totals"] = {name: graph.total([row[name] for row in rows.values()]) for name in names}
        for owner, row in rows.items():
            self._put(f"to_date.{owner}", {**row, "difference": graph.subtract(row["budget"], row["expected"])})

    def _empty_rows_key(self, activity: str) -> Key:
        """What divides what is kept of a row without money that the body performs: the activity's key, else the contributions."""
        by = self.agreement.activities[activity].by
        if by is None:
            return ByContributions(())
        return resolved(self.agreement, by, "share", ("activities", activity, "by"), self.number)

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

    def _sums(self, result: Value, shared: Value, aside: Value, divided: Value) -> dict[str, Value]:
        graph = self.graph
        kept = graph.subtract(result, shared)
        settled = graph.add(graph.subtract(graph.subtract(result, self.uses), aside), divided)
        return {"shared": shared, "kept": kept, "uses": self.uses, "settled": settled}

    def _used(self, rest: Value) -> Cells:
        if not self.stated.uses:
            return {}
        self.graph.require(self.graph.compare("greater_equal", self.graph.add(rest, self.course.undistributed), self.uses))
        return divide(self.graph, self.uses, self.terms.surplus, self.basis)

    def _parties(
        self,
        costs: Mapping[str, Value],
        kept: Mapping[str, list[Value]],
        allocated: Cells,
        used: Cells,
        given_out: Cells,
        distribution: bool,
    ) -> Cells:
        """§§ 2, 4 and 5 for the parties and the body; what each party ends with."""
        graph, course = self.graph, self.course
        settled: Cells = {}
        transfers: list[Value] = []
        balances: Cells = {}
        for party in self.listed:
            paid = graph.total(cost for name, cost in costs.items() if self.agreement.performer(name) == party)
            before = graph.subtract(graph.subtract(self.contributions[party], self._held(party)), paid)
            keeps, gain, use, of_capital = (
                graph.total(kept.get(party, ())),
                allocated.get(party, 0),
                used.get(party, 0),
                given_out.get(party, 0),
            )
            ends = graph.add(graph.subtract(graph.add(keeps, gain), use), of_capital)
            match self.terms.flow:
                case "notional":
                    claim = graph.subtract(ends, before)
                case "real":
                    claim = graph.subtract(ends, graph.subtract(self.contributions[party], self.preliminary[party]))
                case _:
                    assert_never(self.terms.flow)
            balance = graph.add(course.carried.get(party, 0), claim)
            settled[party] = ends
            computed = balance if distribution else 0
            transfers.append(self._transferred(party, computed))
            balances[party] = graph.subtract(balance, transfers[-1]) if balance is not transfers[-1] else 0
            self._put(
                f"parties.{party}",
                {
                    "paid": paid, "before_sharing": before, "kept": keeps, "allocated": gain, "used": use, "divided": of_capital, "settled": ends,
                    "transfer": transfers[-1], "carried": balances[party],
                },
            )  # fmt: skip
        paid = graph.total(cost for name, cost in costs.items() if self.agreement.performer(name) == BODY)
        body_transfer, body_carried = graph.subtract(0, graph.total(transfers)), graph.subtract(0, graph.total(balances.values()))
        self._put("body", {"paid": paid, "transfer": body_transfer, "carried": body_carried})
        course.carried = {party: balance for party, balance in balances.items() if balance != 0}
        return settled

    def _transferred(self, party: str, computed: Value) -> Value:
        """X: as it is computed, or what was really paid when the year was closed."""
        if self.stated.transferred is None:
            return computed
        if party not in self.stated.transferred:
            return 0
        stated = self.course.leaves.amount(self.stated.transferred[party], "years", str(self.number), "transferred", party)
        difference = self.graph.subtract(computed, stated)
        self._put(f"transferred.{party}", {"stated": stated, "computed": computed, "difference": difference})
        return stated

    def _split(self, settled: Cells, given_out: Cells, costs: Mapping[str, Value], actual: Value) -> None:
        """§ 6: the office's part, where one is a party of the year."""
        office = next((name for name in self.parties if self.agreement.parties[name].role == "insurance_office"), None)
        if self.terms.split is None or office is None:
            return
        activities = self.agreement.activities
        administration = [name for name in self.rows if activities[name].is_only("administration")]
        share = self._administration(self.terms.split, [costs[name] for name in administration], actual)
        own = self.graph.total(self.rows[name].final.get(office, 0) for name in administration)
        divisible = self.graph.subtract(settled[office], given_out.get(office, 0))
        office_part, limited = self.course.split.of_year(share, divisible, self.terms.split.cap.value, own)
        state = self.graph.subtract(settled[office], office_part)
        self._put("state_split", {"office": office_part, "state": state, "limited": limited})

    def _administration(self, terms: Split, administration: Sequence[Value], actual: Value) -> Exact:
        """Administration's share of the costs, stated or computed."""
        if terms.administration is not None:
            return exact(terms.administration.value)
        if terms.measured != "trial":
            self.graph.require(0)  # a sum of ratios, one for each row: left to the engine
        return Exact(self.graph.total(administration), self.graph.maximum(actual, 1))

    def _from_total(self, result: Value) -> None:
        """A year of which only the total result is known."""
        graph = self.graph
        share = self._shared_share("")
        for claim in self.course.carried.values():
            graph.require(graph.compare("equal", claim, 0))
        before = scaled(graph, [share, result])
        shared = through_bands(graph, self.terms, before, self.final_frame)
        withheld = graph.subtract(before, shared)
        aside, rest, divided, parts = self._capital(shared)
        allocated = entitlement(graph, self.terms, rest, self.basis)
        known = graph.both(graph.compare("equal", withheld, 0), graph.compare("equal", share.numerator, share.denominator))
        for party in self.listed:
            gain = allocated.get(party, 0)
            of_capital = parts.get(party, 0)
            self._put(f"parties.{party}", {"allocated": gain, "used": 0, "divided": of_capital})
            if known == 0:
                continue
            self._put(f"parties.{party}", {"kept": 0, "settled": graph.add(gain, of_capital)})
            self.course.figures.known |= {f"{self.number}.parties.{party}.{figure}": known for figure in ("kept", "settled")}
        self._put("totals", {"result": result, **self._sums(result, shared, aside, divided)})
        if self.framed:
            self._put("totals", {"actual": graph.subtract(self.final_frame, result)})
        self._put("sharing", {"withheld": withheld})

    def _shortfall(self) -> None:
        """§ 7: what each party adds to a debt that the association could not pay."""
        shares = self.terms.association_shares
        if self.stated.shortfall is None or shares is None:
            return
        amount = self.course.leaves.amount(self.stated.shortfall, "years", str(self.number), "shortfall")
        basis = self.basis
        if isinstance(shares, ByWeights) and shares.name == "association share":
            basis = basis._replace(parties=[party for party in self.agreement.parties if shares.weight(party)])
        parts = divide(self.graph, amount, shares, basis)
        self._put(
            "shortfall.parties", {party: parts.get(party, 0) for party in self.agreement.parties if party in parts or party in self.listed}
        )
