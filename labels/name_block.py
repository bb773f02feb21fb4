"""The top of a label: product name as large as it goes, net quantity, the name once more."""

from dataclasses import dataclass

from labels.errors import LabelTextTooLong
from labels.fitting import halves, size_for
from labels.fonts import INK_ABOVE, INK_BELOW, width_mm
from labels.text import LabelText

NAME_LARGEST_MM = 7.2
NAME_SMALLEST_ONE_LINE_MM = 4.4  # smaller than this, two lines are larger
NAME_SMALLEST_MM = 3.0
QUANTITY_MM = 2.7
SECOND_LARGEST_MM = 2.6
SECOND_SMALLEST_MM = 2.0
_NAME_LEADING = 1.12  # share of the font size from line to line
_BENEATH_MM = 3.9  # from the name's baseline to that of the line beneath it
_GAP_MM = 2.0


@dataclass(frozen=True, slots=True)
class TextRun:
    """A text in one line: left end and baseline in mm from the label's top left corner."""

    text: str
    left_mm: float
    baseline_mm: float
    size_mm: float
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class NameBlock:
    """The runs of the block and the baseline of the lowest."""

    runs: tuple[TextRun, ...]
    baseline_mm: float


def name_block(
    text: LabelText, left_mm: float, top_mm: float, width: float, height_mm: float
) -> NameBlock:
    """Set the block in the first arrangement that leaves the name large enough.

    One line before two, quantity beside the name before beneath it; `height_mm` is for ink.
    Raises LabelTextTooLong for product_name, net_quantity or second_name.
    """
    quantity_mm = width_mm(text.net_quantity, QUANTITY_MM)
    if quantity_mm > width:
        raise LabelTextTooLong("net_quantity", text.net_quantity, width)
    name_lines: list[tuple[tuple[str, ...], float]] = [
        ((text.product_name,), NAME_SMALLEST_ONE_LINE_MM)
    ]
    name_lines += [(broken, NAME_SMALLEST_MM) for broken in halves(text.product_name)]
    name_lines.append(((text.product_name,), NAME_SMALLEST_MM))
    second_refused = False
    for lines, smallest in name_lines:
        for is_beside in (True, False):
            room = width - quantity_mm - _GAP_MM if is_beside else width
            second_room = width if is_beside else width - quantity_mm - _GAP_MM
            if text.second_name:
                second_mm = size_for(text.second_name, second_room, SECOND_LARGEST_MM)
                if second_mm < SECOND_SMALLEST_MM:
                    second_refused = True
                    continue
            has_beneath = bool(text.second_name) or not is_beside
            size = _name_size(lines, room, width, height_mm, has_beneath)
            if size >= smallest:
                return _set(text, lines, size, is_beside, left_mm, top_mm, second_room)
    if second_refused and size_for(text.second_name, width, SECOND_LARGEST_MM) < SECOND_SMALLEST_MM:
        raise LabelTextTooLong("second_name", text.second_name, width)
    raise LabelTextTooLong("product_name", text.product_name, width)


def _name_size(
    lines: tuple[str, ...], last_room: float, room: float, height_mm: float, has_beneath: bool
) -> float:
    """The largest size for these lines, the last of which may share its width with the quantity."""
    size = size_for(lines[-1], last_room, NAME_LARGEST_MM) if last_room > 0 else 0.0
    for line in lines[:-1]:
        size = min(size, size_for(line, room, NAME_LARGEST_MM))
    fixed_mm = _BENEATH_MM + INK_BELOW * QUANTITY_MM if has_beneath else 0.0
    below = 0.0 if has_beneath else INK_BELOW
    tall = INK_ABOVE + (len(lines) - 1) * _NAME_LEADING + below
    return min(size, (height_mm - fixed_mm) / tall)


def _set(
    text: LabelText,
    lines: tuple[str, ...],
    size: float,
    is_beside: bool,
    left_mm: float,
    top_mm: float,
    second_room: float,
) -> NameBlock:
    baseline = top_mm + INK_ABOVE * size
    runs = []
    for line in lines:
        runs.append(TextRun(line, left_mm, baseline, size, is_bold=True))
        baseline += _NAME_LEADING * size
    baseline -= _NAME_LEADING * size
    after = left_mm
    if is_beside:
        after += width_mm(lines[-1], size) + _GAP_MM
        runs.append(TextRun(text.net_quantity, after, baseline, QUANTITY_MM, is_bold=True))
        after = left_mm
    if text.second_name or not is_beside:
        baseline += _BENEATH_MM
    if text.second_name:
        second_mm = size_for(text.second_name, second_room, SECOND_LARGEST_MM)
        runs.append(TextRun(text.second_name, after, baseline, second_mm))
        after += width_mm(text.second_name, second_mm) + _GAP_MM
    if not is_beside:
        runs.append(TextRun(text.net_quantity, after, baseline, QUANTITY_MM, is_bold=True))
    return NameBlock(tuple(runs), baseline)
