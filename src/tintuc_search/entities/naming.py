"""The whole name of a body that the article gives by its kind only."""

from __future__ import annotations

_CITY = "thành phố"


def with_area(name: str, area: str) -> str:
    """A body's name with the province that it is of.

    >>> with_area("Sở Xây dựng", "Hà Nội"), with_area("Công an thành phố", "Thành phố Hồ Chí Minh")
    ('Sở Xây dựng Hà Nội', 'Công an Thành phố Hồ Chí Minh')
    """
    if not area:
        return name
    if area.casefold().startswith(_CITY) and name.casefold().endswith(f" {_CITY}"):
        name = name[: -len(_CITY)].rstrip()
    return f"{name} {area}"
