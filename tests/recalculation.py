"""Random edits of random agreements: LibreOffice recalculates each workbook to what the program makes of the same edit.

``python tests/recalculation.py`` does 50 edits of 30 agreements and prints what it found; ``.ci/full`` runs it, the test a short sample of it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from edits import Edit, edits, numbers
from oracle.generate import generate
from spreadsheet import Workbook, read, recalculated

from socsam_calc import Settlement, settle
from socsam_calc.engine.values import known_figures
from socsam_calc.report.calculation.workbook import workbook
from socsam_calc.report.told.words import Words
from socsam_calc.source.loader import load


def agreements(first: int, count: int) -> Iterator[tuple[str, Settlement]]:
    """As many seeded random agreements whose workbook is live; of those too large for a spreadsheet it says so, and the next is taken."""
    seed = first
    while count:
        text = generate(seed)
        seed += 1
        settlement = settle(load("-", text=text))
        if numbers(settlement):
            count -= 1
            yield text, settlement


def deviations(edit: Edit, found: Mapping[str, object]) -> list[str]:
    """Every figure of the edited agreement that the recalculated workbook has otherwise."""
    return [
        f"{', '.join(edit.settings)}: {path} is {found[f'_{path}']}, not {step.value}"
        for path, step in known_figures(edit.settled).items()
        if step is not None and f"_{path}" in found and ".instalments." not in path and found[f"_{path}"] != step.value
    ]


def held(agreements: Iterator[tuple[str, Settlement]], count: int, rng: Random, folder: Path) -> tuple[int, int, list[str]]:
    """How many edits and figures were held against the program, and where they differ."""
    made: list[tuple[Edit, Workbook, Path]] = []
    for number, (text, settlement) in enumerate(agreements):
        path = folder / f"{number}.xlsx"
        path.write_bytes(workbook([settlement], Words("en")))
        book = Workbook(path)
        for at, edit in enumerate(edits(text, settlement, rng, count)):
            made.append((edit, book, book.edited(edit.typed, folder / f"{number}-{at}.xlsx")))
    figures, wrong = 0, list[str]()
    for (edit, book, path), stored in zip(made, recalculated([path for _, _, path in made], folder), strict=True):
        found = read(stored, {name: place for name, place in book.names.items() if name.startswith("_")})
        stored.unlink()
        path.unlink()
        figures += len(found)
        wrong += deviations(edit, found)
        settled = [
            f"_{year.year}.parties.{party.id}.settled" for year in edit.settled.years for party in year.parties if party.units("settled")
        ]
        wrong += [f"{', '.join(edit.settings)}: {name} is not live" for name in settled if name not in found]
    return len(made), figures, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agreements", type=int, default=30)
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng, edited, figures, wrong = Random(given.seed), 0, 0, list[str]()
    for number, agreement in enumerate(agreements(given.seed, given.agreements), 1):
        with tempfile.TemporaryDirectory() as folder:
            count, read, deviating = held(iter([agreement]), given.edits, rng, Path(folder))
        edited, figures, wrong = edited + count, figures + read, wrong + deviating
        print(f"agreement {number}: {count} edits, {read} figures, {len(deviating)} deviations", *deviating[:5], sep="\n", flush=True)
    print(f"seed {given.seed}: {edited} edits of {given.agreements} agreements, {figures} figures, {len(wrong)} deviations")
    return 1 if wrong or edited < given.agreements * given.edits * 0.9 else 0


if __name__ == "__main__":
    sys.exit(main())
