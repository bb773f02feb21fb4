"""What an inspector reads: the overview, records, lots, plots, certificates. Nothing is changed."""

from dataclasses import replace

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...domain.declared import NOUNS
from ...domain.searching import LONGEST_TYPED
from ...domain.typed_code import code_in
from ...domain.vocabulary import EVENT_TYPES
from ...query.coop_nodes import STATES, NodeLine, lot_page
from ...query.coop_records import RecordTold, record_page, record_told
from ...query.declared_nouns import named, nouns_of
from ...query.node_page import NodePage, node_page
from ...query.plot_page import plot_page
from ...query.searching import search
from ..access import deed, house, signed_in
from ..record_words import told_pairs, type_words
from .routes import blueprint, days_to_read, page

LAST_RECORDS = 8


def before() -> int | None:
    """Where the list goes on, out of the address."""
    asked = request.args.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) < 16 else None


def own_signature(told: RecordTold) -> bool:
    """Whether this is an inspection that he signed."""
    record = told.record
    return record.event_type == "inspection" and record.recorded_by_id == signed_in().party_id


def readable_record(entry_id: str) -> RecordTold:
    """A record of this co-op and of his days; 404 where it is neither."""
    session = signed_in()
    told = record_told(house().instance, session.coop_id, entry_id)
    if told is None:
        abort(404)
    if not session.span.holds(told.record.on) and not own_signature(told):
        abort(404)
    return told


def readable_node(code: str) -> NodePage:
    """A lot or planting, with the records of his days alone; 404 where nothing of it is in them."""
    node = _node_of_his_days(code)
    if node is None:
        abort(404)
    return node


def _node_of_his_days(code: str) -> NodePage | None:
    session = signed_in()
    node = node_page(house().instance, session.coop_id, code)
    if node is None:
        return None
    span = session.span
    kept = tuple(one for one in node.records if span.holds(one.on))
    if not kept and not span.holds(node.line.made_on):
        return None
    return replace(
        node,
        records=kept,
        made_from=tuple(one for one in node.made_from if span.holds(one.made_on)),
        became=tuple(one for one in node.became if span.holds(one.made_on)),
    )


@blueprint.get("")
@deed("inspect")
def home() -> ResponseReturnValue:
    """The co-op chosen, the others, the days to read, and what was recorded in them."""
    session, days = signed_in(), days_to_read()
    instance = house().instance
    shown = record_page(instance, session.coop_id, days)
    stopped = [
        one
        for state in STATES[:2]
        for one in lot_page(instance, session.coop_id, state, span=session.span).lines
    ]
    return page(
        "home",
        here="/inspect",
        days=days,
        shown=shown,
        first=shown.records[:LAST_RECORDS],
        stopped=stopped,
    )


@blueprint.get("/records")
@deed("inspect")
def records() -> ResponseReturnValue:
    """The records of some days, the last written first."""
    days = days_to_read()
    event_type = request.args.get("type", "")
    event_type = event_type if event_type in EVENT_TYPES else ""
    shown = record_page(house().instance, signed_in().coop_id, days, event_type, before())
    types = [(name, type_words(name)) for name in EVENT_TYPES]
    return page(
        "records", here="/inspect/records", shown=shown, days=days, event_type=event_type,
        types=types,
    )  # fmt: skip


@blueprint.get("/records/<entry_id>")
@deed("inspect")
def record(entry_id: str) -> ResponseReturnValue:
    """One record, whole, read only; an inspection of his own may be corrected."""
    told = readable_record(entry_id)
    return page(
        "record",
        here="/inspect/records",
        told=told,
        pairs=told_pairs(told),
        is_mine=own_signature(told),
        just_signed="signed" in request.args,
    )


@blueprint.get("/lots")
@deed("inspect")
def lots() -> ResponseReturnValue:
    """The lots and their states, the last made first; or the one that was typed or scanned."""
    session = signed_in()
    typed = request.args.get("find", "").strip()[:LONGEST_TYPED]
    if typed:
        found = _found(typed)
        if len(found) == 1:
            return redirect(url_for("inspect.lot", code=found[0].id))
        return page("lots", here="/inspect/lots", find=typed, found=found, state="", states=STATES)
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    shown = lot_page(house().instance, session.coop_id, state, before(), session.span)
    return page("lots", here="/inspect/lots", shown=shown, state=state, states=STATES)


def _found(typed: str) -> tuple[NodeLine, ...]:
    """The lots and plantings of his days that a code, a number or a word leads to."""
    session = signed_in()
    found = search(house().instance, session.coop_id, code_in(typed))
    lines = found.by_code or (*found.lots, *found.plantings)
    if not session.span.is_limited:
        return lines
    return tuple(one for one in lines if _node_of_his_days(one.id))


@blueprint.get("/lots/<code>")
@deed("inspect")
def lot(code: str) -> ResponseReturnValue:
    """One lot or planting with everything recorded on it."""
    return page("lot", here="/inspect/lots", node=readable_node(code))


@blueprint.get("/plots")
@deed("inspect")
def plots() -> ResponseReturnValue:
    """The plots of the co-op with their growers."""
    instance = house().instance
    found = nouns_of(instance, signed_in().coop_id, "plot")
    growers = named(instance, {one.text("grower_id") for one in found})
    return page(
        "plots", here="/inspect/plots", plots=found, growers=growers, kinds=_choices("plot")
    )


@blueprint.get("/plots/<noun_id>")
@deed("inspect")
def plot(noun_id: str) -> ResponseReturnValue:
    """One plot: what grows and grew on it, its inspections, and the records of some days."""
    session, days = signed_in(), days_to_read()
    found = plot_page(house().instance, session.coop_id, noun_id, days, session.span)
    if found is None:
        abort(404)
    return page("plot", here="/inspect/plots", found=found, days=days, kinds=_choices("plot"))


@blueprint.get("/certificates")
@deed("inspect")
def certificates() -> ResponseReturnValue:
    """The certificates of the co-op, those that are over among them."""
    instance = house().instance
    found = nouns_of(instance, signed_in().coop_id, "certificate", with_retired=True)
    covered = {
        str(noun_id)
        for one in found
        for field in ("product_ids", "site_ids")
        for noun_id in one.fields.get(field, ())
    }
    return page(
        "certificates",
        here="/inspect/certificates",
        certificates=found,
        covered=named(instance, covered),
        kinds=_choices("certificate"),
    )


def _choices(noun: str) -> dict[str, str]:
    return dict(next(field for field in NOUNS[noun] if field.name == "kind").choices)
