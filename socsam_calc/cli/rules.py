"""``socsam rules``: the catalogue of rules, or one of them in full."""

from __future__ import annotations

from typing import Annotated

import typer

from ..report.told.rules import catalogue, one_rule, rule_records, rules_document
from ..report.told.words import Words
from ..rules.choice import listed
from .options import Excel, Format, Lang, NoColor, Output, Quiet, command_app, refuse_outside_csv, write_blocks, write_workbook
from .output import format_for, target

app = command_app()


@app.command()
def rules_command(
    context: typer.Context,
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="A rule, or a family such as SOC4.", show_default=False)] = None,
    format_: Format = None,
    output: Output = None,
    excel: Excel = False,
    lang: Lang = "en",
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """List the rules that check knows, or one of them in full.

    In full means: what the rule asks, why it matters, what to do and where it is written.

    \b
    Examples:
      socsam rules
      socsam rules SOC511
      socsam rules SOC4 --format markdown
    """
    rules = listed(code)
    chosen = format_for(format_, output)
    refuse_outside_csv(context, chosen)
    words = Words(lang)
    with target(output, machine=chosen != "table", encoding="utf-8-sig" if excel else "utf-8") as opened:
        if chosen == "json":
            opened.stream.write(rules_document(rules, words))
            return
        if chosen == "csv":
            from ..report.render.csv import write

            write(opened.stream, rule_records(rules, words), excel=excel)
            return
        if chosen == "xlsx":
            from ..library.checks import Rules

            write_workbook(opened, [Rules(rules, lang)], lang)
            return
        blocks = one_rule(rules[0], words) if len(rules) == 1 else catalogue(rules, words, hints=not quiet)
        write_blocks(opened, blocks, chosen, no_color=no_color)
