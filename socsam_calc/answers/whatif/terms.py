"""An agreement under the terms of another one: its sharing section, with parties and activities in the places of their like.

Parties are matched by role: one of each role, or by the same id and role where there are several. Where no county council takes part
and the municipality answers for health care itself, a county council's part falls to that municipality. Activities are matched by
their kinds of cost. What would have to be guessed is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, assert_never

from ...model.key_words import is_word
from ...model.keys import Group, Key, Weights, percent_text
from ...model.reading import Exactly
from ...model.sharing import Band, Reserve, Sharing, StateSplit
from ...problems import AgreementError, Fault, Path
from ...source.document import Document
from ...source.loader import Override
from .cases import Remark


def overrides(base: Document, other: Document) -> tuple[tuple[Override, ...], tuple[Remark, ...]]:
    """What puts the base's years under the other's terms, year by year those that were in force there; and what should be known of it.

    Raises AgreementError where roles or activities cannot be matched without guessing.
    """
    translation = _Translation(base, other)
    changes = {number: year.sharing for number, year in other.agreement.years.items() if year.sharing is not None}
    made: list[Override] = []
    before: dict[str, Any] | None = None
    for number, year in base.agreement.years.items():
        in_force, origin = other.agreement.sharing, dict[str, Path]()
        for changed, change in changes.items():
            if changed <= number:
                in_force = change.applied_to(in_force)
                origin |= dict.fromkeys(change.model_fields_set, ("years", str(changed), "sharing"))
        stated = translation.terms(number, in_force, origin)
        if before is None:
            made.append(Override(("sharing",), stated, other.tree, ("sharing",)))
            before = stated
        renewed = {name: value for name, value in stated.items() if before.get(name) != value}
        if year.sharing is not None or renewed:
            made.append(Override(("years", str(number), "sharing"), renewed, other.tree, ("sharing",)))
        before = stated
    if translation.faults:
        raise AgreementError(map(other.problem, translation.faults))
    return tuple(made), tuple(translation.remarks)


class _Translation:
    """The other agreement's words in the base's."""

    def __init__(self, base: Document, other: Document) -> None:
        self.document, self.other_document = base, other
        self.base, self.other = base.agreement, other.agreement
        self.faults: dict[Fault, None] = {}
        self.remarks: dict[Remark, None] = {}

    def terms(self, number: int, sharing: Sharing, origin: Mapping[str, Path]) -> dict[str, Any]:
        """The terms in force in a year, as the base's file would state them."""

        def at(name: str) -> Path:
            return (*origin.get(name, ("sharing",)), name)

        stated: dict[str, Any] = {"shared": self._shared(number, sharing, at("shared"))}
        stated["bands"] = "none" if sharing.bands is None else {
            sign: [self._band(band) for band in scale]
            for sign, scale in (("surplus", sharing.bands.surplus), ("deficit", sharing.bands.deficit))
            if scale is not None
        }  # fmt: skip
        for sign, key in (("surplus", sharing.surplus), ("deficit", sharing.deficit)):
            stated[sign] = self._key(number, key, at(sign))
        stated["state_split"] = "none" if sharing.state_split is None else _split(sharing.state_split)
        if self.other.has_capital:
            stated["reserve"] = "none" if sharing.reserve is None else self._reserve(number, sharing.reserve, at("reserve"))
        if sharing.association_shares is not None:
            stated["association_shares"] = self._key(number, sharing.association_shares, at("association_shares"))
        stated["distribute"] = self._distribute(sharing)
        stated["flow"] = sharing.flow
        return stated

    def _band(self, band: Band) -> dict[str, str]:
        limit = _exactly(band.to) if isinstance(band.to, Fraction) else f"{band.to} {self.other.rounding}"
        return {"shared": _exactly(band.shared)} | ({} if band.to is None else {"to": limit})

    def _distribute(self, sharing: Sharing) -> str | list[str]:
        """The words stand for any period; of listed years those that the base's period holds."""
        if isinstance(sharing.distribute, str):
            return sharing.distribute
        period = self.base.period
        held = [year for year in sharing.distribute if period.start.year <= year and (period.last_year is None or year <= period.last_year)]
        if len(held) < len(sharing.distribute):
            self._remark("years of distribution outside the period are left out")
        return [str(year) for year in held] or ("yearly" if period.last_year is None else "at_end")

    def _reserve(self, number: int, reserve: Reserve, at: Path) -> dict[str, Any]:
        """Own capital's terms; amounts in the other's unit, as a file may write them."""

        def limit(value: int | Fraction) -> str:
            return f"{value} {self.other.rounding}" if isinstance(value, int) else _exactly(value)

        stated: dict[str, Any] = {"surplus": _exactly(reserve.surplus), "deficit": _exactly(reserve.deficit), "above": reserve.above}
        stated["floor"] = limit(reserve.floor)
        match reserve.ceiling:
            case None:
                pass
            case list():
                steps = [({} if step.to is None else {"to": limit(step.to)}) | {"limit": limit(step.limit)} for step in reserve.ceiling]
                stated["ceiling"] = steps
            case int() | Fraction():
                stated["ceiling"] = limit(reserve.ceiling)
            case _:
                assert_never(reserve.ceiling)
        if reserve.at_end is not None:
            stated["at_end"] = self._key(number, reserve.at_end, (*at, "at_end"))
        return stated

    def _remark(self, text: str, **values: str) -> None:
        self.remarks[Remark(text, tuple(values.items()))] = None

    def _refuse(self, at: Path, text: str, remedy: str) -> None:
        self.faults[Fault(at, "terms", text, remedy, on_key=True)] = None

    # --- parties -------------------------------------------------------------------------------------------------------

    def _key(self, number: int, key: Key, at: Path) -> Any:
        """A key as the base's file would write it out: names followed, each party in the place of its like."""
        written, named = self._written(number, key, at)
        if isinstance(written, dict):
            for party in self.base.parties_of(number):
                if party not in named and party not in self.other.parties:
                    self._remark(
                        "`{party}` has no counterpart in {file}: the keys give it nothing", party=party, file=self.other_document.file
                    )
        return written

    def _written(self, number: int, key: Key, at: Path) -> tuple[Any, set[str]]:
        """A key written out, and the base's parties that it names, at any depth."""
        match key:
            case str() if is_word(key):
                return key, set()
            case str():
                return self._written(number, self.other.keys[key], ("keys", key))
            case Weights():
                since, table = key.table(number)
                place: Path = (*at, "weights") if since is None else (*at, "weights", str(since))
                weights = self._of_likes(number, table, place)
                return {"weights": {party: Exactly(str(weight), weight) for party, weight in weights.items()}}, set(weights)
            case dict():
                shares = self._of_likes(number, {name: one for name, one in key.items() if not isinstance(one, Group)}, at)
                written: dict[str, Any] = {party: _exactly(share) for party, share in shares.items()}
                named = set(shares)
                for name, group in key.items():
                    if isinstance(group, Group):
                        inside, parties = self._written(number, group.by, (*at, name, "by"))
                        free = name if name not in self.base.parties else f"{name}_"
                        written[free] = {"share": _exactly(group.share or Fraction(0)), "by": inside}
                        named |= parties
                return written, named
            case _:
                assert_never(key)

    def _of_likes(self, number: int, parts: Mapping[str, Fraction | Group], at: Path) -> dict[str, Fraction]:
        """Shares or weights by party, each in the place of its like; those of several with one like added up."""
        found: dict[str, Fraction] = {}
        for party, part in parts.items():
            if isinstance(part, Fraction) and part and (like := self._like(number, party, (*at, party))) is not None:
                found[like] = found.get(like, Fraction(0)) + part
        return found

    def _like(self, number: int, party: str, at: Path) -> str | None:
        """The base's party of the year that stands in the place of the other's. Refuses, and gives None, where that is a guess."""
        role = self.other.parties[party].role
        present = self.base.parties_of(number)
        alike = [name for name in present if self.base.parties[name].role == role]
        of_role = [name for name in self.other.parties_of(number) or self.other.parties if self.other.parties[name].role == role]
        word = role.replace("_", " ")
        if party in alike:
            return party
        if len(alike) == 1 and len(of_role) <= 1:
            return alike[0]
        if alike:
            self._refuse(
                at, f"which party of {self.document.file} is `{party}`? Parties of its role ({word}): {len(alike)} there, {len(of_role)} here in {number}",
                "give those that belong together the same short name in both files",
            )  # fmt: skip
            return None
        towns = [name for name in present if self.base.parties[name].role == "municipality"]
        outside = [name for name in towns if self.base.parties[name].outside_county_council]
        if role == "county_council" and len(outside) == 1:
            self._remark("the part of `{party}` falls to `{other}`, which answers for health care itself", party=party, other=outside[0])
            return outside[0]
        self._refuse(
            at, f"`{party}` has no counterpart in {self.document.file}: no {word} is a party there in {number}",
            "these terms cannot be applied as they are: write a scenario that sets the shares",
        )  # fmt: skip
        return None

    # --- activities ----------------------------------------------------------------------------------------------------

    def _shared(self, number: int, sharing: Sharing, at: Path) -> Any:
        """How much is shared: one share, or the share of each of the base's activities by its kinds of cost."""
        if isinstance(sharing.shared, Fraction):
            return _exactly(sharing.shared)
        others = sharing.shared.get("others", Fraction(0))
        shares: dict[str, Fraction] = {}
        named: dict[str, str] = {}
        for name, share in sharing.shared.items():
            for activity in list(self._counterparts(name, share, others, (*at, name))):  # what it refuses is told first
                if activity in named and shares[activity] != share:
                    self._refuse(
                        (*at, name), f"`{name}` and `{named[activity]}` both correspond to `{activity}` of {self.document.file}, and have different shares",
                        "write a scenario that sets `sharing.shared`",
                    )  # fmt: skip
                shares[activity], named[activity] = share, name
        shares = {activity: share for activity, share in shares.items() if share != others}
        if not shares:
            return _exactly(others)
        return {**{activity: _exactly(share) for activity, share in shares.items()}, "others": _exactly(others)}

    def _counterparts(self, name: str, share: Fraction, others: Fraction, at: Path) -> Iterator[str]:
        """The base's activities whose costs are all of the kinds of this one. Refuses those that are so in part, where it matters."""
        if share == others:
            return
        kinds = set(self.other.activities[name].cost)
        if not kinds:
            if name in self.base.activities and not self.base.activities[name].cost:
                yield name
            else:
                self._refuse(
                    at, f"`{name}` states no kind of cost, so its counterpart in {self.document.file} cannot be found", "write its `cost:`"
                )
            return
        found = False
        for activity, stated in self.base.activities.items():
            if not stated.cost:
                self._refuse(
                    at, f"`{activity}` of {self.document.file} states no kind of cost, so whether it corresponds to `{name}` is not known",
                    f"give the activities of {self.document.file} their `cost:`, or write a scenario that sets `sharing.shared`",
                )  # fmt: skip
                return
            if set(stated.cost) <= kinds:
                found = True
                yield activity
            elif set(stated.cost) & kinds:
                self._refuse(
                    at, f"`{name}` corresponds to `{activity}` of {self.document.file} only in part, without {', '.join(sorted(set(stated.cost) - kinds))}",
                    "split the activity, or write a scenario that sets `sharing.shared`",
                )  # fmt: skip
                found = True
        if not found:
            text = "`{activity}` ({kinds}) has no counterpart in {file}, so its share applies to nothing"
            self._remark(text, activity=name, kinds=_listed(sorted(kinds)), file=self.document.file)


def _split(split: StateSplit) -> dict[str, str]:
    """The split's terms; how administration is measured only where that is not the default."""
    shares = {"cap": split.cap, "administration": split.administration}
    stated: dict[str, str] = {name: _exactly(share) for name, share in shares.items() if share is not None}
    return stated if split.measured == "trial" else {**stated, "measured": split.measured}


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)


def _exactly(share: Fraction) -> Exactly:
    """A share or a percentage as the base's file would hold it, with its sign for a percentage."""
    return Exactly(percent_text(share) if (share * 1_000_000).denominator == 1 else f"{share * 100} %", share)
