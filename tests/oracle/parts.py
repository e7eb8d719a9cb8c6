"""The pieces of the oracle that know no agreement.

The scalars of ``format.md``; rounding, apportioning (section 0) and the payments (section 5) of ``settlement.md``.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import floor

ORE = {"öre": 1, "kr": 100, "tkr": 100_000, "mkr": 100_000_000}
SPACE = "[ \u00a0\u202f]"
AMOUNT = re.compile(rf"([-−]?)(\d+|\d{{1,3}}(?:{SPACE}\d{{3}})+)(?:([.,])(\d+))?{SPACE}*(öre|kr|tkr|mkr)?")
Cells = dict[str, int]  # an amount for each of some parties, or rows
Node = tuple[str, int]


class Refused(Exception):
    """The agreement is one that ``format.md`` refuses."""


def require(condition: object, problem: str) -> None:
    """Refuse the file unless ``condition`` holds."""
    if not condition:
        raise Refused(problem)


def rounded(value: Fraction) -> int:
    """Opening paragraph: to the nearest integer, halves away from zero."""
    nearest = floor(abs(value) + Fraction(1, 2))
    return nearest if value >= 0 else -nearest


def apportion(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Section 0: largest remainder; ties go to the earlier part. Nothing can be divided by any weights."""
    if total < 0:
        return [-part for part in apportion(-total, weights)]
    require(total == 0 or sum(weights) > 0, "an amount with nobody to bear it")
    exact = [Fraction(total) * weight / (sum(weights) or 1) for weight in weights]
    parts = [floor(part) for part in exact]
    for i in sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])[: total - sum(parts)]:  # a stable sort
        parts[i] += 1
    return parts


def divide(total: int, weights: dict[str, int] | dict[str, Fraction]) -> Cells:
    """Section 0: apportion by named weights."""
    return dict(zip(weights, apportion(total, list(weights.values())), strict=True))


def number(text: str) -> Fraction:
    """format.md, Number: a decimal with ``.`` or ``,``; here fractions and signs too."""
    return Fraction(text.replace(",", ".").replace("−", "-").strip())


def percent(text: str) -> Fraction:
    """format.md, Percent: a number with ``%``."""
    require(text.endswith("%"), f"{text}: not a percentage")
    return number(text[:-1]) / 100


def share(text: str) -> Fraction:
    """format.md, Share: a percentage, a fraction, or a decimal from 0 to 1."""
    value = percent(text) if text.endswith("%") else number(text)
    require(0 <= value <= 1, f"{text}: not a share")
    return value


def read_amount(text: str, unit: int, step: int) -> int:
    """format.md, Amount: a whole number of rounding units of ``step`` öre, a bare number counting ``unit`` öre."""
    match = AMOUNT.fullmatch(text)
    if not match:
        raise Refused(f"{text}: not an amount")
    sign, whole, mark, decimals, own_unit = match.groups()
    whole = re.sub(SPACE, "", whole)
    require(not mark or len(decimals) != 3 or len(whole) > 3 or whole == "0", f"{text}: thousands or decimals?")
    ore = Fraction(f"{whole}.{decimals or 0}") * (ORE[own_unit] if own_unit else unit) * (-1 if sign else 1)
    units = ore / step
    require(units.denominator == 1 and abs(ore) <= 10**15, f"{text}: too fine or too large")
    return int(units)


def weight(text: str) -> Fraction:
    """format.md, Weight: spelt as an amount without unit, 0 or more."""
    match = AMOUNT.fullmatch(text)
    if not match or match[1] or match[5]:
        raise Refused(f"{text}: not a weight")
    require(not match[3] or len(match[4]) != 3 or len(match[2]) > 3 or match[2] == "0", f"{text}: thousands or decimals?")
    return Fraction(f"{re.sub(SPACE, '', match[2])}.{match[4] or 0}")


def groups(nodes: Sequence[Node]) -> Iterator[tuple[list[Node], list[Node]]]:
    """Section 5, Payments: the first node's zero-sum groups, the smallest first, then in order; and the rest."""
    for size in range(len(nodes)):
        for others in combinations(nodes[1:], size):
            if nodes[0][1] + sum(x for _, x in others) == 0:
                group = [nodes[0], *others]
                yield group, [node for node in nodes if node not in group]


def most(nodes: Sequence[Node]) -> int:
    """Section 5, Payments: the greatest number of groups, each adding up to zero, that the nodes split into."""
    return 1 + max(most(rest) for _, rest in groups(nodes)) if nodes else 0


def cancelling(left: list[Node]) -> Iterator[tuple[Node, Node]]:
    """Section 5, Payments, more than 12 nodes: each in order with the next in order that it cancels exactly."""
    for node in list(left):
        if node in left:
            after = left[left.index(node) + 1 :]
            if other := next((one for one in after if one[1] == -node[1]), None):
                left.remove(node)
                left.remove(other)
                yield node, other


def pay(transfers: Cells) -> list[tuple[str, str, int]]:
    """Section 5, Payments: the fewest that bring every transfer to zero (of up to 12), and always the same ones."""
    left = [(node, x) for node, x in transfers.items() if x]
    payments = []
    if len(left) > 12:
        for (a, x), (b, _) in cancelling(left):
            payments.append((a, b, -x) if x < 0 else (b, a, x))
    while left:
        group, left = (left, []) if len(left) > 12 else max(groups(left), key=lambda split: most(split[1]))  # the first
        owed = dict(group)
        while any(owed.values()):
            payer = next(node for node, x in owed.items() if x < 0)
            payee = next(node for node, x in owed.items() if x > 0)
            amount = min(-owed[payer], owed[payee])
            owed[payer] += amount
            owed[payee] -= amount
            payments.append((payer, payee, amount))
    return payments
