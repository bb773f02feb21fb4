"""A link as a QR picture, to be read by a phone beside the screen; printed labels have their own.

Drawn as one SVG path without style attributes, since the page's policy refuses those.
"""

from markupsafe import Markup, escape
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET_ZONE = 4
"""Modules of white around the symbol (ISO/IEC 18004)."""


def link_picture(link: str, words: str) -> Markup:
    """An `<svg>` of the link, `words` being what screen readers say of it."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(link)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows) + 2 * QUIET_ZONE
    dots = "".join(
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return Markup(  # noqa: S704 - numbers of our own, and the words are escaped
        f'<svg class="qr" width="264" height="264" viewBox="0 0 {size} {size}" role="img"'
        f' aria-label="{escape(words)}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{dots}" fill="#000"/></svg>'
    )
