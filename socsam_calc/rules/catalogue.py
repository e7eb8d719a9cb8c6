"""The catalogue: every rule by its code, and what of it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Final

from .act_1994 import application, board, costs, governance, parties, split
from .act_1994 import changes as changes_1994
from .act_2003 import capital as capital_2003
from .act_2003 import contributions, members, shares
from .act_2003 import costs as costs_2003
from .act_2003 import governance as governance_2003
from .any_law import capital, changes, distribution, frame, law, rule, sharing, stated
from .facts import Case
from .figures import expectations
from .finsam_1992 import trial
from .rule import WARNING, Hit, Rule, hit

_MODULES: Final = (
    parties, governance, board, costs, changes_1994, split, application,
    members, governance_2003, costs_2003, contributions, shares, capital_2003,
    trial,
    law, stated, frame, changes, sharing, distribution, capital,
    expectations,
)  # fmt: skip


def _rules(modules: Iterable[ModuleType]) -> list[Rule]:
    """The rules that modules declare."""
    return [stated for module in modules for stated in vars(module).values() if isinstance(stated, Rule)]


_OF_AGREEMENTS: Final = _rules(_MODULES)


@rule(
    "SOC690",
    WARNING,
    title="Ignore that matches nothing",
    statement="Every entry of `ignore` silences a finding.",
    why="An entry left over from an earlier version would silence the next real finding with a reason that no longer holds.",
    remedy="Remove the entry.",
    message="{rule} is ignored (“{because}”) but finds nothing here",
    sources="this program's reading",
)
def ignored_in_vain(case: Case) -> Iterator[Hit]:
    for position, entry in enumerate(case.agreement.ignore):
        for one in _OF_AGREEMENTS:
            if one.code == entry.rule and case.agreement.law in one.laws and not any(True for _ in one.check(case)):
                yield hit(("ignore", position, "rule"), rule=entry.rule, because=entry.because)


RULES: Final[tuple[Rule, ...]] = tuple(sorted((*_OF_AGREEMENTS, ignored_in_vain), key=lambda one: one.code))
"""Every rule, by its code."""


def matching(code: str) -> list[Rule]:
    """The rules that a code, or the beginning of one such as `SOC4`, stands for."""
    wanted = code.upper()
    return [one for one in RULES if one.code == wanted or (len(wanted) > 2 and one.code.startswith(wanted))]
