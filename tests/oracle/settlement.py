"""An independent oracle for the settlement: the arithmetic of ``settlement.md`` in its own order and words.

Plain and slow, it shares no code with the program and serves differential tests. ``settle_text`` reads an agreement and
returns the ``years`` of ``socsam settle --format json`` with the keys of the conformance cases. It supposes a
well-formed file: of what ``format.md`` refuses, it raises ``Refused`` for what the arithmetic itself runs into.
``figures`` and ``expect`` are not read. Money is an ``int`` of rounding units until it is shown, every ratio a
``Fraction``. "Section" in a docstring means a section of ``settlement.md``.
"""

import calendar
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import yaml

from .keys import Key, Keys
from .parts import ORE, Cells, Refused, apportion, divide, number, pay, percent, read_amount, require, rounded, share, weight

__all__ = ["Oracle", "Refused", "settle", "settle_text"]

Rows = dict[str, Cells]
ROW_FIGURES = "preliminary adjustment correction conversion final actual result shared kept"
PARTY_FIGURES = "preliminary contribution paid before_sharing kept allocated used divided settled transfer carried"


def enter(parts: Cells, cells: Cells, sign: int = 1) -> None:
    """Section 1: amounts enter (or leave) the cells of a row, none of which may fall below 0."""
    for party, part in parts.items():
        cells[party] = cells.get(party, 0) + sign * part
        require(cells[party] >= 0, "a cell falls below 0")


def column(rows: Rows, party: str) -> int:
    """Section 1: a party's sum over rows."""
    return sum(cells.get(party, 0) for cells in rows.values())


class Oracle:
    """One agreement, settled year by year; what passes from year to year stands in its attributes."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.unit, self.step = ORE[document.get("unit", "kr")], ORE[document.get("rounding", "kr")]
        period = document["period"]
        self.start = date.fromisoformat(period["start"])
        self.end = date.fromisoformat(period["end"]) if "end" in period else date.max
        self.parties: dict[str, Any] = document["parties"]
        self.activities: dict[str, Any] = document.get("activities") or {p: {"funder": p} for p in self.parties}
        self.keys = Keys(self.parties, document.get("keys") or {})
        self.terms: dict[str, Any] = dict(document["sharing"])
        stated = dict(document.get("opening") or {})
        capital, contributed = stated.pop("reserve", None), stated.pop("contributed", {})
        opening = {party: self.amount(text) for party, text in stated.items()}
        self.claims = bool(opening)
        self.carried = {**dict.fromkeys(self.parties, 0), **opening, "body": -sum(opening.values())}
        self.undistributed = sum(opening.values())  # section 4: what uses may draw on beside the year's D
        self.entitled, self.limit, self.office = Fraction(0), Fraction(0), 0  # section 6: E, L, the office's part so far
        self.uncertain = False  # section 1, status: an earlier settled year awaits, is an estimate or settled from planned costs
        self.before: tuple[int, Cells] = (0, {})  # section 1, previous_year: the latest year with costs, and its costs
        self.present: list[str] = []
        self.put_in = {party: Fraction(self.amount(contributed.get(party, "0"))) for party in self.parties}  # Σ (F_p − O_p)
        changes = [document["sharing"], *((entry.get("sharing") or {}) for entry in document["years"].values())]
        self.has_capital = capital is not None or any("reserve" in change for change in changes)
        self.capital = self.amount(capital) if capital is not None else 0  # section 4a, G
        self.last_reserve: dict[str, Any] = {}  # section 4a: the last `reserve` that is not `none`

    def amount(self, text: str, least: int | None = None) -> int:
        """format.md, Amount: a whole number of rounding units."""
        units = read_amount(text, self.unit, self.step)
        require(least is None or units >= least, f"{text}: too small")
        return units

    def money(self, units: int | None) -> int | Decimal | None:
        """cli.md, JSON: kronor, an integer where whole."""
        whole = units is not None and units * self.step % 100 == 0
        return None if units is None else units * self.step // 100 if whole else Decimal(units * self.step).scaleb(-2)

    def shown(self, figures: Cells, names: str | None = None) -> dict[str, int | Decimal | None]:
        """cli.md, JSON: the named figures in kronor, null where there is none; without names those that are not 0."""
        if names is None:
            return {name: self.money(units) for name, units in figures.items() if units}
        return {name: self.money(figures.get(name)) for name in names.split()}

    def months(self, year: int) -> int:
        """Section 1, m: months of the year whose first day lies inside the period."""
        return sum(self.start <= date(year, month, 1) <= self.end for month in range(1, 13))

    def consists_of(self, activity: str, cost: str) -> bool:
        """Section 6: a row whose cost is a list counts as a kind only if that is all it lists."""
        listed = self.activities[activity].get("cost")
        return set(listed if isinstance(listed, list) else [listed]) == {cost}

    def series(self, activity: str) -> list[dict[str, Any]]:
        """format.md, ``adjust``: a series or several; none where the row follows its outcome."""
        adjust = self.activities[activity].get("adjust", [])
        names = adjust if isinstance(adjust, list) else [adjust]
        return [self.document["series"][name] for name in names if name != "outcome"]

    def national(self, activity: str, kind: str, year: int) -> Fraction | None:
        """Section 1, N(y) and N̂(y): the product of the series' ``outcome`` or ``forecast``; None where one is not known."""
        product = Fraction(1)
        for one in self.series(activity):
            text = one.get("forecast" if one.get("agreed") == "true" else kind, {}).get(str(year))
            if text is None:
                return None
            product *= number(text)
        return product

    def by_row(self, activity: str, entry: dict[str, Any]) -> bool:
        """Section 1: whether the row has `by` and is divided as a whole: given as one amount, from a base, or not given at all."""
        return "by" in self.activities[activity] and not isinstance((entry.get("frame") or {}).get(activity), dict)

    def by(self, amount: int, activity: str, year: int) -> Cells:
        """Section 0: an amount divided by the activity's key."""
        return self.keys.divide(amount, self.activities[activity]["by"], year, self.present, {"equal": self.equal()})

    def equal(self) -> dict[str, Fraction]:
        """Equal weights over the parties of the year."""
        return dict.fromkeys(self.present, Fraction(1))

    def performer(self, activity: str) -> str:
        """format.md, Activity: who bears the actual cost; by default the funder, or the body."""
        return str(self.activities[activity].get("performer", self.activities[activity].get("funder", "body")))

    def over_cells(self, amount: int, activity: str, cells: Cells) -> Cells:
        """Section 1: an amount apportioned over the row's cells; all to the funder where they are all zero."""
        if amount and not any(cells.values()):
            funder = self.activities[activity].get("funder")
            require(funder in self.present, f"{activity}: an amount with nobody to bear it")
            return {funder: amount}
        return divide(amount, {party: cells[party] for party in self.present if party in cells})

    def base_row(self, activity: str, year: int) -> tuple[int, int | None]:
        """Section 1, steps 1 and 2: what a base row is worth by the forecast, and by the outcome if known."""
        base = self.activities[activity]["base"]
        if base == "previous_year":
            then, costs = self.before
            require(then == year - 1 and activity in costs, "previous_year without the year before's cost")
            amount = Fraction(costs[activity] * 12, self.months(then))
        else:
            then, amount = int(base["year"]), Fraction(self.amount(base["amount"], 0))
        outcome_then, outcome = (self.national(activity, "outcome", of) for of in (then, year))
        forecast = self.national(activity, "forecast", year) or outcome
        require(outcome_then and forecast, "a base row without outcome of the base year or forecast of the year")
        whole = amount / (outcome_then or 1) * Fraction(self.months(year), 12)
        return rounded(whole * (forecast or 1)), None if outcome is None else rounded(whole * outcome)

    def given(self, activity: str, year: int, entry: dict[str, Any]) -> Cells:
        """Section 1, step 1: the cells of a row as the year's frame gives them."""
        stated = entry["frame"][activity]
        part = Fraction(self.months(year), 12) if entry.get("annual_amounts") == "true" else Fraction(1)
        if self.by_row(activity, entry):
            return self.by(rounded(self.amount(stated, 0) * part), activity, year)
        cells = stated if isinstance(stated, dict) else {self.activities[activity].get("funder"): stated}
        require(set(cells) <= set(self.present), f"{activity}: a cell of nobody, or of an absent party")
        return {party: rounded(self.amount(text, 0) * part) for party, text in cells.items()}

    def adjusted(
        self, activity: str, year: int, entry: dict[str, Any], cells: Cells, by_outcome: dict[str, int | None]
    ) -> tuple[Cells, bool]:
        """Section 1, step 2, of a row that does not follow its outcome; and whether it awaits one."""
        whole: int | None = sum(cells.values())
        if activity in by_outcome:
            whole = by_outcome[activity]
            if whole is None:
                return cells, True
            funder = self.activities[activity].get("funder")
            return (self.by(whole, activity, year) if "by" in self.activities[activity] else {funder: whole}), False
        if not self.series(activity) or activity not in (entry.get("frame") or {}):
            return cells, False
        outcome, forecast = (self.national(activity, kind, year) for kind in ("outcome", "forecast"))
        require(outcome is None or forecast, f"{activity}: an adjusted row without forecast")
        if outcome is None or forecast is None:
            return cells, True
        if self.by_row(activity, entry):
            return self.by(rounded(sum(cells.values()) * outcome / forecast), activity, year), False
        return {party: rounded(cell * outcome / forecast) for party, cell in cells.items()}, False

    def followed(self, activity: str, year: int, entry: dict[str, Any], cells: Cells, cost: int) -> Cells:
        """Section 1, step 2: a row that equals its cost."""
        if self.by_row(activity, entry):
            return self.by(cost, activity, year)
        return cells | self.over_cells(cost, activity, cells)

    def frame(self, year: int, entry: dict[str, Any], costs: Cells | None) -> tuple[list[Rows], bool]:
        """Section 1: the rows after each of the four steps; and whether the year awaits a national outcome."""
        given, rows, after, awaits = entry.get("frame") or {}, dict[str, Cells](), list[Rows](), False
        by_outcome: dict[str, int | None] = {}
        require({*given, *(costs or {})} <= set(self.activities), "an unknown activity")
        for activity, of in self.activities.items():  # 1. preliminary
            if activity in given:
                rows[activity] = self.given(activity, year, entry)
            elif "base" in of and ("by" in of or of["funder"] in self.present):
                amount, by_outcome[activity] = self.base_row(activity, year)
                rows[activity] = self.by(amount, activity, year) if "by" in of else {of["funder"]: amount}
            elif activity in (costs or {}):
                rows[activity] = {}
        after.append({activity: dict(cells) for activity, cells in rows.items()})
        for activity, cells in rows.items():  # 2. national adjustment
            if self.activities[activity].get("adjust") == "outcome":
                if costs is not None:
                    require(activity in costs, "a row without a cost")
                    rows[activity] = self.followed(activity, year, entry, cells, costs[activity])
            else:
                rows[activity], open_ = self.adjusted(activity, year, entry, cells, by_outcome)
                awaits |= open_
        after.append({activity: dict(cells) for activity, cells in rows.items()})
        followers = {activity for activity in rows if self.activities[activity].get("adjust") == "outcome"}
        whole: Cells = {}
        for change in entry.get("corrections") or []:  # 3. corrections
            activity, cells = change["activity"], rows.get(change["activity"], {})
            require(activity in set(rows) - followers, "a correction of no row, or of one that follows its outcome")
            row = whole.get(activity, sum(cells.values()))
            share_of_row = rounded(row * percent(change.get("percent", "0 %")))
            amount = self.amount(change["amount"]) if "amount" in change else share_of_row
            if self.by_row(activity, entry):
                whole[activity] = row + amount
                require(whole[activity] >= 0, "a row falls below 0")
            else:
                enter(self.over_cells(amount, activity, cells), cells)
        for activity, amount in whole.items():
            rows[activity] = self.by(amount, activity, year)
        after.append({activity: dict(cells) for activity, cells in rows.items()})
        for change in entry.get("conversions") or []:  # 4. conversions
            source, amount = change["from"], self.amount(change["amount"], 1)
            require(source in set(rows) - followers, "a conversion from no row, or from one that follows its outcome")
            require(sum(rows[source].values()) >= amount, "a cell falls below 0")
            parts = self.over_cells(amount, source, rows[source])
            enter(parts, rows[source], -1)
            enter(parts, rows.setdefault(change["to"], {}))
        return [*after, {activity: rows[activity] for activity in self.activities if activity in rows}], awaits

    def profile(self, activity: str) -> list[Fraction]:
        """format.md, ``profiles``: twelve weights, even where absent."""
        stated = (self.document.get("profiles") or {}).get(activity)
        return [weight(text) for text in stated] if stated else [Fraction(1)] * 12

    def counted(self, year: int) -> list[int]:
        """The months of the year whose first day lies inside the period."""
        return [month for month in range(1, 13) if self.start <= date(year, month, 1) <= self.end]

    def to_date(self, year: int, entry: dict[str, Any]) -> tuple[Cells, dict[str, Any]]:
        """Section 1, costs to date: the year's costs, and what `to_date` shows of the rows."""
        stated = entry["to_date"]
        through = date.fromisoformat(stated["through"])
        months = self.counted(year)
        require(through.year == year and through.month in months[:-1], "through is not a counted month, or the last one")
        require(through.day == calendar.monthrange(year, through.month)[1], "through is not the last day of a month")
        past = [month for month in months if month <= through.month]
        booked = {activity: self.amount(text) for activity, text in stated["actual"].items()}
        for activity in entry.get("frame") or {}:
            if self.consists_of(activity, "opening_balance"):
                booked.setdefault(activity, 0)
        left_out = {activity for activity in booked if activity not in stated["actual"]}
        followers = {activity for activity in booked if self.activities[activity].get("adjust") == "outcome"}
        after, _ = self.frame(year, entry, dict(booked))
        frames = {a: sum(after[0 if a in followers else 3].get(a, {}).values()) for a in booked}
        rest: Cells = {}
        for activity, cost in booked.items():
            word = stated.get("remaining", "pace")
            word = word.get(activity, "pace") if isinstance(word, dict) else word
            weights = self.profile(activity)
            behind, ahead = sum(weights[m - 1] for m in past), sum(weights[m - 1] for m in months if m not in past)
            if activity in left_out:
                rest[activity] = 0
                continue
            if word in ("pace", "profile") and cost <= 0:
                word = "frame"
            if word == "pace":
                rest[activity] = rounded(Fraction(cost * (len(months) - len(past)), len(past)))
            elif word == "profile":
                require(behind, "the profile's past weights are 0")
                rest[activity] = rounded(cost * ahead / behind)
            elif word == "frame":
                require(behind + ahead, "the profile's weights are 0")
                rest[activity] = rounded(frames[activity] * ahead / (behind + ahead))
            else:
                rest[activity] = self.amount(word, 0)
            require(cost + rest[activity] >= 0, "a cost below 0")
        costs = {activity: booked[activity] + rest[activity] for activity in booked}
        return costs, {"through": stated["through"], "booked": booked, "remaining": rest}

    def instalments(self, year: int, entry: dict[str, Any], preliminary: Rows) -> list[dict[str, Any]]:
        """Section 1, instalments: by date, then party."""
        stated = entry.get("instalments")
        if stated is None:
            return []
        plans = stated if isinstance(stated, dict) else dict.fromkeys(self.present, stated)
        held = {activity: cells for activity, cells in preliminary.items() if self.consists_of(activity, "opening_balance")}
        found: list[tuple[str, int, str, int]] = []
        for position, party in enumerate(self.present):
            if party not in plans:
                continue
            months = [m for m in self.counted(year) if plans[party] != "quarterly" or m in (1, 4, 7, 10)]
            dates = [f"{year}-{m:02}-01" for m in months] if isinstance(plans[party], str) else plans[party]
            require(dates, "no date at all")
            due = column(preliminary, party) - column(held, party)
            found += [(day, position, party, part) for day, part in zip(dates, apportion(due, [1] * len(dates)), strict=True)]
        return [{"date": day, "party": party, "amount": self.money(part)} for day, _, party, part in sorted(found) if part]

    def shared_part(self, activity: str) -> Fraction:
        """format.md, ``shared``: one share for every activity, or by activity with ``others`` for the rest."""
        shared: str | dict[str, str] = self.terms.get("shared", "100 %")
        return share(shared.get(activity, shared.get("others", "0 %")) if isinstance(shared, dict) else shared)

    def banded(self, first: int, final_frame: int) -> int:
        """Section 3, step 2: what the bands leave of S⁰."""
        bands = self.terms.get("bands", "none")
        if isinstance(bands, dict):
            bands = bands.get("surplus" if first > 0 else "deficit", "none")
        below, really = 0, Fraction(0)
        for band in [{"shared": "1"}] if bands == "none" else bands:
            to = str(band.get("to", ""))
            limit = rounded(percent(to) * final_frame) if to.endswith("%") else self.amount(to) if to else abs(first)
            really += max(0, min(limit, abs(first)) - below) * share(band["shared"])
            below = max(below, min(limit, abs(first)))
        return rounded(really) if first > 0 else -rounded(really)

    def by_key(self, amount: int, key: Key, contributions: Cells, year: int, everybody: bool = False) -> Cells:
        """Section 4: an amount divided by a key over the parties of the year; `contributed` at the end over every party of the file."""
        words = {
            "frame": {party: Fraction(contributions[party]) for party in self.present},
            "equal": self.equal(),
            "contributed": {party: self.put_in[party] for party in (self.parties if everybody else self.present)},
        }
        parts = self.keys.divide(amount, key, year, self.present, words)
        return {party: parts.get(party, 0) for party in (self.parties if everybody else self.present)}

    def reserve(self, shared: int, uses: int, final_frame: int, closing: bool, totals_known: bool = True) -> tuple[int, int | None]:
        """Section 4a: A, what is set aside (or, below 0, used), and the ceiling by the year's frame."""
        terms = self.terms.get("reserve", "none")
        if terms == "none":
            return 0, None
        require(self.terms.get("shared", "100 %") == "100 %" or share(self.terms["shared"]) == 1, "reserve needs shared: 100 %")
        require(self.terms.get("bands", "none") == "none", "reserve needs no bands")
        self.last_reserve = terms
        ceiling = self.ceiling(terms.get("ceiling"), final_frame)
        aside = 0
        if shared > 0:
            aside = rounded(share(terms.get("surplus", "100 %")) * max(0, shared - uses))
            if terms.get("above") == "divide":
                aside = min(aside, max(0, (ceiling or 0) - self.capital))
        elif shared < 0:
            floor = self.amount(terms.get("floor", "0"), 0)
            aside = -min(rounded(share(terms.get("deficit", "100 %")) * -shared), max(0, self.capital - floor))
        return aside, ceiling

    def ceiling(self, stated: str | list[dict[str, str]] | None, final_frame: int) -> int | None:
        """Section 4a: an amount, a percent of the final frame, or the step whose `to` is the first that is at least the frame."""
        if isinstance(stated, list):
            stated = next(step["limit"] for step in stated if "to" not in step or self.amount(step["to"]) >= final_frame)
        if stated is None:
            return None
        return rounded(percent(stated) * final_frame) if stated.endswith("%") else self.amount(stated)

    def divided(self, year: int, aside: int, contributions: Cells, ends: bool) -> Cells:
        """Section 4a: L by party, in the year in which the period ends."""
        if not (self.has_capital and ends and year == self.end.year):
            return dict.fromkeys(self.parties, 0)
        key = self.last_reserve.get("at_end", "contributed")
        everybody = self.keys.of(key) == "contributed"
        parts = self.by_key(self.capital + aside, key, contributions, year, everybody)
        return {party: parts.get(party, 0) for party in self.parties}

    def distributes(self, year: int) -> bool:
        """Section 5: whether this is a year of distribution."""
        when = self.terms.get("distribute", "yearly")
        if isinstance(when, list):
            require(all(self.start.year <= int(of) <= self.end.year for of in when), "distribute outside the period")
        return str(year) in when if isinstance(when, list) else when == "yearly" or year == self.end.year

    def split(self, settled: Cells, divided: Cells, rows: Rows, costs: Cells) -> dict[str, Any] | None:
        """Section 6: the office's settlement between the state and the office."""
        terms = self.terms.get("state_split", "none")
        if terms == "none":
            return None
        offices = [party for party, of in self.parties.items() if of.get("role") == "insurance_office"]
        require(len(offices) == 1, "state_split needs one insurance office")
        own = {activity: cells for activity, cells in rows.items() if self.consists_of(activity, "administration")}
        office = offices[0]

        def offices_part(names: Any) -> Fraction:
            return sum((Fraction(costs[a] * rows[a].get(office, 0), sum(rows[a].values()) or 1) for a in names), Fraction(0))

        measured = terms.get("measured", "trial")
        above = Fraction(sum(costs[activity] for activity in own)) if measured == "trial" else offices_part(own)
        below = offices_part(rows) if measured == "office" else Fraction(sum(costs.values()))
        part = share(terms["administration"]) if "administration" in terms else above / below if below else Fraction(0)
        self.entitled += part * (settled.get(office, 0) - divided.get(office, 0))
        self.limit += percent(terms.get("cap", "10 %")) * column(own, offices[0])
        before, self.office = self.office, rounded(max(-self.limit, min(self.limit, self.entitled)))
        own_part = self.office - before
        parts = self.shown({"office": own_part, "state": settled.get(office, 0) - own_part}, "office state")
        return {"party": office, **parts, "limited": abs(self.entitled) > self.limit}

    def from_total(self, year: int, entry: dict[str, Any], contributions: Cells) -> dict[str, Any]:
        """Section 2, last paragraph, with sections 3 and 4: a year of which only the result is known."""
        require(not isinstance(self.terms.get("shared"), dict), "result: shared must be one share")
        require(self.distributes(year), "result: the year must be one of distribution")
        require(self.terms.get("state_split", "none") == "none", "result: no state_split")
        require(not entry.get("uses") and not self.claims, "result: no uses, no opening")
        result, final_frame = self.amount(entry["result"]), sum(contributions.values())
        first = rounded(self.shared_part("") * result)
        shared = self.banded(first, final_frame)
        known = self.shared_part("") == 1 and shared == first
        aside, ceiling = self.reserve(shared, 0, final_frame, True)
        rest = shared - aside
        allocated = self.by_key(rest, self.terms["surplus" if shared > 0 else "deficit"], contributions, year) if rest else {}
        parts_of_capital = self.divided(year, aside, contributions, True)
        self.carried = dict.fromkeys(self.carried, 0)  # a year of distribution carries nothing further
        self.undistributed = 0
        figures = {}
        for p in self.parties:
            t, gone = allocated.get(p, 0), parts_of_capital[p]
            figures[p] = {"allocated": t, "used": 0, "divided": gone, **({"kept": 0, "settled": t + gone} if known else {})}
        totals = {"actual": final_frame - result, "result": result, "shared": shared, "uses": 0}
        return {
            "totals": {**totals, "withheld": first - shared},
            "distribution": True,
            "parties": figures,
            "key": self.sign(shared, rest),
            "capital": (aside, sum(parts_of_capital.values()), ceiling),
        }

    def sign(self, shared: int, rest: int) -> str | None:
        """The key that divides: null where nothing is divided."""
        return None if not rest else "surplus" if shared > 0 else "deficit"

    def from_costs(self, year: int, entry: dict[str, Any], after: list[Rows], costs: Cells, kind: str) -> dict[str, Any]:
        """Sections 2 to 6: a year settled from its costs."""
        rows, present = after[3], self.present
        require(set(costs) == set(rows), "a row without a cost")
        # Section 2
        contributions = {party: column(rows, party) for party in present}
        results = {activity: sum(cells.values()) - costs[activity] for activity, cells in rows.items()}
        paid = dict.fromkeys([*self.parties, "body"], 0)
        for activity, cost in costs.items():
            require(cost == 0 or self.performer(activity) in (*present, "body"), f"{activity}: its performer is absent")
            paid[self.performer(activity)] += cost
        held = {activity: cells for activity, cells in rows.items() if self.consists_of(activity, "opening_balance")}
        pocket = {party: contributions[party] - column(held, party) - paid[party] for party in present}
        # Section 3
        shared_rows = {activity: rounded(self.shared_part(activity) * results[activity]) for activity in rows}
        first = sum(shared_rows.values())
        shared = self.banded(first, sum(contributions.values()))
        same_sign = {activity: abs(s) for activity, s in shared_rows.items() if s * first > 0}
        for activity, part in divide(first - shared, same_sign).items():
            shared_rows[activity] -= part
        kept_rows = {activity: results[activity] - shared_rows[activity] for activity in rows}
        kept = dict.fromkeys(present, 0)
        for activity, cells in rows.items():
            bearers = {party: cells[party] for party in present if cells.get(party)}
            performer = self.performer(activity)
            if not bearers and performer not in present and "by" in self.activities[activity]:
                parts = self.by(kept_rows[activity], activity, year)
            else:
                parts = divide(kept_rows[activity], bearers or ({performer: 1} if performer in present else contributions))
            for party, part in parts.items():
                kept[party] += part
        # Section 4
        uses = sum(self.amount(use["amount"], 0) for use in entry.get("uses") or [])
        aside, ceiling = self.reserve(shared, uses, sum(contributions.values()), True)
        rest = shared - aside
        require(uses == 0 or uses <= rest + self.undistributed, "uses exceed what is shared and undistributed")
        allocated = self.by_key(rest, self.terms["surplus" if shared > 0 else "deficit"], contributions, year)
        used = self.by_key(uses, self.terms["surplus"], contributions, year)
        gone = self.divided(year, aside, contributions, kind == "actual")
        everybody = [party for party in self.parties if party in present or gone[party]]
        settled = {p: kept.get(p, 0) + allocated.get(p, 0) - used.get(p, 0) + gone[p] for p in everybody}
        capital = sum(gone.values())
        assert sum(settled.values()) + uses + aside - capital == sum(results.values()), "the settlements are not the result"
        # Section 5
        distribution = self.distributes(year)
        real = {party: contributions[party] - column(after[0], party) for party in present}
        in_hand = real if self.terms.get("flow") == "real" else pocket
        claims = {p: settled[p] - in_hand.get(p, 0) for p in everybody}
        claims["body"] = -sum(claims.values())
        balance = {node: carried + claims.get(node, 0) for node, carried in self.carried.items()}
        assert sum(balance.values()) == 0, "the balances do not add up to zero"
        nothing = dict.fromkeys(balance, 0)
        computed = balance if distribution else nothing
        transfers = dict(computed)
        if "transferred" in entry:
            stated = {party: self.amount(text) for party, text in entry["transferred"].items()}
            require(set(present) <= set(stated), "transferred: every party of the year")
            transfers = {**nothing, **stated, "body": -sum(stated.values())}
        self.carried = {node: balance[node] - transfers[node] for node in balance}
        self.undistributed = 0 if distribution else self.undistributed + rest - uses
        columns = {"paid": paid, "before_sharing": pocket, "kept": kept, "allocated": allocated, "used": used, "divided": gone}
        columns |= {"settled": settled, "transfer": transfers, "carried": self.carried}
        by_row = {"actual": costs, "result": results, "shared": shared_rows, "kept": kept_rows}
        totals = {"actual": sum(costs.values()), "result": sum(results.values()), "shared": shared, "uses": uses}
        return {
            "totals": {**totals, "withheld": first - shared},
            "distribution": distribution,
            "rows": {activity: {name: of[activity] for name, of in by_row.items()} for activity in rows},
            "parties": {node: {name: of.get(node, 0) for name, of in columns.items()} for node in balance},
            "payments": [{"from": a, "to": b, "amount": self.money(x)} for a, b, x in pay(transfers)],
            "split": self.split(settled, gone, rows, costs),
            "key": self.sign(shared, rest),
            "capital": (aside, capital, ceiling),
            "transferred": {p: (stated[p], computed[p]) for p in self.parties if p in stated} if "transferred" in entry else {},
        }

    def shortfall(self, text: str | None, year: int, contributions: Cells, shown: list[str]) -> dict[str, Any] | None:
        """Section 7: each party adds its part by the association shares."""
        if text is None:
            return None
        require("association_shares" in self.terms, "a shortfall without association_shares")
        words = {
            "frame": {party: Fraction(contributions[party]) for party in self.present},
            "equal": self.equal(),
            "contributed": {party: self.put_in[party] for party in self.present},
        }
        parts = self.keys.divide(self.amount(text, 0), self.terms["association_shares"], year, self.present, words)
        listed = [{"id": party, "amount": self.money(parts.get(party, 0))} for party in shown]
        return {"amount": self.money(self.amount(text)), "parties": listed}

    def year(self, year: int, entry: dict[str, Any]) -> dict[str, Any]:
        """All sections for one year, and the year as cli.md shows it."""
        require(self.months(year), "a year with no month inside the period")
        self.terms |= entry.get("sharing") or {}
        self.present = [p for p, of in self.parties.items() if int(of.get("from", 0)) <= year <= int(of.get("to", 9999))]
        listed = [party for party in self.parties if party in self.present or self.carried[party]]
        kinds = {"actual", "estimate", "result", "to_date"} & set(entry) or {"budget"}
        require(len(kinds) == 1, "more than one of actual, estimate, to_date and result")
        kind = kinds.pop()
        costs, running = None, None
        source = entry.get(kind) if kind in ("actual", "estimate", "budget") else None
        if kind == "to_date":
            costs, running = self.to_date(year, entry)
        elif source is not None:
            held = [activity for activity in entry.get("frame") or {} if self.consists_of(activity, "opening_balance")]
            costs = dict.fromkeys(held, 0) | {activity: self.amount(text, 0) for activity, text in source.items()}
        planned = kind == "budget" and costs is not None
        after, awaits = self.frame(year, entry, costs)
        contributions = {party: column(after[3], party) for party in self.present}
        opened = self.capital
        if kind != "budget" and not planned:
            held_rows = {activity: cells for activity, cells in after[3].items() if self.consists_of(activity, "opening_balance")}
            for party in self.present:
                self.put_in[party] += contributions[party] - column(held_rows, party)
        figures: dict[str, Any] = {"totals": {}}
        if costs is not None:
            figures = self.from_costs(year, entry, after, costs, kind)
            self.before = (year, costs)
        elif kind == "result":
            figures = self.from_total(year, entry, contributions)
        if kind == "result":
            listed = [party for party in self.parties if party in self.present or figures["parties"][party].get("divided")]
        else:
            listed = [p for p in self.parties if p in listed or any((figures.get("parties") or {}).get(p, {}).values())]
        totals: dict[str, int] = figures["totals"]
        settled_year = kind != "budget" or planned
        aside, gone, ceiling = figures.get("capital", (0, 0, None))
        if settled_year:
            totals |= {"kept": totals["result"] - totals["shared"], "settled": totals["result"] - totals["uses"] - aside + gone}
        elif self.terms.get("reserve", "none") != "none":
            ceiling = self.ceiling(self.terms["reserve"].get("ceiling"), sum(contributions.values()))
            self.last_reserve = self.terms["reserve"]
        self.capital += aside - gone
        status = (
            "estimate"
            if kind in ("estimate", "to_date")
            else kind
            if kind == "budget"
            else "preliminary"
            if self.uncertain or awaits
            else "final"
        )
        self.uncertain |= settled_year and (kind in ("estimate", "to_date") or planned or awaits)
        frames = [{activity: sum(cells.values()) for activity, cells in rows.items()} for rows in after]
        totals |= {"preliminary_frame": sum(frames[0].values()), "final_frame": sum(frames[3].values())}
        activities = {activity: figures.get("rows", {}).get(activity, {}) for activity in frames[3]}
        for activity, of in activities.items():
            steps = [frame.get(activity, 0) for frame in frames]
            of |= {"preliminary": steps[0], "adjustment": steps[1] - steps[0], "correction": steps[2] - steps[1]}
            of |= {"conversion": steps[3] - steps[2], "final": steps[3]}
        nodes = figures.get("parties", {})
        parties = {party: nodes.get(party, {}) for party in listed}
        for party, of in parties.items():
            of |= {"preliminary": column(after[0], party), "contribution": column(after[3], party)}
        budget = {a: self.amount(text, 0) for a, text in (entry.get("budget") or {}).items()}
        plan = {a: budget.get(a, sum(cells.values())) for a, cells in after[3].items()}
        return {
            "year": year,
            "status": status,
            "months": self.months(year),
            "totals": self.shown(totals, "preliminary_frame final_frame actual result shared kept uses settled"),
            "activities": [
                {"id": activity, "cells": self.shown(after[3][activity]), **self.shown(of, ROW_FIGURES)}
                for activity, of in activities.items()
            ],
            "sharing": {"key": figures.get("key"), **self.shown(totals, "withheld"), "distribution": figures.get("distribution")},
            "parties": [{"id": party, **self.shown(of, PARTY_FIGURES)} for party, of in parties.items()],
            "body": self.shown(nodes.get("body", {}), "paid transfer carried"),
            "payments": figures.get("payments", []),
            "state_split": figures.get("split"),
            "shortfall": self.shortfall(entry.get("shortfall"), year, contributions, listed),
            "reserve": None
            if not self.has_capital
            else self.shown(
                {"opening": opened, "set_aside": aside, "divided": gone, "closing": self.capital}
                | ({} if ceiling is None else {"ceiling": ceiling}),
                "opening set_aside divided closing ceiling",
            ),
            "to_date": None
            if running is None
            else {
                "through": running["through"],
                "activities": [
                    {
                        "id": a,
                        **self.shown(
                            {"budget": plan[a], "booked": running["booked"][a], "remaining": running["remaining"][a]},
                            "budget booked remaining",
                        ),
                    }
                    for a in after[3]
                    if a in running["booked"]
                ],
                "months": None,
            },
            "transferred": [
                {"party": p, **self.shown({"stated": x, "computed": y, "difference": y - x}, "stated computed difference"), "paid_in": None}
                for p, (x, y) in figures.get("transferred", {}).items()
            ],
            "instalments": self.instalments(year, entry, after[0]),
        }


def settle(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every year of an agreement, in the order of time."""
    oracle = Oracle(document)
    entries = sorted(document["years"].items())
    years = [oracle.year(int(year), entry) for year, entry in entries]
    for at, year in enumerate(years):  # section 5: the next year of distribution that is not closed itself
        later = [of["year"] for of, (_, entry) in zip(years[at + 1 :], entries[at + 1 :], strict=True) if takes_up(of, entry)]
        for party in year["transferred"]:
            party["paid_in"] = next(iter(later), None)
    return years


def takes_up(year: dict[str, Any], entry: dict[str, Any]) -> bool:
    """Whether a year pays what earlier ones carry: one of distribution, settled from costs, where nothing is stated as transferred."""
    return bool(year["sharing"]["distribution"]) and year["totals"]["actual"] is not None and "transferred" not in entry


def settle_text(text: str) -> list[dict[str, Any]]:
    """Read an agreement, every scalar staying text, and settle it."""
    return settle(yaml.load(text, Loader=yaml.BaseLoader))
