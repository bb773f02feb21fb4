"""What waits today, and the way to everything else."""

from flask.typing import ResponseReturnValue

from ...query.desk import waiting
from ..access import deed, house, signed_in
from .noun_forms import SHELVES
from .routes import blueprint, page, today


@blueprint.get("")
@deed("see_desk")
def home() -> ResponseReturnValue:
    """Today: what waits for a decision, the last records, all lists."""
    now = house().recorder.clock()
    waits = waiting(house().instance, signed_in().coop_id, now, today())
    return page("desk", here="/manage", waits=waits, shelves=SHELVES)
