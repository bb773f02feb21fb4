"""A record as tables on A4 paper, landscape: headings on every page, page n of m, struck-out rows.

Takes plain rows of text: words are chosen and translated by whoever calls. A cell wraps at its
column's width, a row taller than a page goes on over pages, and no text is ever cut off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from labels.fonts import FONT_NAME, label_font
from labels.wrapping import Wrapping

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 297 * MM, 210 * MM
MARGIN, FOOT = 10 * MM, 14 * MM
SIZE, LEADING, PADDING = 7.0, 8.8, 2.2
TITLE_SIZE, SECTION_SIZE, SMALL_SIZE = 14.0, 9.5, 7.5
INNER = PAGE_WIDTH - 2 * MARGIN
LEAST_LINES = 2
"""A row is begun at the foot of a page only where this many of its lines have room."""

INK, SOFT_INK, RULE, SHADE, WARN = 0.0, 0.42, 0.72, 0.92, (0.65, 0.17, 0.11)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and its width as a share of the others'."""

    title: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row of text; a struck one is crossed out, its remark stands below it, uncrossed."""

    cells: tuple[str, ...]
    is_struck: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One table under a heading; `note` stands between them, `nothing` in the place of no rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """What is drawn. `page_words` has places for %(page)s and %(pages)s; `example_mark` may be
    empty; `language` is the BCP 47 tag of the PDF."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    foot: str
    page_words: str
    example_mark: str = ""
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class PaperSummary:
    """What was drawn, and the characters the font has no glyph for, shown as 〓."""

    pages: int
    unprintable: tuple[str, ...]


@dataclass(slots=True)
class _Mark:
    """Something to draw on a page: text, a line or a shade, by its kind."""

    kind: str
    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    text: str = ""
    size: float = SIZE
    tone: float = INK


class _Layout:
    """Places everything on pages before anything is drawn, so that page n of m is known."""

    def __init__(self, paper: RecordPaper) -> None:
        self.paper = paper
        self.wrapping = Wrapping(label_font())
        self.pages: list[list[_Mark]] = []
        self.y = 0.0
        self.columns: tuple[Column, ...] = ()
        self._new_page(is_first=True)
        for section in paper.sections:
            self._section(section)

    def _text(self, x: float, text: str, size: float = SIZE, tone: float = INK) -> None:
        if text:
            self.pages[-1].append(_Mark("text", x, self.y, text=text, size=size, tone=tone))

    def _lines(self, text: str, size: float, tone: float = INK, width: float = INNER) -> None:
        for line in self.wrapping.lines(text, width, size):
            self.y -= size * 1.3
            self._text(MARGIN, line, size, tone)

    def _new_page(self, *, is_first: bool = False) -> None:
        self.pages.append([])
        self.y = PAGE_HEIGHT - MARGIN
        if is_first:
            self._lines(self.paper.title, TITLE_SIZE)
            self.y -= 3
            told = "    ".join(f"{name} {value}" for name, value in self.paper.facts)
            self._lines(told, SMALL_SIZE, SOFT_INK)
        else:
            self._lines(self.paper.title, SMALL_SIZE, SOFT_INK)
        self.y -= 4

    def _section(self, section: Section) -> None:
        self.columns = section.columns
        if self.y < FOOT + 26 * MM:
            self._new_page()
        self.y -= 5
        self._lines(section.title, SECTION_SIZE)
        if section.note:
            self.y -= 1
            self._lines(section.note, SMALL_SIZE, SOFT_INK)
        self.y -= 4
        if not section.rows:
            self._lines(section.nothing, SIZE, SOFT_INK)
            return
        self._headings()
        for row in section.rows:
            self._row(row)

    def _widths(self) -> list[float]:
        whole = sum(column.share for column in self.columns)
        return [INNER * column.share / whole for column in self.columns]

    def _wrapped(self, texts: Sequence[str]) -> list[list[str]]:
        return [
            self.wrapping.lines(text, width - 2 * PADDING, SIZE)
            for text, width in zip(texts, self._widths(), strict=True)
        ]

    def _headings(self) -> None:
        cells = self._wrapped([column.title for column in self.columns])
        height = max(map(len, cells)) * LEADING + 2 * PADDING
        self.pages[-1].append(_Mark("shade", MARGIN, self.y - height, INNER, height))
        self._cells(cells, 0, max(map(len, cells)), INK, is_struck=False)

    def _row(self, row: Row) -> None:
        cells = self._wrapped(row.cells)
        count = max([1, *map(len, cells)])
        done = 0
        while done < count:
            room = int((self.y - FOOT - 2 * PADDING) // LEADING)
            if room < min(LEAST_LINES, count - done):
                self._new_page()
                self._headings()
                continue
            part = min(room, count - done)
            tone = SOFT_INK if row.is_struck else INK
            self._cells(cells, done, part, tone, row.is_struck)
            done += part
        if row.remark:
            self._remark(row.remark)

    def _remark(self, remark: str) -> None:
        for line in self.wrapping.lines(f"→ {remark}", INNER - 6 * PADDING, SIZE):
            if self.y - LEADING < FOOT:
                self._new_page()
                self._headings()
            self.y -= LEADING
            self._text(MARGIN + 3 * PADDING, line)
        self.y -= PADDING
        self._rule()

    def _cells(
        self, cells: list[list[str]], first: int, count: int, tone: float, is_struck: bool
    ) -> None:
        top, x = self.y, MARGIN
        for lines, width in zip(cells, self._widths(), strict=True):
            self.y = top - PADDING - SIZE
            for line in lines[first : first + count]:
                self._text(x + PADDING, line, tone=tone)
                if is_struck and line:
                    length = self.wrapping.width(line, SIZE)
                    at = self.y + SIZE * 0.3
                    self.pages[-1].append(_Mark("line", x + PADDING, at, length, tone=INK))
                self.y -= LEADING
            x += width
        self.y = top - count * LEADING - 2 * PADDING
        self._rule()

    def _rule(self) -> None:
        self.pages[-1].append(_Mark("line", MARGIN, self.y, INNER, tone=RULE))


def write_record(target: BinaryIO, paper: RecordPaper) -> PaperSummary:
    """Write the paper as a PDF."""
    label_font()
    layout = _Layout(paper)
    canvas = Canvas(
        target,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        initialFontName=FONT_NAME,  # or reportlab adds Helvetica, which is not embedded
        lang=paper.language,
    )
    canvas.setTitle(paper.title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Qijimu")
    for number, marks in enumerate(_emptied(layout.pages), 1):
        pen: tuple[str, float, float] = ("", 0.0, 0.0)
        for mark in marks:
            pen = _draw(canvas, mark, pen)
        said = paper.page_words % {"page": number, "pages": len(layout.pages)}
        _foot(canvas, paper, said, layout.wrapping)
        canvas.showPage()
    canvas.save()
    return PaperSummary(len(layout.pages), layout.wrapping.unprintable)


def _emptied(pages: list[list[_Mark]]) -> Iterator[list[_Mark]]:
    """The pages in turn, each let go once it is drawn: a year's record has a million marks."""
    for at in range(len(pages)):
        marks, pages[at] = pages[at], []
        yield marks


def _draw(canvas: Canvas, mark: _Mark, pen: tuple[str, float, float]) -> tuple[str, float, float]:
    """Draw one mark; `pen` is the kind, tone and size set before, and what is set now comes back.

    Setting them again for each of a hundred thousand texts took as long as the texts (measured).
    """
    wanted = (mark.kind, mark.tone, mark.size)
    if mark.kind == "text":
        if pen != wanted:
            canvas.setFillGray(mark.tone)
            canvas.setFont(FONT_NAME, mark.size)
        canvas.drawString(mark.x, mark.y, mark.text)
    elif mark.kind == "shade":
        canvas.setFillGray(SHADE)
        canvas.rect(mark.x, mark.y, mark.width, mark.height, stroke=0, fill=1)
    else:
        if pen != wanted:
            canvas.setStrokeGray(mark.tone)
            canvas.setLineWidth(0.4)
        canvas.line(mark.x, mark.y, mark.x + mark.width, mark.y)
        return pen if pen[0] == "text" else wanted  # a line leaves the text's own pen as it was
    return wanted


def _foot(canvas: Canvas, paper: RecordPaper, said: str, wrapping: Wrapping) -> None:
    """Who made it and when, the page's number, and the mark of an example."""
    canvas.setFont(FONT_NAME, SMALL_SIZE)
    canvas.setFillGray(SOFT_INK)
    shown = wrapping.lines(paper.foot, INNER * 0.6, SMALL_SIZE)
    for line_number, line in enumerate(shown[:2]):
        canvas.drawString(MARGIN, 9 * MM - line_number * 9, line)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, 9 * MM, wrapping.printable(said))
    if paper.example_mark:
        canvas.setFillColorRGB(*WARN)
        canvas.setFont(FONT_NAME, SECTION_SIZE)
        middle = MARGIN + INNER * 0.75
        canvas.drawCentredString(middle, 9 * MM, wrapping.printable(paper.example_mark))
