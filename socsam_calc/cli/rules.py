"""``socsam rules``: the catalogue of rules, or one of them in full."""

from __future__ import annotations

from typing import Annotated

from ..library.checks import Rules
from ..rules.catalogue import listed
from .declared import Argument, Given, command
from .options import Excel, Manner, To
from .run import Run


@command
def rules_command(
    given: Given,
    code: Annotated[
        str | None, Argument(metavar="CODE", help="A rule, or a family such as SOC4.", show_default=False, completes="codes")
    ] = None,
    *,
    to: To,
    excel: Excel = False,
    manner: Manner,
) -> None:
    """List the rules that check knows, or one of them in full.

    In full means: what the rule asks, why it matters, what to do and where it is written.

    \b
    Examples:
      socsam rules
      socsam rules SOC511
      socsam rules SOC4 --format markdown
    """
    rules = Rules(listed(code), manner.lang)
    Run(given, to, manner, excel=excel).write(Rules, [rules])
