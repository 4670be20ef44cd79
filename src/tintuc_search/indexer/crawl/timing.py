"""When an address is looked at again.

New articles are edited most in their first hours and hardly ever after some days, so the time to the next look grows
with the age of the address; after the source's ``refresh`` it is left alone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

SHORTEST = timedelta(hours=1)
"""Between two looks at an article."""
FIRST_RETRY = timedelta(minutes=10)
LONGEST_RETRY = timedelta(days=2)
MOST_TRIES = 10
"""Failures in a row after which an address is given up."""
LONGEST_LIST = timedelta(days=7)
"""Between two looks at a list that is named by another one and does not change."""


def next_look(found_at: datetime, at: datetime, refresh: timedelta) -> datetime | None:
    """When to look at an article again that was found at ``found_at`` and seen at ``at``; None: never.

    The next look is due when the address is half as old again as it is now.
    """
    following = at + max(SHORTEST, (at - found_at) / 2)
    return following if following - found_at <= refresh else None


def next_try(tries: int, at: datetime) -> datetime | None:
    """When to try again after ``tries`` failures in a row; None: never. The wait doubles from ten minutes on."""
    if tries >= MOST_TRIES:
        return None
    doubled: int = 2 ** (tries - 1)
    return at + min(FIRST_RETRY * doubled, LONGEST_RETRY)


def next_list(
    visited_at: datetime | None, at: datetime, every: timedelta, *, same: bool
) -> datetime:
    """When to read a list again: at the next run where it changed, else after twice the time that it stood still."""
    if not same or visited_at is None:
        return at + every
    return at + min(max(every, 2 * (at - visited_at)), LONGEST_LIST)
