"""A notice for a shop's wall: one A4 page, as large as its words allow, with a symbol to scan.

The same page in black and white: nothing is said by colour alone.
"""

import io
import unicodedata
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from labels.drawing import draw_run, points
from labels.errors import LabelTextTooLong, TextEmpty
from labels.fitting import may_break
from labels.fonts import FONT_NAME, label_font, width_mm
from labels.name_block import TextRun
from labels.symbol import QUIET_ZONE, encode

PAGE_MM = (210.0, 297.0)
MARGIN_MM = 16.0
BAND_MM = 66.0
FOOT_MM = 72.0
SYMBOL_MM = 50.0
GAP_MM = 7.0
LEADING = 1.28
PRODUCT_MM, PRODUCT_SMALLEST_MM, MOST_PRODUCT_LINES = 19.0, 6.0, 3
SMALLEST_SCALE = 0.34
BAND_COLOUR = (0.64, 0.165, 0.11)
NO_GLYPH = "〓"
"""What printers have always set for a character they have no type for."""

_STEP = 0.04


@dataclass(frozen=True, slots=True)
class PosterText:
    """The words of a poster, already chosen and translated; captions stand above what they name.

    `second_title` is the title in another language, `call` stands beneath the symbol of `address`;
    `address`, `phone`, `lots` and `example_mark` may be empty, and are then left out.
    """

    title: str
    second_title: str
    products: str
    lots_caption: str
    lots: str
    reason_caption: str
    reason: str
    advice: str
    phone_caption: str
    phone: str
    call: str
    address: str
    coop: str
    since: str
    example_mark: str = ""
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph: its size at full scale, and the room above it as a share of GAP_MM."""

    text: str
    size_mm: float
    gap: float
    is_bold: bool = False


def poster_pdf(text: PosterText) -> bytes:
    """The poster, the same bytes for the same words.

    Raises TextEmpty for a poster of nothing, LabelTextTooLong where it fits at no readable size.
    """
    for name in ("title", "products", "reason", "advice"):
        if not getattr(text, name).strip():
            raise TextEmpty(name)
    label_font()
    file = io.BytesIO()
    canvas = Canvas(
        file,
        pagesize=(points(PAGE_MM[0]), points(PAGE_MM[1])),
        pageCompression=1,
        invariant=1,
        initialFontName=FONT_NAME,
        lang=text.language,
    )
    canvas.setTitle(f"{text.title}: {text.products}"[:200])
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Qijimu")
    _band(canvas, text)
    _body(canvas, text)
    _foot(canvas, text)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def printable(text: str) -> str:
    """The text in characters the font has: a letter it lacks is 〓, any other sign left out."""
    known = label_font().face.charToGlyph
    return "".join(
        one if ord(one) in known else NO_GLYPH if unicodedata.category(one)[0] == "L" else ""
        for one in text
    )


def lines_of(text: str, size_mm: float, room_mm: float) -> list[str]:
    """A text broken into lines no longer than the room, never within a lot number such as HG-1-2.

    One word that is longer than a line is broken where it must be.
    """
    done, line, last = [], "", 0
    for one in text:
        if line and width_mm(line + one, size_mm) > room_mm and one != " ":
            at = last if last else len(line)
            done.append(line[:at].rstrip())
            line = line[at:].lstrip()
            last = 0
        line += one
        if len(line) > 1 and line[-2] != "-" and may_break(line[-2], line[-1]):
            last = len(line) - 1
    return [*done, line.rstrip()] if line.strip() else done


def _run(
    canvas: Canvas, words: str, left: float, baseline: float, size: float, bold: bool = False
) -> None:
    draw_run(canvas, TextRun(words, left, baseline, size, bold), PAGE_MM[1])


def _fitted(words: str, room: float, largest: float, smallest: float) -> tuple[str, float]:
    """A line and its size: shrunk, and where that is not enough cut with a sign that it was."""
    width = width_mm(words, 1.0)
    size = min(largest, room / width) if width else largest
    if size >= smallest:
        return words, size
    while words and width_mm(words + "…", smallest) > room:
        words = words[:-1]
    return words + "…", smallest


def _band(canvas: Canvas, text: PosterText) -> None:
    width, height = PAGE_MM
    room = width - 2 * MARGIN_MM
    canvas.setFillColorRGB(*BAND_COLOUR)
    canvas.rect(0, points(height - BAND_MM), points(width), points(BAND_MM), stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setStrokeColorRGB(1, 1, 1)
    words, size = _fitted(printable(text.title), room, 31.0, 12.0)
    _run(canvas, words, (width - width_mm(words, size)) / 2, 41.0, size, bold=True)
    if text.second_title:
        words, size = _fitted(printable(text.second_title), room, 11.0, 6.0)
        _run(canvas, words, (width - width_mm(words, size)) / 2, 57.0, size)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setStrokeColorRGB(0, 0, 0)


def _blocks(text: PosterText) -> list[_Block]:
    products, size = printable(text.products), PRODUCT_MM
    room = PAGE_MM[0] - 2 * MARGIN_MM
    while size > PRODUCT_SMALLEST_MM and len(lines_of(products, size, room)) > MOST_PRODUCT_LINES:
        size -= 0.5
    found = [_Block(products, size, 0.6, is_bold=True)]
    if text.lots:
        found.append(_Block(printable(text.lots_caption), 5.6, 0.7))
        found.append(_Block(printable(text.lots), 9.0, 0.15))
    found.append(_Block(printable(text.reason_caption), 5.6, 1.0))
    found.append(_Block(printable(text.reason), 9.0, 0.15))
    found.append(_Block(printable(text.advice), 12.5, 1.2, is_bold=True))
    return found


def _body(canvas: Canvas, text: PosterText) -> None:
    """The words between band and foot at the largest scale at which all of them fit."""
    room, height = PAGE_MM[0] - 2 * MARGIN_MM, PAGE_MM[1] - BAND_MM - FOOT_MM
    blocks, scale = _blocks(text), 1.0
    while (tall := _height(blocks, scale, room)) > height:
        scale -= _STEP
        if scale < SMALLEST_SCALE:
            raise LabelTextTooLong("poster", text.products, height)
    spare = min((height - tall) / 3, 10.0)
    top = BAND_MM + spare
    for block in blocks:
        size = block.size_mm * scale
        top += block.gap * GAP_MM * scale
        for line in lines_of(block.text, size, room):
            _run(canvas, line, MARGIN_MM, top + size * 0.9, size, block.is_bold)
            top += size * LEADING


def _height(blocks: list[_Block], scale: float, room: float) -> float:
    return sum(
        block.gap * GAP_MM * scale
        + len(lines_of(block.text, block.size_mm * scale, room)) * block.size_mm * scale * LEADING
        for block in blocks
    )


def _foot(canvas: Canvas, text: PosterText) -> None:
    width, height = PAGE_MM
    top = height - FOOT_MM
    canvas.setLineWidth(points(0.5))
    canvas.line(points(MARGIN_MM), points(FOOT_MM), points(width - MARGIN_MM), points(FOOT_MM))
    room = width - 2 * MARGIN_MM
    if text.address:
        left = width - MARGIN_MM - SYMBOL_MM
        _symbol(canvas, text.address, left, top + 6.0)
        room = left - MARGIN_MM - 6.0
        call, size = _fitted(printable(text.call), SYMBOL_MM, 4.2, 2.8)
        _run(canvas, call, left + (SYMBOL_MM - width_mm(call, size)) / 2, top + 61.5, size)
    baseline = top + 14.0
    if text.phone:
        _run(canvas, printable(text.phone_caption), MARGIN_MM, top + 12.0, 5.2)
        words, size = _fitted(printable(text.phone), room, 13.0, 5.0)
        _run(canvas, words, MARGIN_MM, top + 27.0, size, bold=True)
        baseline = top + 40.0
    for line in lines_of(printable(text.coop), 6.0, room)[:2]:
        _run(canvas, line, MARGIN_MM, baseline, 6.0)
        baseline += 6.0 * LEADING
    words, size = _fitted(printable(text.since), room, 4.8, 3.2)
    _run(canvas, words, MARGIN_MM, baseline + 1.0, size)
    if text.example_mark:
        words, size = _fitted(printable(text.example_mark), room, 4.8, 3.2)
        _run(canvas, words, MARGIN_MM, baseline + 9.0, size)


def _symbol(canvas: Canvas, address: str, left: float, top: float) -> None:
    """The symbol with its quiet zone in a square of SYMBOL_MM, from the page's top left corner."""
    symbol = encode(address, "M")
    module = SYMBOL_MM / (symbol.side + 2 * QUIET_ZONE)
    for row in range(symbol.side):
        for column in range(symbol.side):
            if symbol.is_dark(row, column):
                canvas.rect(
                    points(left + (column + QUIET_ZONE) * module),
                    points(PAGE_MM[1] - top - (row + QUIET_ZONE + 1) * module),
                    points(module),
                    points(module),
                    stroke=0,
                    fill=1,
                )
