"""The memory of a Dask worker: its nanny has the C library hand back what a piece has freed, and the next piece fetches it anew.

That took a worker a third of its speed. The library is told from within instead, by the piece itself, so that nothing need be set where
workers are started.
"""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache
from typing import Final

_TRIM_THRESHOLD: Final = (-1, 1 << 30)
_MMAP_THRESHOLD: Final = (-3, 1 << 25)
"""Numbers of `mallopt` in glibc's malloc.h, each with its size in bytes; 32 MiB is the most that the second may be."""

HANDED_BACK: Final = (
    "the C library of the Dask workers hands memory back after each piece, which may take a third of their speed\n"
    "   start them with MALLOC_TRIM_THRESHOLD_=1073741824 and MALLOC_MMAP_THRESHOLD_=33554432 in their environment"
)


@lru_cache(maxsize=1)
def kept() -> bool:
    """Let this process keep the memory that it frees; whether it does. A system without that way of handing back keeps it anyway."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library, which reads none of these settings
        return True
    return all(mallopt(which, size) == 1 for which, size in (_TRIM_THRESHOLD, _MMAP_THRESHOLD))
