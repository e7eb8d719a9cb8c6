"""What goes into a wheel and an sdist beside the package: the examples, whose only home is `examples/`, and the tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

ROOT = Path(__file__).parent.parent
KEPT = ("examples", "tests", ".ci", ".github")
"""Folders of the checkout that an sdist holds beside the package, with the hooks of pre-commit: the tests read them."""


def kept(folder: str) -> list[Path]:
    """The files of a folder, those that the repository knows where there is one."""
    found = [path.relative_to(ROOT) for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, text=True, check=False)
        if listed.returncode == 0:
            known = set(listed.stdout.split("\0"))
            return [path for path in found if path.as_posix() in known]
    return [path for path in found if "__pycache__" not in path.parts and path.parts[-1][0] != "."]


class BuildWithExamples(build_py):
    """A wheel holds the examples inside the package."""

    def build_package_data(self) -> None:
        super().build_package_data()
        for path in kept("examples"):
            made = Path(self.build_lib) / "socsam_calc" / path
            self.mkpath(str(made.parent))
            self.copy_file(str(ROOT / path), str(made), preserve_mode=False)


class SourceWithTests(sdist):
    """An sdist holds all that its tests read."""

    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        more = [path.as_posix() for folder in KEPT for path in kept(folder)]
        super().make_release_tree(base_dir, sorted({*(Path(name).as_posix() for name in files), *more, ".pre-commit-hooks.yaml"}))
