"""socsam: settle joint budgets between public bodies.

An agreement walks through the house once, from the front door to the back, and never returns to a room it has left::

    text ── source ──► model ──► engine ──► results ──► report ──► screen, file
            reads      says       settles    is          shows
            the file   what it    purely     frozen      it
                       may hold

>>> from socsam_calc import load, settle
>>> settlement = settle(load("examples/stenungsund.yaml"))
>>> settlement.year(2000).party("kommun").settled
Decimal('6358000')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .checking import Checked, Finding, check
    from .evaluation.effect import Effect
    from .evaluation.evaluating import evaluate
    from .library import Settlement, Settlements, figures_template, settle, settle_all
    from .problems import AgreementError, OutputError, Problem, SocsamError
    from .source.evaluation import EvaluationDocument, load_evaluation
    from .source.loader import Document, load

_HOMES = {
    "AgreementError": ".problems",
    "Checked": ".checking",
    "Document": ".source.loader",
    "Effect": ".evaluation.effect",
    "EvaluationDocument": ".source.evaluation",
    "Finding": ".checking",
    "OutputError": ".problems",
    "Problem": ".problems",
    "Settlement": ".library",
    "Settlements": ".library",
    "SocsamError": ".problems",
    "check": ".checking",
    "evaluate": ".evaluation.evaluating",
    "figures_template": ".library",
    "load": ".source.loader",
    "load_evaluation": ".source.evaluation",
    "settle": ".library",
    "settle_all": ".library",
}

__all__ = [
    "AgreementError",
    "Checked",
    "Document",
    "Effect",
    "EvaluationDocument",
    "Finding",
    "OutputError",
    "Problem",
    "Settlement",
    "Settlements",
    "SocsamError",
    "check",
    "evaluate",
    "figures_template",
    "load",
    "load_evaluation",
    "settle",
    "settle_all",
]


def __getattr__(name: str) -> Any:
    """The public names, loaded when first used: `socsam --help` needs none of them."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
