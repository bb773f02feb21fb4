"""The calendar of all plots: what was done, and from when each planting may be picked."""

from flask.typing import ResponseReturnValue

from ...query.field_calendar import field_calendar
from ..access import deed, house, signed_in
from ..calendar_words import WEEK, drawn, weeks_asked
from .routes import blueprint, page, today


@blueprint.get("/calendar")
@deed("see_desk")
def calendar() -> ResponseReturnValue:
    """Eight weeks of every plot; `?from=` begins elsewhere."""
    days = weeks_asked(today())
    found = field_calendar(house().instance, signed_in().coop_id, None, days, today())
    return page(
        "calendar",
        here="/manage",
        days=days,
        plots=drawn(found, days, today()),
        earlier=(days[0] - 4 * WEEK).isoformat(),
        later=(days[0] + 4 * WEEK).isoformat(),
    )
