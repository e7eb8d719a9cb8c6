"""The lowest version of every dependency that pyproject.toml allows, as constraints for pip."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def main() -> None:
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    floors = {tuple(re.findall(r"^([\w-]+)>=([\d.]+)", one)) for group in groups for one in group}
    for name, version in sorted(floor for floors_ in floors for floor in floors_):
        print(f"{name}=={version}")


if __name__ == "__main__":
    main()
