"""Run every example in the help of every command where only the package is installed: python try_examples.py PATH/TO/socsam."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = str(Path(sys.argv[1]).absolute())


def socsam(*arguments: str, cwd: str) -> subprocess.CompletedProcess[str]:
    call = [PROGRAM, *arguments]
    return subprocess.run(call, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)


def main() -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        helps = [socsam("--help", cwd=folder).stdout]
        commands = re.findall(r"^  ([a-z]+)  ", helps[0].partition("Commands:")[2], re.MULTILINE)
        helps += [socsam(command, "--help", cwd=folder).stdout for command in commands]
        print(socsam("init", "--example", "all", cwd=folder).stderr)
        for shown in helps:
            for example in re.findall(r"^ +(socsam .*)$", shown, re.MULTILINE):
                words = [word.replace("OUT/", "") for word in shlex.split(example)[1:]]
                done = socsam(*words, cwd=folder)
                fine = done.returncode in (0, 1)
                failed += not fine
                print(f"{done.returncode}  {example}{'' if fine else chr(10) + done.stderr}")
    return 1 if failed or len(commands) < 12 else 0


if __name__ == "__main__":
    sys.exit(main())
