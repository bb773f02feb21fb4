"""What the inspector himself read in this co-op; its manager sees the same list."""

from flask.typing import ResponseReturnValue

from ...query.inspector_reads import reads_page
from ..access import deed, house, signed_in
from ..inspector_door import READ_PAGES
from .reading import before
from .routes import blueprint, page


@blueprint.get("/reads")
@deed("inspect")
def reads() -> ResponseReturnValue:
    """His own reads, the last first."""
    session = signed_in()
    shown = reads_page(house().instance, session.coop_id, session.account_id, before())
    return page("reads", here="/inspect/reads", shown=shown, read_pages=READ_PAGES)
