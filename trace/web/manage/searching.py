"""One box for everything: lots, labels, plantings, lists and the words of records."""

from flask import request
from flask.typing import ResponseReturnValue

from ...domain.searching import LONGEST_TYPED
from ...query.searching import search
from ..access import deed, house, signed_in
from .noun_forms import SHELVES
from .routes import blueprint, page


@blueprint.get("/search")
@deed("see_desk")
def find() -> ResponseReturnValue:
    """What was found for `?q=`, by group."""
    typed = request.args.get("q", "").strip()[:LONGEST_TYPED]
    found = search(house().instance, signed_in().coop_id, typed)
    groups = [
        (name, shelf, [one for one in found.nouns if one.noun == shelf.noun])
        for name, shelf in SHELVES.items()
        if shelf.noun != "coop"
    ]
    return page("search", here="/manage/search", asked_for=typed, found=found, groups=groups)
