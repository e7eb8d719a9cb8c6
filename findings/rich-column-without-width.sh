#!/bin/sh
# Rich 15.0.0 (PyPI): a table that is too wide for its console, with columns that may not wrap and one that may.
#
# A good guess: where a table does not fit, its columns are cut in turn, each cut cell ends in "…", and a cell that may wrap is put on
# several lines, so that at the worst its characters stand below each other. Nothing is left out without a mark.
#
# Seen: the column that may wrap bears the whole lack of room before any other column loses a character. At 60 columns it has the width 0:
# of its heading "result" and its figure "-999" there is neither a character nor a "…", on one line or on several, while each of the ten
# others, which may not wrap, still shows one. A figure that stood in it has silently gone.
#
# Prints the table at 150 and at 60 columns, and fails where the figure is not there at 150, or is there in any form at 60.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv rich
rich/bin/pip install --quiet --disable-pip-version-check rich==15.0.0

cat > shown.py <<'PYTHON'
import io
import sys

from rich.console import Console
from rich.table import Table


def shown(width):
    table = Table()
    table.add_column("name", no_wrap=True)
    for number in range(9):
        table.add_column(f"c{number}", no_wrap=True, justify="right")
    table.add_column("result", justify="right")
    table.add_row("municipality", *["1 234 567"] * 9, "-999")
    text = io.StringIO()
    Console(file=text, width=width, color_system=None).print(table)
    return text.getvalue()


wide, narrow = shown(150), shown(60)
print(wide, narrow, sep="\n")
cells = [line.split("│")[-2] for line in narrow.splitlines() if line.startswith("│")]
others = [cell for line in narrow.splitlines() if line.startswith("│") for cell in line.split("│")[1:-2]]
as_seen = "-999" in wide and "result" in wide and cells == [""] and all(cell.strip() for cell in others) and len(others) == 10
sys.exit(0 if as_seen else "this is not what was seen with Rich 15.0.0")
PYTHON
rich/bin/python shown.py
