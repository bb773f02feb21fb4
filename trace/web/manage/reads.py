"""Who looked at our records: each page an inspector read, the last first."""

from flask import request
from flask.typing import ResponseReturnValue

from ...query.inspector_reads import reads_page
from ..access import deed, house, signed_in
from ..inspector_door import READ_PAGES
from .routes import blueprint, page


@blueprint.get("/reads")
@deed("manage_people")
def reads() -> ResponseReturnValue:
    """Who, which page, which record or lot, which days, when."""
    before = request.args.get("before", "")
    shown = reads_page(
        house().instance,
        signed_in().coop_id,
        before=int(before) if before.isdecimal() and len(before) < 16 else None,
    )
    return page("reads", here="/manage/people", shown=shown, read_pages=READ_PAGES)
