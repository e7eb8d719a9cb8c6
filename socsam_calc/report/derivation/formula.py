"""The formula of a step, in words and with its numbers, as a person with a pocket calculator follows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from ...amounts import MINUS, SPACE, Scale, grouped
from ...engine.steps import Rung, Step, rungs
from ...money import ORE_PER, Quota, quotas
from ..told.words import Words
from .derivation import CONSTANTS, Node
from .steps import STEPS, Entry

SIGNS: Final = {"sum": " + ", "less": f" {MINUS} ", "product": " × ", "ratio": " / "}
"""What stands between the inputs of a formula that is nothing else."""

_LONGEST: Final = 30


class Part(NamedTuple):
    """One part of a division by largest remainder: who gets it, its weight, and how it came about."""

    owner: str
    weight: Node
    quota: Quota
    part: int


class Formulas:
    """How steps are written in one language and one unit.

    ``own_words`` are words of the format's own that stand where otherwise an id does.
    """

    own_words = frozenset({"surplus", "deficit", "body", "activities", "staff", "reallocation"})

    def __init__(self, rounding: str, unit: str, words: Words) -> None:
        self.words, self.rounding, self.unit = words, rounding, unit
        self.scale = Scale(rounding, unit)
        self.ratio = Fraction(ORE_PER[rounding], ORE_PER[unit])
        self.names: Mapping[str, str] = {}
        """What stands in the place of an id, where it is to be called by a name."""

    # --- names and numbers -----------------------------------------------------------------------------------------------

    def entry(self, step: Step[Any]) -> Entry:
        """What is known of its name."""
        return STEPS[step.name]

    def called(self, step: Step[Any]) -> str:
        """The name in the language."""
        return self.words.of(f"step.{step.name}", self.entry(step).label)

    def label(self, step: Step[Any], year: int | None = None, known: Sequence[str] = ()) -> str:
        """What the step is called and whose it is, but for whom it is ``known`` to be; its year where it is not ``year``."""
        owners = [name for name in step.about if name not in known]
        about = [self.words(name) if name in self.own_words else self.names.get(name, name) for name in owners]
        if step.year and step.year != year and step.name not in CONSTANTS:
            about.append(str(step.year))
        label = self.called(step)
        return f"{label} ({', '.join(about)})" if about else label

    def value(self, step: Step[Any]) -> str:
        """The step's value: exact, and roughly in decimals where it does not end."""
        text = self.number(step)
        if "/" not in text:
            return text
        share = STEPS[step.name].kind == "share"
        exact = step.value * (100 if share else self.ratio)
        return f"{text} ≈ {MINUS if exact < 0 else ''}{_decimals(abs(exact), 4).rstrip('…')}{f'{SPACE}%' if share else ''}"

    def number(self, step: Step[Any]) -> str:
        """The step's value, exact: a share in percent or as a fraction, an amount in the unit."""
        kind, value = STEPS[step.name].kind, step.value
        match kind:
            case "count":
                return str(value)
            case "share":
                return f"{_exact(value * 100)}{SPACE}%" if _ends(value) else _exact(value)
            case "number":
                return _exact(value)
            case _:
                return self.scale.amount(value) if isinstance(value, int) else _exact(value * self.ratio)

    def _operand(self, node: Node, first: bool = False) -> str:
        """A number inside a formula: in brackets where it has a sign or is a fraction."""
        if node.step.name == "nothing":
            return "0"
        text = self.number(node.step)
        return f"({text})" if "/" in text or (text.startswith(MINUS) and not first) else text

    # --- formulas --------------------------------------------------------------------------------------------------------

    def in_words(self, node: Node, year: int | None = None, *, numbered: bool = True) -> str:
        """The formula with the names of its inputs, each with its number where ``numbered``.

        Where ids are called by names, which are long, whose the step is does not stand with its inputs once more.
        """
        known = node.step.about if self.names else ()

        def name(one: Node) -> str:
            if one.step.name in CONSTANTS:
                return "0" if one.step.name == "nothing" else f"12 {self.label(one.step)}"
            label = self.label(one.step, year, known)
            return f"{label} [{one.number}]" if numbered else label

        names, words = [name(one) for one in node.inputs], self.words
        match node.step.formula:
            case "sum" | "less" | "product" | "ratio" as formula:
                return SIGNS[formula].join(names) or "0"
            case "scale":
                return self._quotient(names[: node.step.position], names[node.step.position :]) + ", " + words("rounded")
            case "limit":
                return words("{value}, but at most ± {limit}, rounded", value=names[0], limit=names[1])
            case "least":
                return words("the smaller of {one} and {other}", one=names[0], other=names[1])
            case "greatest":
                return words("{one}, but not below {other}", one=names[0], other=names[1])
            case "bands":
                return words("{amount}, band by band: {bands}", amount=names[0], bands="; ".join(names[1:]))
            case _:
                text = "part of {whole} by largest remainder, in proportion to {weights}"
                return words(text, whole=names[0], weights="; ".join(names[1:]))

    def with_numbers(self, node: Node) -> str:
        """The same formula with the numbers; ``round`` is to the nearest rounding unit, halves away from zero."""
        step, inputs = node.step, node.inputs
        numbers, rounded = [self._operand(one) for one in inputs], self.words("round")
        match step.formula:
            case "sum" | "less" as formula:
                return SIGNS[formula].join(self._operand(one, not number) for number, one in enumerate(inputs)) or "0"
            case "ratio" if not inputs[1].step.value:
                return "0"
            case "product" | "ratio" as formula:
                return SIGNS[formula].join(numbers)
            case "scale":
                return f"{rounded}({self._quotient(numbers[: step.position], numbers[step.position :])})"
            case "limit":
                return f"{rounded}({numbers[0]} {self.words('within')} ±{numbers[1]})"
            case "least":
                return f"min({numbers[0]}; {numbers[1]})"
            case "greatest":
                return f"max({numbers[0]}; {numbers[1]})"
            case "bands":
                walked = [f"{self.scale.amount(rung.inside)} × {_share(rung.share)}" for rung in self.bands(node)]
                return f"{MINUS if inputs[0].step.value < 0 else ''}{rounded}({' + '.join(walked)})"
            case _:
                whole = sum((Fraction(one.step.value) for one in inputs[1:]), Fraction(0))
                return self._quota_text(numbers[0], inputs[step.position], whole)

    def _quotient(self, factors: Sequence[str], divisors: Sequence[str]) -> str:
        above = " × ".join(factors)
        if not divisors:
            return above
        below = " × ".join(divisors)
        return f"{above} / ({below})" if len(divisors) > 1 else f"{above} / {below}"

    def _quota_text(self, total: str, weight: Node, whole: Fraction) -> str:
        product = f"{total} × {self._operand(weight)}"
        if whole == 1 and STEPS[weight.step.name].kind == "share":
            return product
        exact = weight.step._replace(value=int(whole) if whole.denominator == 1 and isinstance(weight.step.value, int) else whole)
        return f"{product} / {self.number(exact)}"

    # --- largest remainder and bands ---------------------------------------------------------------------------------------

    def parts(self, node: Node) -> list[Part]:
        """The whole division that a part belongs to."""
        total, *weights = node.inputs
        divided = quotas(total.step.value, [weight.step.value for weight in weights])
        sign = -1 if total.step.value < 0 else 1
        return [
            Part(weight.step.about[-1], weight, quota, sign * (quota.whole + quota.extra))
            for weight, quota in zip(weights, divided, strict=True)
        ]

    def division(self, node: Node) -> Iterator[str]:
        """A line for each part: its quota, what is left when it is rounded down, and who gets the units left over."""
        parts = self.parts(node)
        yield from self._without_sign(node)
        yield from (
            f"{self.names.get(part.owner, part.owner)}: {line}" for part, line in zip(parts, self._quota_lines(node, parts), strict=True)
        )
        left = sum(part.quota.extra for part in parts)
        if left:
            yield self.words("left over: {left} {unit}, one each to the largest remainders", left=left, unit=self.rounding)
            served = min(part.quota.remainder for part in parts if part.quota.extra)
            if any(part.quota.remainder == served and not part.quota.extra for part in parts):
                yield self.words("of equal remainders the earlier one comes first")

    def own_part(self, node: Node) -> Iterator[str]:
        """The line of the division that is the part's own."""
        yield from self._without_sign(node)
        yield f"= {list(self._quota_lines(node, self.parts(node)))[node.step.position - 1]}"

    def _without_sign(self, node: Node) -> Iterator[str]:
        total = node.inputs[0].step.value
        if total < 0:
            yield self.words("{whole} is divided without its sign, which is put back in the end", whole=self.scale.amount(total))

    def _quota_lines(self, node: Node, parts: Sequence[Part]) -> Iterator[str]:
        whole = sum((Fraction(part.weight.step.value) for part in parts), Fraction(0))
        size = self.scale.amount(abs(node.inputs[0].step.value))
        digits = _telling([part.quota.remainder for part in parts])
        for part in parts:
            quota = part.quota
            line = f"{self._quota_text(size, part.weight, whole)} = "
            remainder = _decimals(quota.remainder, digits)
            if self.ratio == 1:
                line += _decimals(quota.whole + quota.remainder, digits)
            else:
                units = f"{SPACE}{self.unit} + {remainder}{SPACE}{self.rounding}" if quota.remainder else ""
                line += self.scale.amount(quota.whole) + units
            if quota.remainder:
                line += self.words(": down to {whole}, remainder {remainder}", whole=self.scale.amount(quota.whole), remainder=remainder)
            if quota.extra:
                line += self.words(", and one {unit} more: {part}", unit=self.rounding, part=self.scale.amount(quota.whole + 1))
            yield line

    def bands(self, node: Node) -> list[Rung]:
        """The bands that an amount was walked up through."""
        before, *bands = node.inputs
        return rungs(abs(before.step.value), [band.step for band in bands])

    def band_lines(self, node: Node) -> Iterator[str]:
        """A line for each band: its limits, what lies inside, and how much of that is shared."""
        for rung in self.bands(node):
            amount = self.scale.amount
            limits = {"below": amount(rung.below), "upper": amount(rung.upper), "inside": amount(rung.inside)}
            text = "above {below}: {inside} inside" if rung.upper is None else "from {below} to {upper}: {inside} inside"
            yield self.words(text, **limits) + f" × {_share(rung.share)}"


def _share(share: Fraction) -> str:
    return f"{_exact(share * 100)}{SPACE}%" if _ends(share) else f"({_exact(share)})"


def _ends(value: Fraction) -> bool:
    """Whether the number ends within a few decimals."""
    return 10**8 % value.denominator == 0


def _exact(value: Fraction) -> str:
    """An exact number: in decimals where it ends, else as a fraction."""
    sign = MINUS if value < 0 else ""
    if not _ends(value):
        return f"{sign}{grouped(abs(value.numerator))}/{grouped(value.denominator)}"
    whole, rest = divmod(abs(value), 1)
    digits = f"{int(rest * 10**8):08}".rstrip("0")
    return sign + grouped(int(whole)) + (f",{digits}" if digits else "")


def _decimals(value: Fraction, digits: int) -> str:
    """A number cut after so many decimals; … says that it goes on."""
    whole, rest = divmod(value, 1)
    cut, more = divmod(rest * 10**digits, 1)
    text = f"{int(cut):0{digits}}"
    if not more:
        text = text.rstrip("0")
    return grouped(int(whole)) + (f",{text}" if text else "") + ("…" if more else "")


def _telling(remainders: Sequence[Fraction]) -> int:
    """How many decimals tell different remainders apart, four at least."""
    different = set(remainders)
    digits = 4
    while digits < _LONGEST and len({int(one * 10**digits) for one in different}) < len(different):
        digits += 1
    return digits
