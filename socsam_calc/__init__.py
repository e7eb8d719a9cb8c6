"""socsam: settle joint budgets between public bodies.

An agreement walks through the house once, from the front door to the back, and never returns to a room it has left::

    text ── source ──► model ──► engine ──► answers ──► report ──► screen, file
            reads      says       settles    asks        shows
            the file   what it    purely     a question  it
                       may hold              of it

``cli`` prints and exits; ``library`` gives the same as calls, one for each command. Both stand on the rooms of the map.

>>> from socsam_calc import load, settle
>>> settlement = settle(load("examples/stenungsund.yaml"))
>>> settlement.year(2000).party("kommun").settled
Decimal('6358000')

The calls; each one's own help says what it takes, gives and may raise::

    load              an agreement from its file or text: a Document
    load_evaluation   an evaluation from its file or text: an EvaluationDocument
    settle            what agreements come to: a Settlement, of a list Settlements
    check             what the rules find in them: Checked
    rule_catalogue    the rules that check knows: Rules
    books             what an accounting export holds, and where each krona of it goes: Books
    explain           a figure derived step by step: an Explanation
    whatif            other assumptions or other terms beside the agreement: a WhatIf
    incentives        who bears the next krona of cost, who pays for whom: Incentives
    simulate          the uncertain inputs drawn many times: Simulated
    evaluate          the evaluation effect against a control area: an Effect
    report_page       one page of HTML with tables and charts
    guide_page        what the guide says of a topic
    init              the text of an agreement file to fill in
    figures_template  a workbook to fill in with an agreement's figures
    schema            the JSON Schema of a file format

What they give is frozen, shows as tables in a notebook, and turns into every format of its command (``to_frame``, ``to_json`` …)::

    Document, EvaluationDocument   a file that was read, with the place of everything in it
    Settlement, Settlements        ``year(1998).party("kommun").settled`` is an exact Decimal, in kronor
    Checked, Finding               the findings, each with its place and its rule; the rules themselves are Rules
    Explanation, WhatIf, Incentives, Simulated, Effect, Rules, Books
    Several                        a tuple of results, of a call that was given a list

What they raise is a SocsamError, with words for the person who can mend it::

    AgreementError    a file that is refused: its ``problems``, each a Problem
    OutputError       an argument that makes no sense, or a library that is missing
    NotFoundError     a year, a party … that a result does not hold; a KeyError too
"""

from __future__ import annotations

TYPE_CHECKING = False  # nothing is imported here, `typing` included: the program is to hear of Ctrl-C from its first line on

if TYPE_CHECKING:
    from typing import Any

    from .library.books import Books, books
    from .library.checks import Checked, Rules, check, rule_catalogue
    from .library.evaluations import Effect, evaluate
    from .library.explanations import Explanation, explain
    from .library.formats import Several
    from .library.scenarios import Incentives, Simulated, WhatIf, incentives, simulate, whatif
    from .library.settlements import Settlement, Settlements, settle
    from .library.written import figures_template, guide_page, init, report_page
    from .problems import AgreementError, NotFoundError, OutputError, Problem, SocsamError
    from .report.told.findings import Finding
    from .source.document import Document
    from .source.evaluation import EvaluationDocument, load_evaluation
    from .source.loader import load
    from .source.schema import schema

_HOMES = {
    "AgreementError": ".problems",
    "Books": ".library.books",
    "Checked": ".library.checks",
    "Document": ".source.loader",
    "Effect": ".library.evaluations",
    "EvaluationDocument": ".source.evaluation",
    "Explanation": ".library.explanations",
    "Finding": ".report.told.findings",
    "Incentives": ".library.scenarios",
    "NotFoundError": ".problems",
    "OutputError": ".problems",
    "Problem": ".problems",
    "Rules": ".library.checks",
    "Settlement": ".library.settlements",
    "Settlements": ".library.settlements",
    "Several": ".library.formats",
    "Simulated": ".library.scenarios",
    "SocsamError": ".problems",
    "WhatIf": ".library.scenarios",
    "books": ".library.books",
    "check": ".library.checks",
    "evaluate": ".library.evaluations",
    "explain": ".library.explanations",
    "figures_template": ".library.written",
    "guide_page": ".library.written",
    "incentives": ".library.scenarios",
    "init": ".library.written",
    "load": ".source.loader",
    "load_evaluation": ".source.evaluation",
    "report_page": ".library.written",
    "rule_catalogue": ".library.checks",
    "schema": ".source.schema",
    "settle": ".library.settlements",
    "simulate": ".library.scenarios",
    "whatif": ".library.scenarios",
}

__all__ = [
    "AgreementError",
    "Books",
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
    "books",
    "check",
    "evaluate",
    "explain",
    "figures_template",
    "guide_page",
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


def __dir__() -> list[str]:
    """All that can be had from here, loaded yet or not."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:
    """The public names, loaded when first used: `socsam --help` needs none of them."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
