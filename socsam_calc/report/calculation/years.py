"""§§ 2–7 as formulas: each year after those before it. The counterpart of ``engine/years.py``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, assert_never

from ...model.dividing import ByContributed, ByWeights, Key, resolved
from ...model.running import pay_days
from ...model.terms import Terms, terms_by_year
from .cells import Value, units
from .costs import RowCost
from .dividing import Basis, Cells, divide
from .entered import Entered
from .frame import FrameOfYear
from .reserve import Capitalist
from .sharing import Sharer
from .steps import INSTALMENTS, NOT_BELOW, NOTHING, Label, Steps

BODY: Final = "body"


class Course:
    """What one year leaves to the next: balances, what is undistributed, own capital, what was contributed, and what rows cost."""

    def __init__(self, steps: Steps, entered: Entered) -> None:
        self.steps, self.entered, self.agreement = steps, entered, entered.agreement
        opening = self.agreement.opening
        claims, put_in = opening.claims, opening.contributed
        parties = self.agreement.parties
        self.carried: Cells = {
            party: entered.amount("opening claim", claims[party], ("opening", party), party=party) for party in parties if party in claims
        }
        self.capital: Value = 0 if opening.reserve is None else entered.amount("own capital", opening.reserve, ("opening", "reserve"))
        self.contributed: Cells = {
            party: entered.amount("contributed before", put_in[party], ("opening", "contributed", party), party=party)
            if party in put_in
            else 0
            for party in parties
        }
        self.costs: dict[int, Mapping[str, RowCost]] = {}
        terms = terms_by_year(self.agreement)
        first = next(iter(self.agreement.years))
        self.undistributed = steps.total(Label("opening claims", first), self.carried.values())
        for number in self.agreement.years:
            YearOfCourse(self, number, terms[number]).settle()


class YearOfCourse:
    """One year."""

    def __init__(self, course: Course, number: int, terms: Terms) -> None:
        self.course, self.number, self.terms = course, number, terms
        self.steps, self.entered, self.agreement = course.steps, course.entered, course.agreement
        self.stated = self.agreement.years[number]
        self.frame = FrameOfYear(self.steps, self.entered, number, course.costs.get(number - 1, {}))
        course.costs[number] = self.frame.costs
        self.parties = self.frame.parties
        paid = self.stated.transferred or {}
        self.listed = [name for name in self.agreement.parties if name in self.parties or name in course.carried or name in paid]
        self.final_frame = self._total("final_frame", list(self.frame.finals.values()), "totals.final_frame")
        self._total("preliminary_frame", list(self.frame.preliminary.values()), "totals.preliminary_frame")
        self.contributions = {party: self._of_party("contribution", party, "final") for party in self.listed}
        self.preliminary = {party: self._of_party("preliminary", party, "preliminary") for party in self.listed}
        self.sharer, self.capitalist = Sharer(self.steps, self.entered, terms), Capitalist(self.steps, self.entered, terms)
        if (self.stated.costs is not None and not self.stated.planned) or self.stated.result is not None:
            course.contributed = {party: self._contributed(party, before) for party, before in course.contributed.items()}
        self.basis = Basis(self.parties, {party: self.contributions[party] for party in self.parties}, course.contributed)

    def _label(self, name: str, party: str = "", figure: str = "") -> Label:
        return Label(name, self.number, "", party, f"{self.number}.{figure}" if figure else "")

    def _total(self, name: str, values: list[Value], figure: str = "", party: str = "") -> Value:
        return self.steps.total(self._label(name, party, figure), values)

    def _cells(self, party: str, stage: str, *, held: bool = False) -> list[Value]:
        """The party's cells at a stage of the frame; ``held``: in rows of money that the body held already, alone."""
        rows = [row for row in self.frame.rows.values() if not held or self.agreement.activities[row.activity].is_only("opening_balance")]
        stages = [row.final if stage == "final" else row.preliminary for row in rows]
        return [cells[party] for cells in stages if party in cells]

    def _of_party(self, name: str, party: str, stage: str) -> Value:
        return self._total(name, self._cells(party, stage), f"parties.{party}.{name}", party)

    def _contributed(self, party: str, before: Value) -> Value:
        """What a party has put in over the settled years, through this one."""
        if party not in self.parties:
            return before
        put_in = self.steps.less(self._label("put in", party), self.contributions[party], *self._cells(party, "final", held=True))
        return self._total("contributed", [before, put_in], party=party)

    def settle(self) -> None:
        """Write the year."""
        if self.stated.costs is not None:
            self._from_costs()
        elif self.stated.result is not None:
            self._from_total()
        else:
            self._capital(0, 0)
        self._shortfall()
        self._instalments()
        self._against_the_plan()

    # --- own capital ------------------------------------------------------------------------------------------------------

    def _capital(self, shared: Value, uses: Value) -> tuple[Value, Value, Cells]:
        """§ 4a: what is set aside, what is left for the parties, and what each is given of own capital when the period ends."""
        course, opening = self.course, self.course.capital
        framed = bool(self.frame.rows) or self.stated.costs is not None
        steps = self.terms.reserve.ceiling if self.terms.reserve is not None else ()
        of_frame = any(step.to is not None or isinstance(step.limit.value, Fraction) for step in steps)
        ceiling = self.capitalist.ceiling(self.final_frame) if framed or not of_frame else None
        aside = self.capitalist.set_aside(shared, uses, opening, ceiling)
        capital = self._total("own capital held", [opening, aside])
        parts: Cells = {}
        if self.stated.closed and self.agreement.has_capital and self.number == self.agreement.period.last_year:
            everybody = isinstance(self.terms.at_end, ByContributed)
            basis = self.basis._replace(parties=list(self.agreement.parties)) if everybody else self.basis
            parts = self._divide("divided", capital, self.terms.at_end, basis)
        divided = self._total("divided", list(parts.values()))
        course.capital = self.steps.less(self._label("closing"), capital, divided)
        figures = {"opening": opening, "set_aside": aside, "divided": divided, "closing": course.capital}
        for name, value in (figures | ({} if ceiling is None else {"ceiling": ceiling})).items():
            self._total("own capital", [value], f"reserve.{name}")
        self.listed = [name for name in self.agreement.parties if name in self.listed or name in parts]
        for party in (party for party in self.listed if party not in self.contributions):
            for name, held in (("contribution", self.contributions), ("preliminary", self.preliminary)):
                held[party] = self._total(name, [], f"parties.{party}.{name}", party)
        return aside, self.steps.less(self._label("left for the parties"), shared, aside), parts

    def _divide(self, name: str, whole: Value, key: Key, basis: Basis | None = None) -> Cells:
        return divide(self.steps, self.entered, self._label(name), whole, key, basis or self.basis)

    # --- a year with costs by activity ------------------------------------------------------------------------------------

    def _from_costs(self) -> None:
        rows, sharer, course = self.frame.rows, self.sharer, self.course
        costs = {name: row.cost for name, row in self.frame.costs.items()}
        results = {name: self._of_activity("result", name, self.frame.finals[name], costs[name]) for name in rows}
        for name, cost in costs.items():
            self.steps.total(Label("cost", self.number, name, "", f"{self.number}.activities.{name}.actual"), [cost])
        before = {name: sharer.before_bands(name, result) for name, result in results.items()}
        before_all = self._total("shared before bands", list(before.values()))
        shared = sharer.through_bands(before_all, self.final_frame)
        by_row = sharer.after_withholding(before, before_all, shared)
        for name, part in by_row.items():
            self.steps.total(Label("shared", self.number, name, "", f"{self.number}.activities.{name}.shared"), [part])
        kept = {name: self._of_activity("kept", name, results[name], by_row[name]) for name in rows}
        result = self._total("result", list(results.values()), "totals.result")
        self._total("actual", list(costs.values()), "totals.actual")
        self._total("shared", [shared], "totals.shared")
        self.steps.less(self._label("kept", figure="totals.kept"), result, shared)
        kept_by: dict[str, list[Value]] = {}
        for name, row in rows.items():
            for party, part in sharer.kept(name, kept[name], row.final, self.agreement.performer(name), self._by(name), self.basis).items():
                kept_by.setdefault(party, []).append(part)
        uses = self._uses()
        aside, rest, given_out = self._capital(shared, uses)
        allocated, used = sharer.entitlement(rest, self.basis), self._used(rest, uses)
        settled = {party: self._settled(party, kept_by.get(party, []), allocated, used, given_out) for party in self.listed}
        self._conserved(result, uses, aside, given_out, settled)
        self._paid(costs, settled)
        course.undistributed = 0
        if not self.terms.distributes:
            course.undistributed = self.steps.less(self._label("shared less uses"), self._total("shared", [self._before, rest]), uses)

    def _of_activity(self, name: str, activity: str, first: Value, second: Value) -> Value:
        return self.steps.less(Label(name, self.number, activity, "", f"{self.number}.activities.{activity}.{name}"), first, second)

    def _by(self, activity: str) -> Key | None:
        by = self.agreement.activities[activity].by
        return None if by is None else resolved(self.agreement, by, "share", ("activities", activity, "by"), self.number)

    def _uses(self) -> Value:
        uses = [
            self.entered.amount("use", use.amount, ("years", str(self.number), "uses", at, "amount"), year=self.number, activity=use.for_)
            for at, use in enumerate(self.stated.uses)
        ]
        return self._total("uses", list(uses), "totals.uses")

    def _used(self, rest: Value, uses: Value) -> Cells:
        """§ 4: uses by the surplus key; they may not exceed what there is."""
        self._before = self.course.undistributed
        if not self.stated.uses:
            return {}
        there = units(rest) + units(self._before) - units(uses)
        self.steps.must(self._label("shared less uses"), NOT_BELOW, there, rest, "+", self._before, "-", uses)
        return self._divide("used", uses, self.terms.surplus)

    def _settled(self, party: str, kept: list[Value], allocated: Cells, used: Cells, given_out: Cells) -> Value:
        """Q_p = K_p + T_p − U_p + L_p."""
        at = f"parties.{party}"
        keeps = self._total("kept", kept, f"{at}.kept", party)
        gain, use, part = (self._total(name, [held.get(party, 0)], f"{at}.{name}", party) for name, held in (("allocated", allocated), ("used", used), ("divided", given_out)))  # fmt: skip
        together = self._total("kept, allocated and divided" if given_out else "kept and allocated", [keeps, gain, part], party=party)
        return self.steps.less(self._label("settled", party, f"{at}.settled"), together, use)

    def _conserved(self, result: Value, uses: Value, aside: Value, given_out: Cells, settled: Cells) -> None:
        """§ 4: always ΣQ_p + uses + A − L = R."""
        together = self._total("settled", list(settled.values()))
        self.steps.total(self._label("settled", figure="totals.settled"), [together])
        divided = self._total("divided", list(given_out.values()))
        today = units(result) - units(together) - units(uses) - units(aside) + units(divided)
        self.steps.must(self._label("result"), NOTHING, today, result, "-", together, "-", uses, "-", aside, "+", divided)

    # --- when it is paid --------------------------------------------------------------------------------------------------

    def _paid(self, costs: Mapping[str, Value], settled: Cells) -> None:
        """§ 5: claims, transfers and balances of the parties and of the body."""
        transfers, brought_in, balances = list[Value](), list[Value](), Cells()
        befores = []
        for party in self.listed:
            at = f"parties.{party}"
            paid = self._total(
                "paid", [cost for name, cost in costs.items() if self.agreement.performer(name) == party], f"{at}.paid", party
            )
            held = self._cells(party, "final", held=True)
            before = self.steps.less(self._label("before_sharing", party, f"{at}.before_sharing"), self.contributions[party], *held, paid)
            befores.append(before)
            match self.terms.flow:
                case "notional":
                    in_hand = before
                case "real":
                    in_hand = self.steps.less(self._label("in hand", party), self.contributions[party], self.preliminary[party])
                case _:
                    assert_never(self.terms.flow)
            self._total("in hand", [in_hand], f"{at}.in_hand", party)
            claim = self.steps.less(self._label("claim", party, f"{at}.claim"), settled[party], in_hand)
            brought = self._total("brought", [self.course.carried.get(party, 0)], f"{at}.brought", party)
            due = self._total("due", [brought, claim], party=party)
            transfer = self._transferred(party, due if self.terms.distributes else 0)
            self._total("transfer", [transfer], f"{at}.transfer", party)
            carried = self.steps.less(self._label("carried", party, f"{at}.carried"), due, transfer) if transfer is not due else 0
            self._total("carried", [carried], f"{at}.carried", party)
            transfers.append(transfer)
            brought_in.append(brought)
            balances[party] = carried
        self.course.carried = {party: balance for party, balance in balances.items() if not isinstance(balance, int) or balance}
        self._body(costs, befores, transfers, brought_in, list(balances.values()))

    def _transferred(self, party: str, computed: Value) -> Value:
        """X: as it is computed, or what was really paid when the year was closed."""
        paid = self.stated.transferred
        if paid is None:
            return computed
        stated: Value = 0
        if party in paid:
            stated = self.entered.amount("transferred", paid[party], ("years", str(self.number), "transferred", party), year=self.number, party=party)  # fmt: skip
        at = f"transferred.{party}"
        self._total("transferred", [stated], f"{at}.stated", party)
        self._total("transfer", [computed], f"{at}.computed", party)
        return stated

    def _body(self, costs: Mapping[str, Value], befores: list[Value], transfers: list[Value], brought: list[Value], carried: list[Value]) -> None:  # fmt: skip
        """The body's row: what it paid, and minus what the parties have together."""
        self._total("paid", [cost for name, cost in costs.items() if self.agreement.performer(name) == BODY], "body.paid")
        for name, of_parties in (("brought", brought), ("transfer", transfers), ("carried", carried)):
            self.steps.less(self._label(name, figure=f"body.{name}"), 0, *of_parties)
        figures = self.steps.figures
        claim = self._total("claim", [figures[f"{self.number}.body.transfer"], figures[f"{self.number}.body.carried"]])
        self.steps.less(self._label("claim", figure="body.claim"), claim, figures[f"{self.number}.body.brought"])
        result, actual = figures[f"{self.number}.totals.result"], figures[f"{self.number}.totals.actual"]
        self.steps.less(self._label("before_sharing", figure="body.before_sharing"), result, *befores)
        self.steps.less(self._label("in hand", figure="body.in_hand"), figures[f"{self.number}.totals.preliminary_frame"], actual)

    # --- a year of which only the total is known --------------------------------------------------------------------------

    def _from_total(self) -> None:
        assert self.stated.result is not None
        result = self.entered.amount("result", self.stated.result, ("years", str(self.number), "result"), year=self.number)
        self._total("result", [result], "totals.result")
        before = self.sharer.before_bands("", result)
        shared = self._total("shared", [self.sharer.through_bands(before, self.final_frame)], "totals.shared")
        self.steps.less(self._label("actual", figure="totals.actual"), self.final_frame, result)
        kept = self.steps.less(self._label("kept", figure="totals.kept"), result, shared)
        if not units(kept):  # of a part that is kept nobody knows whose it is
            self.steps.must(self._label("kept"), NOTHING, 0, kept)
        aside, rest, given_out = self._capital(shared, 0)
        allocated = self.sharer.entitlement(rest, self.basis)
        self._total("uses", [], "totals.uses")
        for party in self.listed:
            self._settled(party, [], allocated, {}, given_out)
        settled = self.steps.less(self._label("settled"), result, aside)
        self._total("settled", [settled, *given_out.values()], "totals.settled")
        self.course.undistributed = 0

    # --- what stands beside the settlement --------------------------------------------------------------------------------

    def _shortfall(self) -> None:
        """§ 7: what each party adds to a debt that the association could not pay."""
        if self.stated.shortfall is None:
            return
        amount = self.entered.amount("shortfall", self.stated.shortfall, ("years", str(self.number), "shortfall"), year=self.number)
        self._total("shortfall", [amount], "shortfall.amount")
        shares = self.terms.association_shares
        if shares is None:
            return
        basis = self.basis
        if isinstance(shares, ByWeights) and shares.name == "association share":
            basis = basis._replace(parties=[name for name in self.agreement.parties if name in self.parties or shares.weight(name)])
        for party, part in self._divide("shortfall", amount, shares, basis).items():
            self._total("shortfall", [part], f"shortfall.parties.{party}", party)

    def _instalments(self) -> None:
        """§ 1: each party's preliminary contribution, money that the body holds already apart, in equal parts."""
        plan, counted, found = self.stated.instalments, self.agreement.period.counted(self.number), list[tuple[str, str, Value]]()
        for party in self.parties:
            days = [day.isoformat() for day in pay_days(plan, party, self.number, counted)]
            if days:
                held = self._cells(party, "preliminary", held=True)
                due = self.steps.less(self._label("to pay in", party), self.preliminary[party], *held)
                label = self._label("instalment", party)
                found += [(day, party, part) for day, part in self.steps.parts(label, due, dict.fromkeys(days, 1), "activity").items()]
                if not units(due) and not isinstance(due, int):
                    self.steps.computed(label, 0, due, must=INSTALMENTS)
        shown = sorted((one for one in found if units(one[2])), key=lambda one: (one[0], self.parties.index(one[1])))
        for at, (day, party, part) in enumerate(shown):
            self.steps.total(Label("instalment", self.number, day, party, f"{self.number}.instalments.{at}"), [part])

    def _against_the_plan(self) -> None:
        """What was planned, booked and expected."""
        plan = self.stated.budget or {}
        planned: dict[str, Value] = {
            name: self.entered.amount(
                "planned cost", plan[name], ("years", str(self.number), "budget", name), year=self.number, activity=name
            )
            for name in self.frame.rows
            if name in plan
        }
        for name, amount in planned.items():
            self.steps.total(Label("planned cost", self.number, name, "", f"{self.number}.activities.{name}.budget"), [amount])
        if planned:
            self._total("planned cost", list(planned.values()), "totals.budget")
        if self.stated.to_date is None:
            return
        budget = {**self.frame.finals, **planned}
        figures = {name: {"budget": budget[name], "booked": row.booked, "remaining": row.remaining, "expected": row.cost} for name, row in self.frame.costs.items()}  # fmt: skip
        for name, held in figures.items():
            for figure, value in held.items():
                self.steps.total(Label("booked", self.number, name, "", f"{self.number}.to_date.activities.{name}.{figure}"), [value])
        for figure in ("budget", "booked", "remaining", "expected"):
            self._total("booked", [held[figure] for held in figures.values()], f"to_date.totals.{figure}")
