"""What a derivation begins with: one sentence that says what its figure means, for a reader who knows no formula."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from ...amounts import Scale
from ...engine.results import YearResult
from ...engine.steps import Money
from ...engine.values import figures
from ...model.agreement import Agreement
from ..told.words import Words


class Said(NamedTuple):
    """What a figure means where it is above 0, below, and 0; a figure that never is below 0 says the same of both."""

    above: str
    below: str
    nothing: str


_SAID: Final = {
    "totals.preliminary_frame": Said(*["The joint budget of {year} is {amount} before it is adjusted."] * 3),
    "totals.final_frame": Said(*["The joint budget of {year} is {amount}."] * 3),
    "totals.actual": Said(*["What the joint budget pays for costs {amount} in {year}."] * 3),
    "totals.result": Said(
        "In {year} all activities together cost {amount} less than the joint budget: a surplus.",
        "In {year} all activities together cost {amount} more than the joint budget: a deficit.",
        "In {year} all activities together cost just what the joint budget has.",
    ),
    "totals.shared": Said(
        "Of the result of {year} the parties share a surplus of {amount}.",
        "Of the result of {year} the parties share a deficit of {amount}.",
        "Of the result of {year} the parties share nothing.",
    ),
    "activities.final": Said(*["The joint budget of {year} has {amount} for {activity}."] * 3),
    "activities.actual": Said(*["In {year} {activity} costs {amount}."] * 3),
    "activities.adjustment": Said(
        "The country's development raises what the joint budget of {year} has for {activity} by {amount}.",
        "The country's development lowers what the joint budget of {year} has for {activity} by {amount}.",
        "The country's development changes nothing in what the joint budget of {year} has for {activity}.",
    ),
    "activities.result": Said(
        "In {year} {activity} costs {amount} less than the joint budget has for it.",
        "In {year} {activity} costs {amount} more than the joint budget has for it.",
        "In {year} {activity} costs just what the joint budget has for it.",
    ),
    "parties.contribution": Said(*["{party} puts {amount} into the joint budget of {year}."] * 3),
    "parties.paid": Said(*["{party} pays {amount} for the activities that it carries out in {year}."] * 3),
    "parties.before_sharing": Said(
        "Before anything is shared, {party} has spent {amount} less than it put into the joint budget of {year}.",
        "Before anything is shared, {party} has spent {amount} more than it put into the joint budget of {year}.",
        "Before anything is shared, {party} has spent just what it put into the joint budget of {year}.",
    ),
    "parties.kept": Said(
        "Of what is not shared in {year}, {party} keeps a gain of {amount}.",
        "Of what is not shared in {year}, {party} bears {amount} by itself.",
        "Of what is not shared in {year}, nothing falls to {party}.",
    ),
    "parties.allocated": Said(
        "Of what is shared in {year}, {party} gains {amount}.",
        "Of what is shared in {year}, {party} bears {amount}.",
        "Of what is shared in {year}, nothing falls to {party}.",
    ),
    "parties.settled": Said(
        "For {year} {party} ends with a gain of {amount}.",
        "For {year} {party} ends with a burden of {amount}.",
        "For {year} {party} ends with neither gain nor burden.",
    ),
    "parties.transfer": Said(
        "In the settlement of {year} {party} receives {amount}.",
        "In the settlement of {year} {party} pays {amount}.",
        "In the settlement of {year} {party} neither receives nor pays anything.",
    ),
    "parties.carried": Said(
        "After {year} {party} has {amount} yet to receive.",
        "After {year} {party} has {amount} yet to pay.",
        "After {year} {party} has nothing more to receive or to pay.",
    ),
    "payments": Said(*["In the settlement of {year} {payer} pays {amount} to {payee}."] * 3),
}
_ANY: Final = "{figure} in {year}: {amount}."


def opening(year: YearResult, chosen: Collection[str], subject: str, agreement: Agreement, scale: Scale, words: Words, label: str) -> str:
    """What the figures mean, in a sentence: of several that of a party or of the year; empty where what they come to is not known.

    ``chosen`` are their paths, ``label`` is what the first of them is called.
    """
    path = subject if subject in chosen else f"{subject}.settled" if _is_party(subject) else f"{year.year}.totals.result"
    step = figures(year).get(path)
    if step is None:
        return ""
    number, *names = path.split(".")
    named = "payments" if names[0] == "payments" else f"{names[0]}.{names[-1]}" if len(names) != 4 else ""
    values = {"year": number, "amount": scale.with_unit(abs(step.value)), **_named(year, names, agreement, words)}
    if named not in _SAID:
        return words(_ANY, figure=label[:1].upper() + label[1:], amount=scale.with_unit(step.value), year=number)
    return words(_of_sign(_SAID[named], step), **values)


def _is_party(subject: str) -> bool:
    names = subject.split(".")
    return len(names) == 3 and names[1] == "parties"


def _of_sign(said: Said, step: Money) -> str:
    return said.above if step.value > 0 else said.below if step.value < 0 else said.nothing


def _named(year: YearResult, names: list[str], agreement: Agreement, words: Words) -> dict[str, str]:
    """Whom or what a figure is of, by name."""

    def party(key: str) -> str:
        return agreement.parties[key].name or key if key in agreement.parties else words("the body")

    match names:
        case ["parties", key, *_]:
            return {"party": party(key)}
        case ["activities", key, *_]:
            return {"activity": agreement.activities[key].name or key}
        case ["payments", number]:
            payer, payee, _ = year.payments[int(number)]
            return {"payer": party(payer), "payee": party(payee)}
    return {}
