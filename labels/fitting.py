"""Fitting one text into a width: shrink within bounds, then break in two, then refuse."""

from labels.errors import LabelTextTooLong
from labels.fonts import width_mm

_NEVER_FIRST = frozenset("，。、；：！？）》」』】〉…·,.;:!?)]}%")
# After these a Chinese address or name rather breaks: province, city, county, town, village ...
_ENDS_PART = frozenset("省市县区旗州镇乡村庄、，；）》")
_NEVER_LAST = frozenset("（《「『【〈([{")


def size_for(text: str, room_mm: float, largest_mm: float) -> float:
    """The largest font size, at most `largest_mm`, at which a text fits its room in one line."""
    return min(largest_mm, room_mm / width_mm(text, 1.0))


def fit_line(field: str, text: str, room_mm: float, largest_mm: float, smallest_mm: float) -> float:
    """The font size of a text that must stay in one line. Raises LabelTextTooLong."""
    size = size_for(text, room_mm, largest_mm)
    if size < smallest_mm:
        raise LabelTextTooLong(field, text, room_mm)
    return size


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between these two characters."""
    if before in _NEVER_LAST or after in _NEVER_FIRST or after == " ":
        return False
    if before == " " or before == "-":
        return True
    return not (before.isascii() and after.isascii())


def halves(text: str) -> list[tuple[str, str]]:
    """The ways to break a text in two, best first: where a part of it ends, then most evenly.

    Empty where it has no place to break.
    """
    pairs = [
        (text[:i].rstrip(), text[i:])
        for i in range(1, len(text))
        if may_break(text[i - 1], text[i])
    ]
    best = [min(pairs, key=key) for key in (_unevenness, _longest) if pairs]
    return list(dict.fromkeys(best))


def _longest(pair: tuple[str, str]) -> float:
    return max(width_mm(part, 1.0) for part in pair)


def _unevenness(pair: tuple[str, str]) -> float:
    head, tail = pair
    ends_part = head[-1] in _ENDS_PART or tail[0] in _NEVER_LAST
    return _longest(pair) * (0.8 if ends_part else 1.0)


def fit_lines(
    field: str, text: str, room_mm: float, largest_mm: float, smallest_mm: float
) -> tuple[float, tuple[str, ...]]:
    """Font size, and one line or two, where `smallest_mm` is reached. Raises LabelTextTooLong."""
    size = size_for(text, room_mm, largest_mm)
    if size >= smallest_mm:
        return size, (text,)
    for broken in halves(text):
        size = min(size_for(part, room_mm, largest_mm) for part in broken)
        if size >= smallest_mm:
            return size, broken
    raise LabelTextTooLong(field, text, room_mm)
