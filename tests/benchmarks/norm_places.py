"""Where the areas with an effect stand among those of their size, over many invented countries; beside those with a lasting shift.

    python tests/benchmarks/norm_places.py              100 countries, a minute or two
    python tests/benchmarks/norm_places.py --seeds 10

Prints the table of the guide's page on the norm: no area is called significant there, and this is why.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from invented_country import EFFECTS, country, write

from socsam_calc import norm
from socsam_calc.answers.norm.luck import grouped, standings, taking_part

BASE = "fixed:1995"
SIZES = ("smallest fifth", "second", "middle", "fourth", "largest fifth")


def places(seed: int) -> list[tuple[str, int, float]]:
    """What happened in each area of a country, the group that it is in, and its place there."""
    areas = {area.name: area for area in country(seed)}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "land.csv"
        with file.open("w", encoding="utf-8") as stream:
            write(list(areas.values()), stream)
        found = norm(file, base=BASE)
    groups = grouped(found.panel, taking_part(found.panel))
    return [(kind(areas[one.area].effect, areas[one.area].shift), one.group, float(one.place)) for one in standings(found.bases[0], groups)]


def kind(effect: float, shift: float) -> str:
    return f"{effect:.0%}" if effect else "shift down" if shift < 0 else "shift up" if shift > 0 else "nothing"


def main(seeds: int) -> None:
    held: dict[tuple[str, int], list[float]] = defaultdict(list)
    for seed in range(1, seeds + 1):
        for what, group, place in places(seed):
            held[what, group].append(place)
    print(f"median place of 58, and how often among the first five; {seeds} countries, {BASE}")
    print("| what happened |" + "".join(f" {size} |" for size in SIZES))
    print("|---|" + "---|" * len(SIZES))
    for what in [*(f"{effect:.0%}" for effect in reversed(EFFECTS)), "shift down", "nothing"]:
        cells = []
        for group in range(len(SIZES)):
            found = sorted(held[what, group])
            cells.append(f" {found[len(found) // 2]:.0f}; {sum(place <= 5 for place in found) / len(found):.0%} |" if found else " – |")
        print(f"| {what} |" + "".join(cells))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=100)
    main(parser.parse_args().seeds)
