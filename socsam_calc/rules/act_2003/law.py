"""What the catalogue holds of lag (2003:1210)."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Case
from ..rule import INFO, Hit, hit
from . import rule


@rule(
    "SOC190",
    INFO,
    title="Another Act",
    statement="The catalogue holds the rules of the trial Act of 1994 only.",
    why="For an agreement under lag (2003:1210) only arithmetic and known causes of trouble are checked; silence says nothing about that Act.",
    remedy="Hold the agreement against lag (2003:1210) by other means.",
    message="law 2003:1210: its own rules are not in the catalogue; only arithmetic and known causes of trouble are checked",
    sources="this program's reading",
)
def another_act(case: Case) -> Iterator[Hit]:
    if case.agreement.law == "2003:1210":
        yield hit(("law",))
