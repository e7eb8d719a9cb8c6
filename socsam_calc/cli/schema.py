"""``socsam schema``: the JSON Schema of a file format, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from .declared import Argument, command
from .options import Lang, output_to
from .output import target
from .streams import harmless


@command
def schema_command(
    format_: Annotated[
        str,
        Argument(metavar="[FORMAT]", help="What the file states as its `format`: socsam/1, socsam-evaluation/1, socsam-scenarios/1."),
    ] = "socsam/1",
    output: Annotated[str | None, output_to("Write to a file, and print the line that tells an editor.")] = None,
    lang: Lang = "en",
) -> None:
    """Write the JSON Schema of a file format, for editors.

    With it (2020-12) an editor completes, explains and checks a file while it is written.

    With --output it also prints the line to put first into an agreement, for the YAML language server (Visual Studio Code, Neovim,
    Emacs …). The path in it is read from the agreement's folder.

    \b
    Examples:
      socsam schema --output OUT/socsam.schema.json
      socsam schema socsam/1
    """
    import json

    from ..source.schema import schema

    text = json.dumps(schema(format_), ensure_ascii=False, indent=2) + "\n"
    with target(output, machine=True) as opened:
        opened.stream.write(text)
    if output is not None:
        name = harmless(" ".join(Path(output).as_posix().splitlines()))
        with target(None, machine=False) as opened:
            opened.stream.write(f"# yaml-language-server: $schema={name}\n")
