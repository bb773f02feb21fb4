"""Paper and ink for the example's papers: words, tables, frames and seals on one PDF page.

Lengths in points from the lower left corner, as PDF counts. All text is in the label font.
"""

import io
import math
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from labels.fonts import FONT_NAME, label_font

from .paint import INK

QUIET: Final = "#7a6a58"
SEAL: Final = "#c0392b"
WATERMARK: Final = "#f1e6d0"


class Sheet:
    """One page of a PDF, already tinted and marked 示例 (example) across."""

    def __init__(self, title: str, width: float, height: float) -> None:
        label_font()  # a second name for the same face would break labels made later
        self.width, self.height = width, height
        self._out = io.BytesIO()
        # invariant: no time of making, no random id; the same input gives the same bytes
        self.canvas = Canvas(
            self._out,
            pagesize=(width, height),
            invariant=1,
            lang="zh-CN",
            initialFontName=FONT_NAME,  # else every page names Helvetica, which is not embedded
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor("Qijimu")
        self.box(0, 0, width, height, "#fffdf6")
        self.canvas.saveState()
        self.canvas.translate(width / 2, height / 2)
        self.canvas.rotate(30)
        self.words(0, -60, "示例", min(width, height) * 0.42, WATERMARK, align="middle")
        self.canvas.restoreState()

    def pdf(self) -> bytes:
        """The finished file."""
        self.canvas.save()
        return self._out.getvalue()

    def words(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str = INK,
        *,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """One line of text; bold is drawn with an outline, as the font has one weight."""
        x -= {"left": 0.0, "middle": 0.5, "right": 1.0}[align] * self.text_width(text, size)
        line = self.canvas.beginText(x, y)
        line.setFont(FONT_NAME, size)
        line.setFillColor(HexColor(colour))
        if bold:
            self.canvas.setStrokeColor(HexColor(colour))
            self.canvas.setLineWidth(size * 0.028)
        line.setTextRenderMode(2 if bold else 0)
        line.textOut(text)
        line.setTextRenderMode(0)
        self.canvas.drawText(line)

    def text_width(self, text: str, size: float) -> float:
        """How wide a line of text is."""
        return float(stringWidth(text, FONT_NAME, size))

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle by its lower left corner."""
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def rule(self, x0: float, x1: float, y: float, colour: str, width: float = 0.7) -> None:
        """A level line."""
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, y, x1, y)

    def fact(self, x: float, y: float, width: float, names: tuple[str, str], said: str) -> None:
        """A caption in two languages, what it says below, a rule; long words are set smaller."""
        self.words(x, y, f"{names[0]} {names[1]}", 8.5, QUIET)
        size = min(13.0, 13 * width / max(1, self.text_width(said, 13)))
        self.words(x, y - 16, said, size)
        self.rule(x, x + width, y - 22, "#d9c9a8")

    def seal(self, x: float, y: float, purpose: str, radius: float = 46) -> None:
        """A round red seal that says it is an example."""
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(-9)
        canvas.setStrokeColor(HexColor(SEAL))
        canvas.setLineWidth(radius * 0.055)
        canvas.circle(0, 0, radius, stroke=1, fill=0)
        rim = "虚构示例·不具效力"
        for place, sign in enumerate(rim):
            canvas.saveState()
            canvas.rotate(104 - place * 26)
            self.words(0, radius * 0.72, sign, radius * 0.2, SEAL, align="middle")
            canvas.restoreState()
        canvas.setFillColor(HexColor(SEAL))
        star = canvas.beginPath()
        for point in range(10):
            reach = radius * (0.34 if point % 2 == 0 else 0.14)
            angle = math.radians(90 + point * 36)
            go = star.lineTo if point else star.moveTo
            go(reach * math.cos(angle), reach * math.sin(angle) + radius * 0.12)
        star.close()
        canvas.drawPath(star, stroke=0, fill=1)
        self.words(0, -radius * 0.56, purpose, radius * 0.23, SEAL, align="middle")
        canvas.restoreState()

    def wave_frame(self, colour: str) -> None:
        """A frame of interlaced waves between two lines, as certificates have."""
        canvas, inset, deep = self.canvas, 34.0, 9.0
        canvas.setStrokeColor(HexColor(colour))
        wide, high = self.width - 2 * inset, self.height - 2 * inset
        for outwards, line in ((deep + 5, 1.6), (-deep - 5, 0.8)):
            canvas.setLineWidth(line)
            canvas.rect(
                inset - outwards, inset - outwards, wide + 2 * outwards, high + 2 * outwards
            )
        canvas.setLineWidth(0.6)
        for shift in range(4):
            for length, turn, x, y in (
                (wide, 0, inset, inset),
                (wide, 0, inset, inset + high),
                (high, 90, inset, inset),
                (high, 90, inset + wide, inset),
            ):
                canvas.saveState()
                canvas.translate(x, y)
                canvas.rotate(turn)
                wave = canvas.beginPath()
                turns = round(length / 36)
                for step in range(turns * 12 + 1):
                    angle = step / 12 * 2 * math.pi + shift * math.pi / 4
                    go = wave.lineTo if step else wave.moveTo
                    go(length * step / (turns * 12), deep * math.sin(angle))
                canvas.drawPath(wave)
                canvas.restoreState()

    def leaf_crest(self, x: float, y: float, colour: str, size: float = 30) -> None:
        """Two leaves and a stalk: the mark above a certificate's title."""
        canvas = self.canvas
        for side, share in ((-1, 1.0), (1, 0.8)):
            canvas.setFillColor(HexColor(colour))
            leaf = canvas.beginPath()
            leaf.moveTo(x, y - size * 0.5)
            tip = (x + side * size * share, y + size * 0.75 * share)
            leaf.curveTo(x, y + size * 0.5, x + side * size * 0.4, y + size * 0.8 * share, *tip)
            leaf.curveTo(tip[0], y, x + side * size * 0.6, y - size * 0.4, x, y - size * 0.5)
            canvas.drawPath(leaf, stroke=0, fill=1)
        canvas.setStrokeColor(HexColor(colour))
        canvas.setLineWidth(2.4)
        canvas.line(x, y - size * 0.5, x, y - size * 0.9)

    def footer(self, text: str) -> None:
        """A small line at the foot of the page."""
        self.rule(40, self.width - 40, 34, "#d9c9a8")
        self.words(self.width / 2, 20, text, 8, QUIET, align="middle")
