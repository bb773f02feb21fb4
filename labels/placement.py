"""Where everything on a label stands: geometry, from a stock and a text to runs of text in mm."""

from dataclasses import dataclass

from labels.errors import LabelTextTooLong, TooManyRows
from labels.fitting import fit_line, fit_lines
from labels.fonts import CAP_HEIGHT, check_text, ink, width_mm
from labels.name_block import NameBlock, TextRun, name_block
from labels.stock import Stock
from labels.text import LabelRow, LabelText

# Font sizes in mm. GB 7718 asks for characters of at least 1.8 mm on food labels.
CAPTION_MM = 2.5
VALUE_LARGEST_MM = 2.8
VALUE_CROWDED_MM = 2.4
VALUE_SMALLEST_MM = 2.0
_STRONGER_MM = 0.4
_UNCROWDED_LINES = 4
CALL_LARGEST_MM = 2.7
CALL_SMALLEST_MM = 2.0
CODE_MM = 2.9
MARK_MM = 2.3

LEAST_LEADING_MM = 2.85  # from line to line of the rows
MOST_LEADING_MM = 4.9
_RULE_BELOW_NAME_MM = 1.7
_ROWS_ABOVE_CODE_MM = 4.4
_CAPTION_GAP_MM = 1.7
_CALL_ABOVE_CODE_MM = 0.35
_COLUMN_GAP_MM = 0.25  # between the text column and the quiet zone
_LEAST_NAME_MM = 4.4  # height that is always left for the name


@dataclass(frozen=True, slots=True)
class Placement:
    """Everything all labels of a job share; a code and a symbol are added to each.

    The code ends at `code_right_mm` and may be `code_room_mm` long.
    """

    runs: tuple[TextRun, ...]
    rule_left_mm: float
    rule_top_mm: float
    rule_length_mm: float
    code_right_mm: float
    code_baseline_mm: float
    code_room_mm: float


@dataclass(frozen=True, slots=True)
class _SetRow:
    row: LabelRow
    size_mm: float
    lines: tuple[str, ...]


def place(stock: Stock, text: LabelText) -> Placement:
    """Place a text on a stock, shrinking and breaking within the bounds above.

    Raises LabelTextTooLong, TooManyRows, TextEmpty and GlyphMissing.
    """
    for field, words in text.fields():
        check_text(field, words)
    left = stock.inset_x_mm
    width = stock.symbol_left_mm - _COLUMN_GAP_MM - left
    code_baseline = stock.label_height_mm - stock.inset_bottom_mm
    last_baseline = code_baseline - _ROWS_ABOVE_CODE_MM

    captions = max((width_mm(row.caption, CAPTION_MM) for row in text.rows), default=0.0)
    value_left = left + captions + _CAPTION_GAP_MM
    value_room = left + width - value_left
    set_rows = _set_rows(text.rows, value_room, VALUE_LARGEST_MM)
    if sum(len(row.lines) for row in set_rows) > _UNCROWDED_LINES:
        set_rows = _set_rows(text.rows, value_room, VALUE_CROWDED_MM)
    block, rule_top = _name_above_rows(stock, text, set_rows, width, last_baseline)

    runs = list(block.runs)
    lines = sum(len(row.lines) for row in set_rows)
    leading = min(MOST_LEADING_MM, (last_baseline - rule_top) / lines) if lines else 0.0
    baseline = rule_top
    for row in set_rows:
        caption = TextRun(row.row.caption, left, baseline + leading, CAPTION_MM)
        runs.append(caption)
        for line in row.lines:
            baseline += leading
            runs.append(TextRun(line, value_left, baseline, row.size_mm, row.row.is_strong))
    runs.append(_call(stock, text, code_baseline))

    right = stock.label_width_mm - stock.inset_x_mm
    code_room = right - left
    if text.example_mark:
        runs.append(TextRun(text.example_mark, left, code_baseline, MARK_MM))
        code_room -= width_mm(text.example_mark, MARK_MM) + 2.0
        if code_room < 14 * CODE_MM:  # no code of 16 characters is as long, but for one in millions
            raise LabelTextTooLong("example_mark", text.example_mark, right - left - 14 * CODE_MM)
    return Placement(tuple(runs), left, rule_top, width, right, code_baseline, code_room)


def _set_rows(rows: tuple[LabelRow, ...], room: float, largest_mm: float) -> list[_SetRow]:
    set_rows = []
    for row in rows:
        largest = largest_mm + _STRONGER_MM if row.is_strong else largest_mm
        if room <= 0:
            raise LabelTextTooLong("caption", row.caption, 0.0)
        size, lines = fit_lines(f"row {row.caption}", row.value, room, largest, VALUE_SMALLEST_MM)
        set_rows.append(_SetRow(row, size, lines))
    return set_rows


def _name_above_rows(
    stock: Stock, text: LabelText, rows: list[_SetRow], width: float, last_baseline: float
) -> tuple[NameBlock, float]:
    """The name in the height the rows leave, and where the rule between them goes."""
    lines = sum(len(row.lines) for row in rows)
    rows_mm = lines * LEAST_LEADING_MM
    height = last_baseline - rows_mm - _RULE_BELOW_NAME_MM - stock.inset_top_mm
    if height < _LEAST_NAME_MM:
        room = last_baseline - stock.inset_top_mm - _RULE_BELOW_NAME_MM - _LEAST_NAME_MM
        for row in rows:
            if len(row.lines) > 1 and len(rows) * LEAST_LEADING_MM <= room:
                raise LabelTextTooLong(f"row {row.row.caption}", row.row.value, width)
        raise TooManyRows(len(rows), room)
    block = name_block(text, stock.inset_x_mm, stock.inset_top_mm, width, height)
    return block, block.baseline_mm + _RULE_BELOW_NAME_MM


def _call(stock: Stock, text: LabelText, code_baseline: float) -> TextRun:
    """The call under the symbol's quiet zone, in the middle between it and the code."""
    quiet_end = stock.symbol_top_mm + stock.symbol_box_mm
    height = code_baseline - CAP_HEIGHT * CODE_MM - quiet_end
    above, below = ink(text.call)
    largest = min(CALL_LARGEST_MM, (height - _CALL_ABOVE_CODE_MM) / (above + below))
    size = fit_line("call", text.call, stock.symbol_box_mm, largest, CALL_SMALLEST_MM)
    middle = stock.symbol_left_mm + stock.symbol_box_mm / 2
    length = width_mm(text.call, size)
    left = min(middle - length / 2, stock.label_width_mm - stock.inset_x_mm - length)
    baseline = quiet_end + above * size
    return TextRun(text.call, left, baseline, size, is_bold=True)
