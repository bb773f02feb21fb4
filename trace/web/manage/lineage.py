"""Where a lot came from and where it went, drawn for the manager."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from ...domain.lineage import Share
from ...query.lineage import MOST_NODES, Family, Grown, family_of
from ...query.lineage_ends import Relative
from ..access import deed, house, signed_in
from ..language import current_language
from ..lineage_picture import shown
from ..lineage_words import share_words
from ..words import _
from .lots import HERE
from .routes import blueprint, page

LARGEST_DENOMINATOR = 12
"""Shares such as 1/3 are told as they are; 61/144 only as a percentage."""


@blueprint.get("/lineage/<code>")
@deed("see_desk")
def lineage(code: str) -> ResponseReturnValue:
    """Everything a node of ours was made from and everything that became of it."""
    family = family_of(house().instance, signed_in().coop_id, code)
    if family is None:
        abort(404)
    node = family.node
    return page(
        "lineage",
        here=HERE,
        family=family,
        title=title_of(node),
        shown=shown(family, page_of),
        grown=_grown(family),
        most=MOST_NODES,
    )


def title_of(node: Relative) -> str:
    """The name and the number of the node in question."""
    language = current_language()
    names = [one.in_language("name", language) for one in (node.plot, node.name) if one]
    return " ".join([*(names or [node.called]), node.lot_number]).strip()


def page_of(one: Relative) -> str:
    """The page of a node: our own at the desk, another co-op's goods as a shopper sees them."""
    if one.is_ours:
        return url_for("manage.lot", code=one.id)
    if one.coop and one.kind in ("lot", "package"):
        return url_for("scan.by_code", code=one.id)
    return ""


def _grown(family: Family) -> list[dict[str, object]]:
    """Whose harvest is in a lot, with each part; of a planting or an input nobody asks."""
    if family.node.kind not in ("lot", "package"):
        return []
    return [_told(one) for one in family.grown]


def _told(one: Grown) -> dict[str, object]:
    language = current_language()
    name = one.who.in_language("name", language) if one.who else ""
    plots = [plot.in_language("name", language) for plot in one.plots]
    return {
        "who": name or _("name not shown"),
        "plots": ("、" if language == "zh" else ", ").join(plots),
        "share": _share(one.share),
        "part": one.share,
    }


def _share(share: Share) -> str:
    words = share_words(share)
    if (
        share is None
        or share.denominator in (1, 2, 4, 5, 10)
        or (share.denominator > LARGEST_DENOMINATOR)
    ):
        return words
    return f"{share.numerator}/{share.denominator} · {words}"
