"""The catalogue: every rule by its code, and those that somebody asks for by their codes, or by the beginning of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..problems import AgreementError, Place, Problem, nearest
from .act_1994 import application, governance, parties, terms
from .act_2003 import capital as capital_2003
from .act_2003 import contributions, members, shares
from .act_2003 import costs as costs_2003
from .act_2003 import governance as governance_2003
from .any_law import books, capital, closed, comers, figures, frame, law, rule, sharing, stated
from .facts import Case
from .finsam_1992 import trial
from .looks_wrong import rows, sizes
from .looks_wrong import terms as wrong_terms
from .rule import WARNING, Hit, Rule, hit

_MODULES: Final = (
    parties, governance, terms, application,
    members, governance_2003, costs_2003, contributions, shares, capital_2003,
    trial,
    law, stated, frame, sharing, comers, closed, capital, figures, books,
    rows, wrong_terms, sizes,
)  # fmt: skip
_OF_AGREEMENTS: Final = [one for module in _MODULES for one in vars(module).values() if isinstance(one, Rule)]


@rule(
    "SOC690",
    WARNING,
    """
    title: Ignore that matches nothing
    statement: Every entry of `ignore` silences a finding.
    why: An entry left over from an earlier version would silence the next real finding with a reason that no longer holds.
    remedy: Remove the entry.
    message: {rule} is ignored (“{because}”) but finds nothing here
    sources: this program's reading
    """,
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


def listed(code: str | None = None) -> list[Rule]:
    """The rules that a code or its beginning stands for, or all. Raises AgreementError where it stands for none."""
    found = list(RULES) if code is None else matching(code)
    if code is not None and not found:
        raise AgreementError([_unknown(code, "socsam rules")])
    return found


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Rule]:
    """The rules that are selected, all by default, and not ignored; a text may hold several codes with commas between.

    Raises AgreementError with every code that stands for none.
    """
    problems = []
    named: dict[str, list[Rule]] = {"--select": [], "--ignore": []}
    for option, codes in (("--select", select), ("--ignore", ignore)):
        for code in (part.strip() for text in codes for part in text.split(",")):
            named[option] += matching(code)
            if not matching(code):
                problems.append(_unknown(code, f"{option} {code}"))
    if problems:
        raise AgreementError(problems)
    return [one for one in RULES if (not select or one in named["--select"]) and one not in named["--ignore"]]


def _unknown(code: str, where: str) -> Problem:
    return Problem("unknown-rule", Place(where), f"there is no rule `{code}`", meant(code, (one.code for one in RULES)))


def meant(code: str, known: Iterable[str]) -> str:
    """What to do about a code that stands for no rule: the nearest one that is known."""
    near = nearest(code.upper(), known)
    return f"did you mean `{near}`?" if near else "`socsam rules` lists them"
