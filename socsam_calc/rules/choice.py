"""The rules that somebody asks for by their codes, or by the beginning of these."""

from __future__ import annotations

from collections.abc import Sequence

from ..problems import AgreementError, Place, Problem, nearest
from .catalogue import RULES, matching
from .rule import Rule


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Rule]:
    """The rules that are selected, all by default, and not ignored; a text may hold several codes with commas between.

    Raises AgreementError with every code that stands for none.
    """
    problems = []
    named: dict[str, set[str]] = {"--select": set(), "--ignore": set()}
    for option, codes in (("--select", select), ("--ignore", ignore)):
        for code in (part.strip() for text in codes for part in text.split(",")):
            found = matching(code)
            named[option].update(rule.code for rule in found)
            if not found:
                problems.append(_unknown(code, f"{option} {code}"))
    if problems:
        raise AgreementError(problems)
    return [rule for rule in RULES if (not select or rule.code in named["--select"]) and rule.code not in named["--ignore"]]


def listed(code: str | None = None) -> list[Rule]:
    """The rules that a code or its beginning stands for, or all. Raises AgreementError where it stands for none."""
    found = list(RULES) if code is None else matching(code)
    if code is not None and not found:
        raise AgreementError([_unknown(code, "socsam rules")])
    return found


def _unknown(code: str, where: str) -> Problem:
    """There is no such rule; the nearest one."""
    near = nearest(code.upper(), [rule.code for rule in RULES])
    remedy = f"did you mean `{near}`?" if near else "`socsam rules` lists them"
    return Problem("unknown-rule", Place(where), f"there is no rule `{code}`", remedy)
