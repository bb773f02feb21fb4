"""The calendar of a grower's own plots: what was done, and from when each may be picked."""

from flask.typing import ResponseReturnValue

from ...query.field_calendar import field_calendar
from ..access import deed, house, signed_in
from ..calendar_words import WEEK, drawn, weeks_asked
from .routes import blueprint, own_grower, page, today


@blueprint.get("/farm/calendar")
@deed("see_field_work")
def calendar() -> ResponseReturnValue:
    """Three weeks of one's own plots, or of all plots; `?from=` begins elsewhere."""
    days = weeks_asked(today())
    found = field_calendar(house().instance, signed_in().coop_id, own_grower(), days, today())
    return page(
        "calendar",
        plots=drawn(found, days, today()),
        earlier=(days[0] - 3 * WEEK).isoformat(),
        later=(days[0] + 3 * WEEK).isoformat(),
    )
