"""Seeded random agreements, valid by the oracle, that explore wider than the conformance cases.

``generate(seed)`` returns the YAML text of one agreement. ``generate.py DIR FIRST LAST`` writes ``case-N.yaml`` with
the oracle's ``case-N.json`` beside it, in the form that ``compare.py --cases DIR`` reads.
"""

import json
import re
import sys
from calendar import monthrange
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, TypeVar, get_args

from socsam_calc.model.key_words import KeyWord
from socsam_calc.model.running import PlanWord, RemainingWord
from socsam_calc.model.sharing import FlowWord, MeasuredWord, TimeWord

from .parts import ORE, share
from .settlement import Oracle, Refused, settle, settle_text

T = TypeVar("T")
COSTS = ["health_care", "social_services", "social_assistance", "sickness_benefit", "travel_reimbursement",
         "rehabilitation_benefit", "rehabilitation_services", "work_injury_benefit", "joint_measures"]  # fmt: skip
PARTIES = [("kassa", "insurance_office"), ("landsting", "county_council"), ("kommun", "municipality"),
           ("grannkommun", "municipality"), ("östra_staden", "municipality"), ("ås7", "municipality")]  # fmt: skip
MANY = [(f"kommun{number}", "municipality") for number in range(2, 13)]
NAMES = ["sickness", "kassa_adm", "primärvård", "ifo", "bidrag", "extra", "projects", "rehab2", "öppenvård", "adm2"]
PLAIN = re.compile(r"[\wåäö%./+−-][\wåäö %./+−\u00a0\u202f-]*")


class Maker:
    """One candidate: a document of texts, built by chance; the oracle decides whether it is valid."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.rounding = rng.choice(["öre", "kr", "kr", "tkr"])
        self.unit = rng.choice(["kr", "tkr", "mkr", None])
        self.step = ORE[self.rounding]
        most = 10**14 // self.step  # 10^12 kr in rounding units
        self.scale = rng.choice([3, 20, 20, 1000, 100_000, 100_000, 10_000_000, most // 100, most])
        self.scale = min(self.scale, most)
        self.still = self.chance(0.05)  # nothing but opening claims moves: many ways to group the payments
        self.pool = [rng.randint(1, self.scale) for _ in range(3)]

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.rng.random() < probability

    # Spellings
    def amount(self, units: int) -> str:
        """An amount, in one of its spellings."""
        rng, ore = self.rng, abs(units) * self.step
        unit = rng.choice(list(ORE)) if self.chance(0.3) else None
        size = ORE[unit or self.unit or "kr"]
        decimals = len(str(size)) - 1
        whole, part = divmod(ore, size)
        digits = str(part).zfill(decimals) if decimals else ""
        digits = digits.rstrip("0") if self.chance(0.7) else digits
        text = f"{whole:,}".replace(",", rng.choice([" ", "\u00a0", "\u202f"])) if self.chance(0.3) else str(whole)
        if digits:
            mark = rng.choice(",.")
            text += mark + digits + ("0" if len(digits) == 3 else "")
        sign = rng.choice("-−") if units < 0 else ""
        return sign + text + (rng.choice(["", " ", "\u00a0"]) + unit if unit else "")

    def decimal(self, value: Fraction) -> str:
        """A terminating decimal, with a comma or a point."""
        text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
        return text.replace(".", self.rng.choice(",."))

    def share(self, value: Fraction) -> str:
        """A share, in one of its spellings."""
        spellings = [f"{value.numerator}/{value.denominator}"]
        rest = value.denominator
        for prime in (2, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1 and value.denominator < 10**6:
            percent = self.decimal(value * 100) + self.rng.choice([" %", "%"])
            spellings += [percent, percent, self.decimal(value)]
        return self.rng.choice(spellings)

    def percent(self, low: int, high: int) -> str:
        """A percentage between two bounds in tenths of a percent."""
        text = self.decimal(Fraction(self.rng.randint(low, high), 10))
        return text.replace("-", self.rng.choice("-−")) + self.rng.choice([" %", "%"])

    # Quantities
    def quantity(self) -> int:
        """An amount in rounding units: often small, equal to another, or zero."""
        pick = self.rng.random()
        if pick < 0.06:
            return 0
        if pick < 0.25:
            return self.rng.choice(self.pool)
        return self.rng.randint(0, max(1, self.scale // self.rng.choice([1, 1, 1, 10, 1000])))

    def near(self, amount: int) -> int:
        """A cost near an amount, sometimes equal to it, sometimes zero or far off."""
        pick = self.rng.random()
        if pick < 0.15 or self.still:
            return amount
        if pick < 0.2:
            return 0
        spread = self.rng.choice([0.02, 0.1, 0.3, 0.3, 0.9])
        return max(0, amount + round(amount * self.rng.uniform(-spread, spread)) + self.rng.randint(-2, 2))

    def any_share(self) -> Fraction:
        """A share from 0 to 1, the ends often."""
        ends = [Fraction(0), Fraction(1), Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(3, 4)]
        return self.rng.choice([*ends, Fraction(self.rng.randint(0, 100), 100), Fraction(self.rng.randint(0, 17), 17)])

    def key(self, present: Sequence[str], *, words: bool = True) -> Any:
        """A key over the parties of the year."""
        if words and self.chance(0.5):
            return self.rng.choice(["frame", *get_args(KeyWord), *self.keys])
        if self.chance(0.25):
            return self.grouped(present)
        chosen = self.rng.sample(list(present), self.rng.randint(1, len(present)))
        weights = [self.rng.choice([0, 1, 1, 1, 2, 3, 7, 20]) for _ in chosen]
        weights[0] += not any(weights)
        total = sum(weights) if self.chance(0.7) else 100
        if total == 100:
            weights = [weight * 100 // sum(weights) for weight in weights]
            weights[0] += 100 - sum(weights)
        key = {party: self.share(Fraction(weight, total)) for party, weight in zip(chosen, weights, strict=True)}
        if self.chance(0.2):
            key[self.rng.choice(chosen)] = "rest"
        elif self.chance(0.2):
            key |= {party: "0 %" for party in self.parties if party not in present}
        return key

    def weights(self, parties: Sequence[str]) -> dict[str, Any]:
        """Weights for parties, the same for all years or by year."""

        def table() -> dict[str, str]:
            texts = [self.rng.choice(["0", "1", "2,5", "24 300", "8 700", "0.125", str(self.rng.randint(0, 90_000))]) for _ in parties]
            texts[0] = "3" if texts[0] == "0" else texts[0]
            return dict(zip(parties, texts, strict=True))

        begins = sorted({self.first, self.rng.randint(self.first, self.last)})
        return {"weights": {str(year): table() for year in begins} if self.chance(0.4) else table()}

    def grouped(self, parties: Sequence[str]) -> Any:
        """A key that names its parties: weights, or shares with a group, perhaps with one inside it."""
        if len(parties) < 3 or self.chance(0.3):
            return self.weights(self.rng.sample(list(parties), self.rng.randint(1, len(parties))))
        shuffled = self.rng.sample(list(parties), len(parties))
        alone, inside = shuffled[:-2], shuffled[-2:]
        while len(alone) > 1 and self.chance(0.5):
            inside.append(alone.pop())
        by: Any = self.weights(inside)
        if len(inside) > 2 and self.chance(0.3):
            by = {inside[0]: "1/3", "inre": {"share": "rest", "by": self.weights(inside[1:])}}
        of_each = Fraction(1, 2 * len(alone))
        key: dict[str, Any] = {party: self.share(of_each) for party in alone}
        key["kommuner"] = {"share": self.rng.choice(["rest", "1/2", "50 %"]), "by": by}
        return key

    def reserve(self) -> Any:
        """Own capital's terms."""
        rng = self.rng
        terms: dict[str, Any] = {}
        for name in ("surplus", "deficit"):
            if self.chance(0.3):
                terms[name] = self.share(self.any_share())
        if self.chance(0.3):
            terms["floor"] = self.amount(self.quantity() // 10)
        if self.chance(0.6):
            steps = [{"to": self.amount(self.quantity() + 1), "limit": self.percent(0, 500)}, {"limit": self.amount(self.quantity() // 5)}]
            terms["ceiling"] = rng.choice([self.percent(0, 400), self.amount(self.quantity() // 3), steps])
            if self.chance(0.5):
                terms["above"] = rng.choice(["divide", "divide", "keep"])
        if not self.open and self.chance(0.4):
            terms["at_end"] = self.key([p for p, of in self.parties.items() if "to" not in of and "from" not in of])
        return terms

    def bands(self) -> Any:
        """Bands, in percent of the frame or as amounts, for both signs or apart, or none."""

        def one_sign() -> list[dict[str, str]]:
            steps = sorted({self.rng.randint(1, 80) for _ in range(self.rng.randint(0, 3))})
            if self.chance(0.5):
                limits = [self.decimal(Fraction(step, 10)) + " %" for step in steps]
            else:
                size = max(1, self.scale // self.rng.choice([20, 100, 1000]))
                limits = [self.amount(size * step) for step in steps if size * step * self.step <= 10**14]
            shares = [self.any_share() for _ in range(len(limits) + 1)]
            bands = [{"to": to, "shared": self.share(part)} for to, part in zip(limits, shares, strict=False)]
            return [*bands, {"shared": self.share(shares[-1])}]

        signs = self.rng.choice([["surplus"], ["deficit"], ["surplus", "deficit"], ["surplus", "deficit"], []])
        return {sign: one_sign() for sign in signs} if signs else one_sign()

    def shared(self, *, single: bool = False) -> Any:
        """What is shared: one share, or by activity."""
        if single or self.chance(0.5):
            return self.share(self.any_share())
        chosen = self.rng.sample(list(self.activities), self.rng.randint(1, len(self.activities)))
        shared = {activity: self.share(self.any_share()) for activity in chosen}
        return shared | ({"others": self.share(self.any_share())} if self.chance(0.6) else {})

    def split(self) -> dict[str, str]:
        """The state's part, with each combination of options."""
        split = {}
        if self.chance(0.6):
            split["cap"] = self.rng.choice(["0 %", "100 %", "10 %", self.percent(1, 400)])
        if self.chance(0.5):
            split["administration"] = self.share(self.any_share())
        elif self.chance(0.5):
            split["measured"] = self.rng.choice(get_args(MeasuredWord))
        return split

    def distribute(self) -> Any:
        """When results are distributed."""
        some = sorted(self.rng.sample(range(self.first, self.last + 1), self.rng.randint(1, self.last - self.first + 1)))
        words = ["yearly", "yearly"] if self.open else list(get_args(TimeWord))
        return self.rng.choice([*words, [str(year) for year in some], [str(year) for year in some]])

    # Sections of the file
    def document(self) -> dict[str, Any]:
        """A whole agreement."""
        rng = self.rng
        self.first = rng.randint(1994, 2000)
        self.last = self.first + rng.choice([0, 1, 2, 3, 4, 6])
        month = rng.randint(1, 12) if self.chance(0.5) else 1
        start = f"{self.first}-{month:02}-{rng.choice(['01', '01', '01', '15', '28'])}"
        end = f"{self.last}-{rng.choice(['12-31', '12-31', '06-30', '03-01', '01-01'])}"
        start = f"{self.first}-01-01" if self.first == self.last else start
        start = f"{self.first}-12-01" if start.endswith(("-12-15", "-12-28")) else start
        years = [year for year in range(self.first, self.last + 1) if self.chance(0.85)] or [self.first]
        self.open = self.chance(0.15)
        self.start, self.end = start, end
        self.people(years)
        stable = [party for party, of in self.parties.items() if "from" not in of and "to" not in of]
        self.keys: dict[str, Any] = {}
        if self.chance(0.5):
            self.keys["invånare"] = self.weights(stable)
            self.keys["medlemmar"] = self.grouped(stable)
            self.keys["samma"] = self.rng.choice(["equal", "medlemmar", "invånare"])
        self.costed: set[tuple[int, str]] = set()
        kinds = {"actual": 8, "estimate": 1, "to_date": 2, "result": 1, "budget": 2}
        self.kinds = {year: rng.choices(list(kinds), list(kinds.values()))[0] for year in years}
        if self.chance(0.08):
            self.kinds.update({year: "result" for year in years if self.chance(0.7)})
        self.lines()
        document: dict[str, Any] = {"format": "socsam/1", "area": "Slump", "rounding": self.rounding}
        document |= {"unit": self.unit} if self.unit else {}
        document |= {"period": {"start": start} if self.open else {"start": start, "end": end}, "parties": self.parties}
        document |= {"keys": self.keys} if self.keys else {}
        if self.section:
            document["activities"] = self.activities
            self.national(years)
            document |= {"series": self.series} if self.series else {}
        profiled = [activity for activity in self.activities if self.chance(0.25)]
        if profiled:
            document["profiles"] = {activity: self.profile() for activity in profiled}
        if "result" not in self.kinds.values() and (self.still or self.chance(0.2)):
            chosen = rng.sample(list(self.parties), rng.randint(1, len(self.parties)))
            document["opening"] = {p: self.amount(self.quantity() * rng.choice([1, -1])) for p in chosen}
            if self.still:
                claims = [rng.choice([1, 2, 3, 4, 6, 7, 10]) * rng.choice([1, -1]) for _ in self.parties]
                if self.chance(0.4):  # the smallest group of the first is not always one that allows the greatest number
                    claims = [-10, *rng.sample([3, 7, 4, 6, -3], 5)]
                document["opening"] = {p: self.amount(x) for p, x in zip(self.parties, claims, strict=True)}
        self.terms = self.first_terms(years) | ({"flow": "real", "distribute": "yearly"} if self.still else {})
        if self.chance(0.3):
            opening = document.setdefault("opening", {})
            opening["reserve"] = self.amount(self.quantity() * rng.choice([1, 1, -1]))
        if self.chance(0.15):
            document.setdefault("opening", {})["contributed"] = {
                party: self.amount(self.quantity()) for party in self.parties if self.chance(0.7)
            }
        document["sharing"] = dict(self.terms)
        document["years"] = {str(year): self.year(year, year == years[0]) for year in years}
        return document

    def people(self, years: Sequence[int]) -> None:
        """Parties, some of which come or go."""
        rng = self.rng
        if self.chance(0.06) and not self.still:
            self.parties = {name: {"name": name.capitalize(), "role": role} for name, role in PARTIES + MANY}
            return
        chosen = sorted(rng.sample(range(len(PARTIES)), 6 if self.still else rng.choice([2, 2, 3, 3, 4, 5, 6])))
        if self.chance(0.9) and 0 not in chosen:
            chosen[0] = 0
        if self.chance(0.2):
            rng.shuffle(chosen)
        self.parties: dict[str, Any] = {}
        for i in chosen:
            self.parties[PARTIES[i][0]] = {"name": PARTIES[i][0].capitalize(), "role": PARTIES[i][1]}
        if len(years) > 1 and not self.still:
            for party in list(self.parties)[: len(self.parties) - 1]:
                if self.chance(0.2):
                    self.parties[party][rng.choice(["from", "to", "to"])] = str(rng.choice(years))

    def present(self, year: int) -> list[str]:
        """The parties of the year."""
        return [p for p, of in self.parties.items() if int(of.get("from", year)) <= year <= int(of.get("to", year))]

    def profile(self) -> list[str]:
        """Twelve weights, some of them 0, now and then nearly all."""
        often = self.rng.choice([1, 1, 4])
        return [self.rng.choice([*["0"] * often, "1", "2", "0,46", str(self.rng.randint(1, 12))]) for _ in range(12)]

    def agreed_alone(self, activity: str) -> bool:
        """Whether only agreed indexes adjust the row, so that it may have no amount of its own."""
        return self.activities[activity].get("adjust") in ("index", ["index"])

    def lines(self) -> None:
        """Activities, if the file has such a section."""
        rng = self.rng
        self.section = self.chance(0.92)
        self.activities: dict[str, Any] = {party: {"funder": party} for party in self.parties}
        if not self.section:
            return
        self.activities = {}
        for name in rng.sample(NAMES, rng.randint(2, 8)):
            of: dict[str, Any] = {"name": name, "cost": rng.choice(COSTS)}
            if self.chance(0.2) or name.endswith(("adm", "adm2")):
                of["cost"] = rng.choice(["administration", ["administration"], ["administration", "health_care"]])
            if self.chance(0.85):
                of["funder"] = rng.choice(list(self.parties))
            if self.chance(0.3):
                of["performer"] = rng.choice([*self.parties, "body"])
            stable = [party for party, own in self.parties.items() if "from" not in own and "to" not in own]
            if not self.still and self.chance(0.2):
                of.pop("funder", None)
                named = [name for name, key in self.keys.items() if name != "samma"]
                of["by"] = rng.choice(["equal", self.grouped(stable), self.key(stable, words=False), *named])
            if ("funder" in of or "by" in of) and not self.still and self.chance(0.4):
                several = [["riket", "index"], ["länet_2", "riket"], ["index", "riket", "länet_2"]]
                of["adjust"] = rng.choice(["outcome", "riket", "riket", "länet_2", "index", ["index"], *several])
                pick = rng.random() if of["adjust"] not in ("index", ["index"]) else rng.uniform(0, 0.55)
                if of["adjust"] != "outcome" and pick < 0.3:
                    of["base"] = {"year": str(self.first - 1), "amount": self.amount(self.quantity())}
                elif of["adjust"] != "outcome" and pick < 0.55:
                    of["base"] = "previous_year"
                if "base" in of and of.get("performer") != "body":
                    of.pop("performer", None)
            self.activities[name] = of
        if self.chance(0.2):
            held: dict[str, Any] = {"cost": rng.choice(["opening_balance", ["opening_balance"]])}
            held |= {"funder": rng.choice(list(self.parties))} if self.chance(0.3) else {}
            self.activities["finsam"] = held

    def national(self, years: Sequence[int]) -> None:
        """Series: outcome and forecast, either or both missing for some years."""
        self.series: dict[str, Any] = {}
        adjusting = [of.get("adjust") for of in self.activities.values()]
        bases = {name for names in adjusting for name in (names if isinstance(names, list) else [names])} & {"riket", "länet_2", "index"}
        holes = self.chance(0.5)
        for name in sorted(str(base) for base in bases):
            value = {year: Fraction(self.rng.randint(500, 1500), 10) for year in range(self.first - 1, self.last + 1)}
            off = Fraction(self.rng.randint(80, 120), 100)
            known = self.rng.choice([self.last, self.last, *years])
            outcome = {y: v for y, v in value.items() if y <= known and not (holes and y > self.first and self.chance(0.1))}
            forecast = {y: v * off for y, v in value.items() if not (holes and self.chance(0.15))}
            of = {"outcome": outcome, "forecast": forecast} if name != "index" else {"forecast": value}
            self.series[name] = {k: {str(y): self.decimal(v) for y, v in vs.items()} for k, vs in of.items() if vs}
            if name == "index":
                self.series[name]["agreed"] = "true"

    def first_terms(self, years: Sequence[int]) -> dict[str, Any]:
        """The sharing section."""
        present = self.present(years[0])
        terms: dict[str, Any] = {"shared": self.shared(), "surplus": self.key(present), "deficit": self.key(present)}
        options: dict[str, tuple[float, Callable[[], Any]]] = {
            "bands": (0.35, self.bands),
            "distribute": (0.5, self.distribute),
            "flow": (0.4, lambda: self.rng.choice(["real", *reversed(get_args(FlowWord))])),
            "state_split": (0.4 if "kassa" in self.parties else 0, self.split),
            "association_shares": (0.4, lambda: self.key(present, words=False)),
            "reserve": (0.35, self.reserve),
        }
        return self.whole(terms | {name: make() for name, (likely, make) in options.items() if self.chance(likely)}, {})

    def whole(self, terms: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
        """The terms, or what changes in them, with what own capital needs: all is shared, without bands."""
        together = terms | changed
        if together.get("reserve", "none") == "none":
            return changed or together
        if together.get("shared", "100 %") != "100 %":
            (changed or together)["shared"] = "100 %"
        if together.get("bands", "none") != "none":
            (changed or together)["bands"] = "none"
        return changed or together

    def changes(self, year: int, *, first: bool) -> dict[str, Any]:
        """What the year changes in the terms: by chance, and what its parties or its kind need."""
        present, changed = self.present(year), dict[str, Any]()
        if not first and self.chance(0.3):
            fresh: dict[str, Callable[[], Any]] = {
                "shared": self.shared,
                "surplus": lambda: self.key(present),
                "deficit": lambda: self.key(present),
                "bands": lambda: self.rng.choice([self.bands(), "none"]),
                "distribute": self.distribute,
                "flow": lambda: self.rng.choice(list(reversed(get_args(FlowWord)))),
                "association_shares": lambda: self.key(present, words=False),
                "reserve": lambda: self.rng.choice([self.reserve(), "none"]),
            }
            if "kassa" in self.parties:
                fresh["state_split"] = lambda: self.rng.choice([self.split(), "none"])
            chosen = self.rng.sample(list(fresh), self.rng.randint(1, 3))
            changed = {name: fresh[name]() for name in chosen}
        for name in ("surplus", "deficit", "association_shares"):
            key: Any = (self.terms | changed).get(name)
            plain = isinstance(key, dict) and all(isinstance(part, str) for part in key.values())
            gone = set(key) - set(present) if plain else set()
            grouped = isinstance(key, dict) and not plain and "weights" not in key
            lost = grouped and any(repr(party) in repr(key) for party in self.parties if party not in present)
            if lost or any(key[party] == "rest" or share(key[party]) for party in gone):
                changed[name] = self.key(present, words=name != "association_shares")
        if self.kinds[year] == "result":
            if isinstance((self.terms | changed)["shared"], dict):
                changed["shared"] = self.shared(single=True)
            when = (self.terms | changed).get("distribute", "yearly")
            if when != "yearly" and not (year == self.last if when == "at_end" else str(year) in when):
                changed["distribute"] = self.rng.choice(["yearly", [str(year)], [str(year), str(self.last)]])
            if (self.terms | changed).get("state_split", "none") != "none":
                changed["state_split"] = "none"
        if changed:
            changed = self.whole(self.terms, changed)
        self.terms |= changed
        return changed

    def year(self, year: int, first: bool) -> dict[str, Any]:
        """One year."""
        present, kind, entry = self.present(year), self.kinds[year], dict[str, Any]()
        if changed := self.changes(year, first=first):
            entry["sharing"] = changed
        annual = not self.still and self.chance(0.3)
        entry |= {"annual_amounts": "true"} if annual else {}
        amounts: dict[str, int] = {}
        frame: dict[str, Any] = {}
        costs: dict[str, str] = {}
        costed_before, self.costed = self.costed, set[tuple[int, str]]()
        for activity, of in self.activities.items():
            funder = of.get("funder")
            if of.get("performer", funder or "body") not in (*present, "body"):
                continue
            based = "base" in of and (funder in present or "by" in of)
            held = "opening_balance" in of.get("cost", "")
            ready = of.get("base") != "previous_year" or (year - 1, activity) in costed_before
            if based and ready and (self.chance(0.75) or self.agreed_alone(activity)):
                amounts[activity] = self.quantity()
            elif self.agreed_alone(activity) or (held and not first):
                continue
            elif not ready or self.still or self.chance(0.9):
                if "by" in of and self.chance(0.85):
                    amounts[activity] = self.quantity()
                    frame[activity] = self.amount(amounts[activity])
                    if not held:
                        costs[activity] = self.amount(self.near(amounts[activity]))
                    continue
                plain = funder in present and self.chance(0.65)
                owners = [funder] if plain else self.rng.sample(present, self.rng.randint(1, len(present)))
                cells = {party: self.quantity() for party in owners}
                frame[activity] = {party: self.amount(cell) for party, cell in cells.items()}
                if plain and self.chance(0.9):
                    frame[activity] = frame[activity][funder]
                amounts[activity] = sum(cells.values())
            elif kind not in ("result", "budget") and self.chance(0.7):
                amounts[activity] = self.quantity() // 10
            else:
                continue
            if not held:
                costs[activity] = self.amount(self.near(amounts[activity] * 7 // 10 if annual else amounts[activity]))
            elif self.chance(0.3):
                costs[activity] = self.amount(self.rng.choice([0, 0, 1, 7, self.quantity()]))
        if not frame:
            raise Refused("a year without a frame amount")
        entry["frame"] = frame
        rows = [activity for activity in amounts if not self.still and self.activities[activity].get("adjust") != "outcome"]
        self.moves(entry, rows, amounts, costs, present)
        if kind == "result":
            size = max(1, sum(amounts.values()) // self.rng.choice([3, 20, 20, 100]) // (12 if annual else 1))
            entry["result"] = self.amount(self.rng.choice([0, self.rng.randint(-size, size), self.rng.randint(-size, size)]))
        elif kind == "budget":
            if self.chance(0.5):
                entry["budget"] = costs
                self.costed = {(year, activity) for activity in costs}
        else:
            entry[kind] = self.running(year, costs) if kind == "to_date" else costs
            self.costed = {(year, activity) for activity in costs}
            if self.chance(0.15):
                entry["budget"] = {activity: self.amount(self.near(amounts.get(activity, 0))) for activity in costs}
        if kind == "actual" and "result" not in self.kinds.values() and self.chance(0.25):
            gone = [party for party, of in self.parties.items() if int(of.get("to", year)) < year and self.chance(0.3)]
            entry["transferred"] = {party: self.amount(self.quantity() * self.rng.choice([1, -1])) for party in [*present, *gone]}
        if self.chance(0.25):
            entry["instalments"] = self.plan(year, present)
        if "association_shares" in self.terms and self.chance(0.4):
            entry["shortfall"] = self.amount(self.quantity())
        return entry

    def running(self, year: int, costs: dict[str, str]) -> dict[str, Any]:
        """Books so far: each cost in part, now and then nothing or less, and how the rest is expected."""
        rng = self.rng
        first = int(self.start[5:7]) + (self.start[8:] != "01") if year == self.first else 1
        last = int(self.end[5:7]) if year == self.last and not self.open else 12
        if last <= first:
            raise Refused("a year that is too short to run")
        month = rng.randint(first, last - 1)
        booked = {activity: rng.choice([0, 1, 1, 1, 1, 1, -1]) * self.quantity() // rng.choice([1, 2, 3]) for activity in costs}
        words = list(get_args(RemainingWord))
        stated: dict[str, Any] = {"through": f"{year}-{month:02}-{monthrange(year, month)[1]}"}
        stated["actual"] = {activity: self.amount(cost) for activity, cost in booked.items()}
        if self.chance(0.8):
            named = {a: rng.choice([*words, self.amount(self.quantity())]) for a in costs if self.chance(0.7)}
            stated["remaining"] = rng.choice([*words, named, named, named]) or "pace"
        return stated

    def plan(self, year: int, present: Sequence[str]) -> Any:
        """When contributions are paid in."""

        def days() -> list[str]:
            every = [f"{year - 1}-12-31", *(f"{year}-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 15, 28))]
            return sorted(self.rng.sample(every, self.rng.randint(1, 5)))

        def one() -> Any:
            return self.rng.choice([*get_args(PlanWord), days()])

        return self.rng.choice([one, one, lambda: {party: one() for party in self.rng.sample(list(present), len(present) // 2 + 1)}])()

    def moves(
        self,
        entry: dict[str, Any],
        rows: Sequence[str],
        amounts: dict[str, int],
        costs: dict[str, str],
        present: Sequence[str],
    ) -> None:
        """Corrections and conversions."""
        rng = self.rng
        corrections, conversions = [], []
        while rows and self.chance(0.3):
            activity = rng.choice(rows)
            if self.chance(0.5):
                change = {"activity": activity, "percent": self.percent(-100, 150)}
            else:
                size = amounts[activity] // 20 + 2
                change = {"activity": activity, "amount": self.amount(rng.randint(-size, 2 * size))}
            corrections.append({**change, "reason": "ändrad regel", "agreed": list(present)})
        targets = [activity for activity in self.activities if "opening_balance" not in self.activities[activity].get("cost", "")]
        while rows and self.chance(0.3):
            source, target = rng.choice(rows), rng.choice(targets)
            if source == target or amounts[source] < 4 or "opening_balance" in self.activities[source].get("cost", ""):
                continue
            if target not in costs:  # a row that does not exist yet needs a cost like any other
                performer = self.activities[target].get("performer", self.activities[target].get("funder", "body"))
                if performer not in (*present, "body"):
                    continue
                costs[target] = self.amount(self.quantity() // 10)
            amount = rng.randint(1, max(1, amounts[source] // rng.choice([2, 4, 20])))
            conversions.append({"from": source, "to": target, "amount": self.amount(amount), "reason": "aktiva åtgärder"})
        entry |= {"corrections": corrections} if corrections else {}
        entry |= {"conversions": conversions} if conversions else {}


def with_uses(maker: Maker, document: dict[str, Any]) -> None:
    """Uses that the year's S and what is undistributed can bear, judged by the oracle's own figures of a first run."""
    years, oracle = settle(document), Oracle(document)
    claims = {name: text for name, text in document.get("opening", {}).items() if name not in ("reserve", "contributed")}
    pool = sum(oracle.amount(text) for text in claims.values())
    for of in years:
        shared, distribution = of["totals"]["shared"], of["sharing"]["distribution"]
        if shared is None:
            continue
        units = int(Fraction(shared) * 100 / maker.step)
        available, uses = units + pool, 0
        if available > 0 and of["status"] != "budget" and of["body"]["paid"] is not None and maker.chance(0.5):
            uses = maker.rng.choice([available, maker.rng.randint(1, available), maker.rng.randint(1, available)])
            parts = [uses] if uses < 3 or maker.chance(0.5) else [uses // 3, uses - uses // 3]
            document["years"][str(of["year"])]["uses"] = [
                {
                    "for": maker.rng.choice(["activities", "staff", "reallocation"]),
                    "amount": maker.amount(part),
                    "reason": "mer vård",
                }
                for part in parts
            ]
        pool = 0 if distribution else pool + units - uses


def scalar(rng: Random, text: str) -> str:
    """A scalar as YAML, quoted where it must be and now and then where it need not."""
    return text if PLAIN.fullmatch(text) and not text.startswith(("- ", "%")) and rng.random() < 0.8 else f'"{text}"'


def flow(rng: Random, node: Any) -> str:
    """A node in flow style."""
    if isinstance(node, dict):
        return "{" + ", ".join(f"{key}: {flow(rng, value)}" for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(flow(rng, value) for value in node) + "]"
    return scalar(rng, node)


def block(rng: Random, node: dict[str, Any], indent: str = "") -> str:
    """A mapping in block style, its small parts by chance in flow style."""
    lines = []
    for key, value in node.items():
        if isinstance(value, dict) and value and (not indent or rng.random() < 0.5 or key in ("frame", "series")):
            lines.append(f"{indent}{key}:\n{block(rng, value, indent + '  ')}")
        elif isinstance(value, list) and value and isinstance(value[0], dict) and rng.random() < 0.5:
            lines.append(f"{indent}{key}:\n" + "\n".join(f"{indent}  - {flow(rng, item)}" for item in value))
        else:
            lines.append(f"{indent}{key}: {flow(rng, value)}")
    return "\n".join(lines)


def generate(seed: int) -> str:
    """The YAML text of a valid agreement."""
    for attempt in range(1000):
        rng = Random(f"{seed}/{attempt}")
        maker = Maker(rng)
        try:
            document = maker.document()
            if maker.chance(0.4):
                with_uses(maker, document)
            text = block(rng, document) + "\n"
            years = settle_text(text)
        except Refused:
            continue
        if all(of["totals"]["actual"] is None or of["totals"]["actual"] >= 0 for of in years):
            return text
    raise RuntimeError(f"no valid agreement for seed {seed}")


def main(folder: str, first: str, last: str) -> None:
    """Write the agreements of a range of seeds with what they settle to."""
    for seed in range(int(first), int(last) + 1):
        text = generate(seed)
        Path(folder, f"case-{seed:05}.yaml").write_text(text, encoding="utf-8")
        years = settle_text(text)
        # a Decimal of at most two decimals and 15 digits is the same as a float's shortest text
        written = json.dumps({"years": years}, ensure_ascii=False, indent=1, default=str)
        written = re.sub(r'"(-?\d+\.\d+)"(?=,?\n)', r"\1", written)
        Path(folder, f"case-{seed:05}.json").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
