"""Small interface icons (Lucide, ISC licence beside them), written into the page itself.

Each use repeats the drawing: compressed, that costs a few bytes more than a reference, and it works
in every browser and on a saved page.
"""

import re
from functools import cache

from markupsafe import Markup

from .static_files import STATIC


@cache
def icon_names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(sorted(path.stem for path in (STATIC / "icons").glob("*.svg")))


@cache
def icon(name: str) -> Markup:
    """An icon as inline SVG, hidden from screen readers: a word always stands beside it.

    Raises FileNotFoundError for a name that is not in static/icons.
    """
    drawing = (STATIC / "icons" / f"{name}.svg").read_text("utf-8")
    inner = re.sub(r"<!--.*?-->|<svg.*?>|</svg>|\n *", "", drawing, flags=re.DOTALL)
    inner = inner.replace(" />", "/>")
    start = '<svg class="i" viewBox="0 0 24 24" aria-hidden="true">'
    return Markup(f"{start}{inner}</svg>")  # noqa: S704 - our own file
