"""What waits today, what is due, and the way to everything else."""

from flask.typing import ResponseReturnValue

from ...query.arrivals import contradictions
from ...query.desk import waiting
from ...query.desk_due import due
from ...query.desk_recalls import answers_of
from ...query.recall_page import recalls_reaching
from ..access import deed, house, signed_in
from ..words import _
from .noun_forms import SHELVES
from .routes import blueprint, page, today


@blueprint.get("")
@deed("see_desk")
def home() -> ResponseReturnValue:
    """Today: what waits for a decision, what may be picked, what is missing, all lists."""
    now, instance, coop_id = house().recorder.clock(), house().instance, signed_in().coop_id
    waits = waiting(instance, coop_id, now, today())
    is_due = due(instance, coop_id, now, today())
    others = [one for one in recalls_reaching(instance, coop_id, now) if not one.closed_by]
    contradicted = contradictions(instance, coop_id)
    return page(
        "desk",
        here="/manage",
        waits=waits,
        answers=answers_of(instance, coop_id, tuple(one.entry_id for one in waits.open_recalls)),
        due=is_due,
        others=others,
        contradictions=contradicted,
        count=waits.count + is_due.pressing + len(others) + len(contradicted),
        shelves=SHELVES,
        more_desks=_more_desks(),
    )


def _more_desks() -> list[tuple[str, str, str]]:
    """Further pages for the manager: endpoint, words and icon."""
    return [
        ("manage.balance", _("In and out: does it add up?"), "scale"),
        ("manage.drill_form", _("Practise a recall"), "clock"),
        ("manage.papers", _("Production record and spray record"), "file"),
        ("manage.reads", _("What inspectors have read"), "eye"),
    ]
