"""Python's collector of cycles, and when it should wait."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """While a hundred thousand small tuples are made, none of them in a cycle, the collector of cycles
    would walk over all of them again and again: it waits. Afterwards they count as old at once
    (freezing and thawing does that without a walk) and are looked at when everything is."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
