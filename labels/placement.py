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
CODE_MM = 2.8
CODE_LEAST_MM = 34.5  # what a code of 16 characters is long, give or take a millimetre
CODE_LEFT_MM = 37.5
MARK_LARGEST_MM = 2.3
MARK_SMALLEST_MM = 1.8

LEADING_MM = 3.6  # from line to line of the rows, and how far that may shrink and grow
LEAST_LEADING_MM = 2.85
MOST_LEADING_MM = 5.2
_RULE_BELOW_NAME_MM = 1.7
_ROWS_BELOW_RULE_MM = 0.4
_ROWS_ABOVE_CODE_MM = 4.2
_CAPTION_GAP_MM = 1.7
_CALL_ABOVE_MM = 0.4  # at least, between the call and what is under it
_CALL_BELOW_QUIET_MM = 0.5  # at most
_FOOT_GAP_MM = 1.5
_COLUMN_GAP_MM = 0.25  # between the text column and the quiet zone
_LEAST_NAME_MM = 4.0  # height that is always left for the name


@dataclass(frozen=True, slots=True)
class CodePlace:
    """Where the code in letters begins, or ends if `is_right`; a longer one is set narrower."""

    edge_mm: float
    baseline_mm: float
    room_mm: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Placement:
    """Everything all labels of a job share, and where each one's code goes."""

    runs: tuple[TextRun, ...]
    rule_left_mm: float
    rule_top_mm: float
    rule_length_mm: float
    code: CodePlace


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

    rows_top = rule_top + _ROWS_BELOW_RULE_MM
    runs = list(block.runs)
    lines = sum(len(row.lines) for row in set_rows)
    leading = min(MOST_LEADING_MM, (last_baseline - rows_top) / lines) if lines else 0.0
    baseline = rows_top
    for row in set_rows:
        caption = TextRun(row.row.caption, left, baseline + leading, CAPTION_MM)
        runs.append(caption)
        for line in row.lines:
            baseline += leading
            runs.append(TextRun(line, value_left, baseline, row.size_mm, row.row.is_strong))
    foot, code = _foot(stock, text, code_baseline)
    return Placement((*runs, *foot), left, rule_top, width, code)


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
    room = last_baseline - _ROWS_BELOW_RULE_MM - _RULE_BELOW_NAME_MM - stock.inset_top_mm
    least = room - lines * LEAST_LEADING_MM
    if least < _LEAST_NAME_MM:
        for row in rows:
            if len(row.lines) > 1:
                raise LabelTextTooLong(f"row {row.row.caption}", row.row.value, width)
        raise TooManyRows(len(rows), room - _LEAST_NAME_MM)
    roomy = room - lines * LEADING_MM
    try:
        block = name_block(text, stock.inset_x_mm, stock.inset_top_mm, width, roomy)
    except LabelTextTooLong:
        block = name_block(text, stock.inset_x_mm, stock.inset_top_mm, width, least)
    return block, block.baseline_mm + _RULE_BELOW_NAME_MM


def _foot(stock: Stock, text: LabelText, baseline: float) -> tuple[list[TextRun], CodePlace]:
    """The call under the symbol's quiet zone, the example mark, and the place of the code."""
    left, right = stock.inset_x_mm, stock.label_width_mm - stock.inset_x_mm
    quiet_end = stock.symbol_top_mm + stock.symbol_box_mm
    runs = []
    if stock.is_code_left:
        room = right - left - CODE_LEFT_MM - _FOOT_GAP_MM
        code = CodePlace(left, baseline, CODE_LEFT_MM, is_right=False)
        call_end = baseline
        if text.example_mark:
            size = fit_line("example_mark", text.example_mark, room, 2.1, MARK_SMALLEST_MM)
            runs.append(_centred(stock, text.example_mark, size, baseline))
            call_end -= ink(text.example_mark)[0] * size + _CALL_ABOVE_MM
        if width_mm(text.call, CALL_SMALLEST_MM) > room:  # too long to stand beside the code
            room = right - stock.symbol_left_mm
            call_end = min(call_end, baseline - CAP_HEIGHT * CODE_MM - _CALL_ABOVE_MM)
    else:
        room = right - stock.symbol_left_mm
        code_room = right - left
        call_end = baseline - CAP_HEIGHT * CODE_MM - _CALL_ABOVE_MM
        if text.example_mark:
            mark_room = code_room - CODE_LEAST_MM - _FOOT_GAP_MM
            size = fit_line(
                "example_mark", text.example_mark, mark_room, MARK_LARGEST_MM, MARK_SMALLEST_MM
            )
            runs.append(TextRun(text.example_mark, left, baseline, size))
            code_room -= width_mm(text.example_mark, size) + _FOOT_GAP_MM
        code = CodePlace(right, baseline, code_room, is_right=True)
    above, below = ink(text.call)
    largest = min(CALL_LARGEST_MM, (call_end - quiet_end) / (above + below))
    size = fit_line("call", text.call, room, largest, CALL_SMALLEST_MM)
    spare = call_end - quiet_end - (above + below) * size
    call_baseline = quiet_end + min(spare, _CALL_BELOW_QUIET_MM) + above * size
    runs.append(_centred(stock, text.call, size, call_baseline, is_bold=True))
    return runs, code


def _centred(
    stock: Stock, text: str, size: float, baseline: float, *, is_bold: bool = False
) -> TextRun:
    """A text under the middle of the symbol, as far as the right inset allows."""
    length = width_mm(text, size)
    middle = stock.symbol_left_mm + stock.symbol_box_mm / 2
    left = min(middle - length / 2, stock.label_width_mm - stock.inset_x_mm - length)
    return TextRun(text, left, baseline, size, is_bold)
