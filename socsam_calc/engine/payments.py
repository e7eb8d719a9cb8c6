"""§ 5 of the arithmetic: who pays whom, in the fewest payments, and always the same ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from .steps import Money, least, less, zero

MOST_NODES: Final = 12
"""With more nodes than this, pairs that cancel exactly come first, and more that are left are one group: looking for groups doubles in
cost with each node."""


class Payment(NamedTuple):
    """Money that one node pays another, in rounding units, above 0. A node is a party's id or ``body``."""

    payer: str
    payee: str
    amount: int


def fewest_payments(transfers: Sequence[tuple[str, int]]) -> list[Payment]:
    """The payments that bring every transfer to zero. ``transfers``: node and what it is to receive (+) or pay (−), adding up to 0."""
    nodes = [(name, amount) for name, amount in transfers if amount]
    payments = _cancelling(nodes)
    for group in _groups([amount for _, amount in nodes]):
        payments += _within([nodes[index] for index in group])
    return payments


def _cancelling(nodes: list[tuple[str, int]]) -> list[Payment]:
    """With more nodes than groups are looked for among: each in order is paired with the next that it cancels exactly, and both are taken out."""
    payments: list[Payment] = []
    if len(nodes) <= MOST_NODES:
        return payments
    for name, amount in list(nodes):
        if (name, amount) not in nodes:
            continue
        after = nodes[nodes.index((name, amount)) + 1 :]
        other = next((node for node, opposite in after if opposite == -amount), None)
        if other is not None:
            nodes[:] = [(node, due) for node, due in nodes if node not in (name, other)]
            payments.append(Payment(name, other, -amount) if amount < 0 else Payment(other, name, amount))
    return payments


def derivations(year: int, transfers: Mapping[str, Money], payments: Sequence[Payment]) -> list[Money]:
    """How each payment came about: the smaller of what its payer still owes and its payee is still owed."""
    left = {
        node: less("still to pay", year, (node,), zero("nothing", year), transfer)
        if transfer.value < 0
        else less("still to receive", year, (node,), transfer)
        for node, transfer in transfers.items()
    }
    steps = []
    for payer, payee, _ in payments:
        step = least("payment", year, (payer, payee), left[payer], left[payee])
        for node in (payer, payee):
            left[node] = less(left[node].name, year, (node,), *left[node].inputs, step)
        steps.append(step)
    return steps


def _within(nodes: Sequence[tuple[str, int]]) -> list[Payment]:
    """Inside a group the first that owes pays the first that is owed as much as both allow, again and again."""
    payments = []
    left = dict(nodes)
    owing = [name for name, amount in nodes if amount < 0]
    owed = [name for name, amount in nodes if amount > 0]
    while owing and owed:
        payer, payee = owing[0], owed[0]
        amount = min(-left[payer], left[payee])
        payments.append(Payment(payer, payee, amount))
        left[payer] += amount
        left[payee] -= amount
        if not left[payer]:
            del owing[0]
        if not left[payee]:
            del owed[0]
    return payments


def _groups(amounts: Sequence[int]) -> list[tuple[int, ...]]:
    """Split the nodes into the greatest number of groups that each add up to zero.

    The group of the first node left is the smallest, then the first in order, of those that allow the greatest number.
    """
    everyone = tuple(range(len(amounts)))
    if not everyone:
        return []
    if len(everyone) < 4 or len(everyone) > MOST_NODES:  # a group has two nodes at least
        return [everyone]
    sums = [0] * (1 << len(amounts))
    most = [0] * (1 << len(amounts))
    for mask in range(1, len(sums)):
        low = mask & -mask
        sums[mask] = sums[mask ^ low] + amounts[low.bit_length() - 1]
        most[mask] = max(most[mask ^ (1 << index)] for index in everyone if mask >> index & 1) + (not sums[mask])
    groups = []
    left = (1 << len(amounts)) - 1
    while left:
        nodes = [index for index in everyone if left >> index & 1]
        group = _first_group(nodes, left, sums, most)
        groups.append(group)
        left ^= sum(1 << index for index in group)
    return groups


def _first_group(nodes: Sequence[int], left: int, sums: Sequence[int], most: Sequence[int]) -> tuple[int, ...]:
    """The group that holds the first node: the smallest, then the first in order, that leaves the most groups for the rest."""
    groups = ((nodes[0], *others) for size in range(1, len(nodes)) for others in combinations(nodes[1:], size))
    masks = ((group, sum(1 << index for index in group)) for group in groups)
    return next(group for group, mask in masks if not sums[mask] and most[left ^ mask] == most[left] - 1)
