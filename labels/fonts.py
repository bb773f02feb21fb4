"""The label font, embedded in every PDF: Noto Sans SC Regular, the characters of GBK."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from labels.errors import GlyphMissing, TextEmpty

FONT_NAME = "NotoSansSC"
FONT_FILE = Path(__file__).resolve().parent / "fonts" / "NotoSansSC-Regular-GBK.ttf"

# Shares of the font size, from the baseline: where the ink of Chinese characters begins and ends,
# how high capitals and digits are, how high and how deep Latin letters go.
INK_ABOVE = 0.86
INK_BELOW = 0.09
CAP_HEIGHT = 0.733
ASCENDER = 0.77
DESCENDER = 0.22
_DESCENDING = frozenset("gjpqyQ,;()[]{}@$")


@cache
def label_font() -> TTFont:
    """The font, loaded once and registered with reportlab under FONT_NAME.

    ASCII keeps its own codes in the PDF, so that a code can be written there as it is.
    """
    font = TTFont(FONT_NAME, str(FONT_FILE), asciiReadable=True)
    pdfmetrics.registerFont(font)
    return font


def width_mm(text: str, size_mm: float) -> float:
    """The length of a text set in one line at this font size."""
    width: float = label_font().stringWidth(text, size_mm)
    return width


def ink(text: str) -> tuple[float, float]:
    """How far the ink of a text goes above and below its baseline, as shares of the font size."""
    above = ASCENDER if text.isascii() else INK_ABOVE
    below = DESCENDER if _DESCENDING.intersection(text) else INK_BELOW
    return above, below


def check_text(field: str, text: str) -> None:
    """Refuse a text that is empty (TextEmpty) or has characters without a glyph (GlyphMissing)."""
    if not text.strip():
        raise TextEmpty(field)
    known = label_font().face.charToGlyph
    missing = "".join(dict.fromkeys(c for c in text if ord(c) not in known))
    if missing:
        raise GlyphMissing(field, text, missing)
