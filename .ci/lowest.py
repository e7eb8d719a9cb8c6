"""The lowest version of every dependency that pyproject.toml allows, as constraints for pip."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def main() -> None:
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    stated = {one: re.match(r"([\w-]+)>=([\d.]+)", one) for group in groups for one in group}
    if unstated := [one for one, floor in stated.items() if floor is None]:
        raise SystemExit(f"no lowest version is stated: {', '.join(unstated)}")
    for name, version in sorted({floor.groups() for floor in stated.values() if floor}):
        print(f"{name}=={version}")


if __name__ == "__main__":
    main()
