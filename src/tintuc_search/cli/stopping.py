"""Ending a command at the next point where nothing is lost."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

SIGNALLED = 128
"""What is added to a signal's number to make the exit code of what it ended, as shells do."""


class Stop:
    """Whether a signal asked to end, and which."""

    def __init__(self) -> None:
        self.number = 0

    def asked(self) -> bool:
        """Whether to end."""
        return self.number != 0

    @property
    def exit_code(self) -> int:
        """The exit code of a command that was ended so."""
        return SIGNALLED + self.number


@contextmanager
def stopping() -> Iterator[Stop]:
    """Take the first Ctrl-C or SIGTERM as a wish to end, told by what is yielded; a second one ends at once."""
    stop = Stop()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def take(number: int, _frame: FrameType | None) -> None:
        stop.number = number
        _restore()

    def _restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in before:
        signal.signal(number, take)
    try:
        yield stop
    finally:
        _restore()
