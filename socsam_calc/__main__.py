"""``socsam`` and ``python -m socsam_calc``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and exit with its status."""
    try:
        import signal

        if signal.getsignal(signal.SIGINT) == signal.default_int_handler:  # else Ctrl-C is ignored, and stays so
            signal.signal(signal.SIGINT, _leave)
    except KeyboardInterrupt:
        os._exit(130)
    import gc

    for number in range(3):
        _keep(number)
    gc.disable()  # a short run makes no cyclic garbage worth collecting; a long one turns it on again
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for them reads every installed package
    from .cli.app import run
    from .cli.lean import leave_out_what_a_short_run_does_not_use

    status = run(ready=leave_out_what_a_short_run_does_not_use)
    gc.freeze()  # nor is what is left worth looking through at the end
    sys.exit(status)


def _leave(number: int, _: object) -> None:
    """Ctrl-C, wherever the program is, at its imports too: what must be cleared up hears of it first."""
    os._exit(128 + number)


def _keep(number: int) -> None:
    """Let no file that is opened later take the place of a standard stream that is closed: what is written there would end up in it."""
    try:
        os.fstat(number)
    except OSError:
        os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


if __name__ == "__main__":
    main()
