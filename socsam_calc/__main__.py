"""``socsam`` and ``python -m socsam_calc``."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and exit with its status."""
    gc.disable()  # a short run makes no cyclic garbage worth collecting; a long one turns it on again
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for them reads every installed package
    from .cli.app import run

    status = run()
    gc.freeze()  # nor is what is left worth looking through at the end
    sys.exit(status)


if __name__ == "__main__":
    main()
