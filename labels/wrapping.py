"""Breaking text into lines: Chinese after any character, Latin words whole where they fit."""

import re
from functools import lru_cache

from reportlab.pdfbase.ttfonts import TTFont

NO_GLYPH = "〓"
_PART = re.compile(r"\s+|[!-~À-ɏ]+|.[，。、；：！？）」』》】”’…]*", re.DOTALL)
KEPT = 50_000
"""How many texts are remembered: a record says the same names again and again."""


class Wrapping:
    """Lines of one font at any size; remembers which characters it could not draw."""

    def __init__(self, font: TTFont) -> None:
        self._widths: dict[int, float] = font.face.charWidths
        self._glyphs: dict[int, int] = font.face.charToGlyph
        self._default: float = font.face.defaultWidth
        self._missing: dict[str, None] = {}
        self.lines_of = lru_cache(KEPT)(self._lines)

    @property
    def unprintable(self) -> tuple[str, ...]:
        """Every character met that the font has no glyph for."""
        return tuple(self._missing)

    def printable(self, text: str) -> str:
        """The text with 〓 in the place of what the font cannot draw."""
        if all(ord(one) in self._glyphs for one in text):
            return text
        shown = []
        for one in text:
            if ord(one) in self._glyphs:
                shown.append(one)
            elif one.isspace() or not one.isprintable():
                shown.append(" ")
            else:
                self._missing[one] = None
                shown.append(NO_GLYPH)
        return "".join(shown)

    def width(self, text: str, size: float) -> float:
        """How long a text is in one line."""
        widths, default = self._widths, self._default
        return sum(widths.get(ord(one), default) for one in text) * size / 1000

    def lines(self, text: str, width: float, size: float) -> list[str]:
        """The lines of a text in a column; an empty text has none."""
        return self.lines_of(text, width, size)

    def _lines(self, text: str, width: float, size: float) -> list[str]:
        lines: list[str] = []
        for paragraph in text.splitlines():
            lines += self._paragraph(self.printable(paragraph), width, size)
        return lines

    def _paragraph(self, text: str, width: float, size: float) -> list[str]:
        lines, line, used = list[str](), "", 0.0
        for part in _PART.findall(text):
            length = self.width(part, size)
            if used + length > width and line.strip():
                lines.append(line.rstrip())
                line, used = "", 0.0
                if part.isspace():
                    continue
            while length > width and len(part) > 1:
                taken = self._that_fits(part, width, size)
                lines.append(part[:taken])
                part = part[taken:]
                length = self.width(part, size)
            line += part
            used += length
        return [*lines, line.rstrip()] if line.strip() else lines

    def _that_fits(self, part: str, width: float, size: float) -> int:
        taken, used = 1, self.width(part[0], size)
        while taken < len(part) and used + self.width(part[taken], size) <= width:
            used += self.width(part[taken], size)
            taken += 1
        return taken
