"""socsam: settle joint budgets between public bodies.

An agreement walks through the house once, from the front door to the back, and never returns to a room it has left::

    text ── source ──► model ──► engine ──► results ──► report ──► screen, file
            reads      says       settles    is          shows
            the file   what it    purely     frozen      it
                       may hold

``cli`` prints and exits; ``library`` gives the same as calls, one for each command. Both stand on the rooms of the map.

>>> from socsam_calc import load, settle
>>> settlement = settle(load("examples/stenungsund.yaml"))
>>> settlement.year(2000).party("kommun").settled
Decimal('6358000')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .checking import Finding
    from .library.checks import Checked, Rules, check, rule_catalogue
    from .library.evaluations import Effect, evaluate
    from .library.explanations import Explanation, explain
    from .library.formats import Several
    from .library.scenarios import Incentives, WhatIf, incentives, whatif
    from .library.settlements import Settlement, Settlements, settle
    from .library.simulations import Simulated, simulate
    from .library.written import figures_template, init, report_page
    from .problems import AgreementError, NotFoundError, OutputError, Problem, SocsamError
    from .source.evaluation import EvaluationDocument, load_evaluation
    from .source.loader import Document, load
    from .source.schema import schema

_HOMES = {
    "AgreementError": ".problems",
    "Checked": ".library.checks",
    "Document": ".source.loader",
    "Effect": ".library.evaluations",
    "EvaluationDocument": ".source.evaluation",
    "Explanation": ".library.explanations",
    "Finding": ".checking",
    "Incentives": ".library.scenarios",
    "NotFoundError": ".problems",
    "OutputError": ".problems",
    "Problem": ".problems",
    "Rules": ".library.checks",
    "Settlement": ".library.settlements",
    "Settlements": ".library.settlements",
    "Several": ".library.formats",
    "Simulated": ".library.simulations",
    "SocsamError": ".problems",
    "WhatIf": ".library.scenarios",
    "check": ".library.checks",
    "evaluate": ".library.evaluations",
    "explain": ".library.explanations",
    "figures_template": ".library.written",
    "incentives": ".library.scenarios",
    "init": ".library.written",
    "load": ".source.loader",
    "load_evaluation": ".source.evaluation",
    "report_page": ".library.written",
    "rule_catalogue": ".library.checks",
    "schema": ".source.schema",
    "settle": ".library.settlements",
    "simulate": ".library.simulations",
    "whatif": ".library.scenarios",
}

__all__ = [
    "AgreementError",
    "Checked",
    "Document",
    "Effect",
    "EvaluationDocument",
    "Explanation",
    "Finding",
    "Incentives",
    "NotFoundError",
    "OutputError",
    "Problem",
    "Rules",
    "Settlement",
    "Settlements",
    "Several",
    "Simulated",
    "SocsamError",
    "WhatIf",
    "check",
    "evaluate",
    "explain",
    "figures_template",
    "incentives",
    "init",
    "load",
    "load_evaluation",
    "report_page",
    "rule_catalogue",
    "schema",
    "settle",
    "simulate",
    "whatif",
]


def __getattr__(name: str) -> Any:
    """The public names, loaded when first used: `socsam --help` needs none of them."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
