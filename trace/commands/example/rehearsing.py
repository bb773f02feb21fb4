"""Playing a recall drill: the watch starts, steps are ticked minute by minute, the watch stops."""

from datetime import datetime, timedelta
from typing import Final

from ...capture.drilling import Figures, finish_drill, start_drill, tick_steps
from ...capture.recording import Actor, Recorder, new_id
from ...domain.recall_causes import LOT_KIND, AskedCause
from ...query.drill_page import drill_of, share_of
from ...repository.instance import Instance

MINUTES: Final = (
    ("lots_found", 1),
    ("goods_set_aside", 8),
    ("notice_ready", 11),
    ("poster_printed", 13),
    ("customers_called", 17),
    ("phone_numbers", 19),
)
"""Each step with the minute after the start in which it was done."""
LAST_MINUTE: Final = 20


def play_drill(instance: Instance, actor: Actor, lot_id: str, start: datetime) -> None:
    """A drill of this lot, from its start to its report; the record stays as it is."""

    def at(minute: int) -> Recorder:
        moment = start + timedelta(minutes=minute)
        return Recorder(instance, lambda: moment)

    asked = AskedCause(LOT_KIND, (lot_id,))
    drill_id = start_drill(at(0), actor, asked, new_id())
    for step, minute in MINUTES:
        tick_steps(at(minute), actor, drill_id, {step: True})
    found = drill_of(instance, actor.coop_id, drill_id, start)
    if found is None:
        raise LookupError(drill_id)
    customers = [one for one, _ in found.reach.customers]
    figures = Figures(
        len(found.reach.lots) + len(found.reach.others),
        found.reach.labels,
        share_of(instance, found),
        len(customers),
        tuple(one.id for one in customers if not one.text("phone")),
        len(found.reach.nameless),
    )
    finish_drill(at(LAST_MINUTE), actor, drill_id, figures)
