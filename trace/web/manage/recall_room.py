"""A recall's own page, its control room: notice, poster, phone list, news, tasks, closing."""

from datetime import datetime

from flask import Response, abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from labels.errors import LabelError
from labels.poster import PosterText, poster_pdf

from ...capture.events import Report, record_event
from ...capture.recalling import close_recall as close_the_recall
from ...domain.errors import NotAllowed, Refused
from ...query.recall_page import Recalled, recall_of
from ...query.recall_tasks import ACKNOWLEDGED, tasks_of
from ..access import actor, deed, house, signed_in
from ..display import moment
from ..form_once import submission_id
from ..language import current_language
from ..packing.label_check import address_problems, label_base_url
from ..two_tongues import speaking
from ..words import _
from .recall_words import READY_UPDATES, cause_words, in_both, lot_words, notice_of, notice_text
from .routes import blueprint, page, refused_page

HERE = "/manage/recall"


def own_recall(entry_id: str) -> Recalled:
    """A recall of ours, or one that reaches lots of ours; otherwise 404."""
    found = recall_of(house().instance, signed_in().coop_id, entry_id)
    if found is None:
        abort(404)
    return found


def _public_link(entry_id: str) -> str:
    """Where the public reads of it; empty where this server has no address that they can reach."""
    if address_problems():
        return ""
    return label_base_url() + url_for("recalls.one_recall", entry_id=entry_id)


def _notice(recall: Recalled, language: str) -> str:
    coop = signed_in().coop
    notice = notice_of(
        recall,
        coop.in_language("name", language),
        coop.text("phone"),
        _public_link(recall.entry_id),
        language,
    )
    return notice_text(notice, language)


def _room(recall: Recalled) -> dict[str, object]:
    tasks = tasks_of(house().instance, signed_in().coop_id, recall)
    return {
        "here": HERE,
        "recall": recall,
        "tasks": tasks,
        "answered": sum(one.state == ACKNOWLEDGED for one in tasks),
        "cause_words": cause_words(recall),
        "notices": {language: _notice(recall, language) for language in ("zh", "en")},
        "ready_updates": READY_UPDATES,
    }


@blueprint.get("/recall/<entry_id>")
@deed("recall")
def recalled(entry_id: str) -> ResponseReturnValue:
    """A recall: what to tell, whom to call and how far we are, and closing it."""
    return page("recalled", **_room(own_recall(entry_id)))


@blueprint.post("/recall/<entry_id>/close")
@deed("recall")
def close_recall(entry_id: str) -> ResponseReturnValue:
    """Close it with a reason; the goods stay recalled."""
    found = _begun_here(entry_id)
    reason, english = (request.form.get(name, "").strip() for name in ("reason", "reason_en"))
    try:
        close_the_recall(house().recorder, actor(), entry_id, reason, submission_id(), english)
    except Refused as refused:
        return refused_page("recalled", refused.problems, **_room(found))
    return redirect(url_for("manage.recalled", entry_id=entry_id), 303)


@blueprint.post("/recall/<entry_id>/news")
@deed("recall")
def recall_news(entry_id: str) -> ResponseReturnValue:
    """Tell everybody how it goes: on every page of the recall, with its time."""
    found = _begun_here(entry_id)
    words, words_en = (request.form.get(name, "").strip() for name in ("words", "words_en"))
    chosen = READY_UPDATES.get(request.form.get("ready", ""))
    if chosen and not words:
        words, english = in_both(chosen)
        words_en = words_en or english
    sent = {"recall": entry_id, "words": words, "words_en": words_en}
    try:
        record_event(house().recorder, actor(), Report("recall_updated", sent), submission_id())
    except Refused as refused:
        return refused_page("recalled", refused.problems, **_room(found))
    return redirect(url_for("manage.recalled", entry_id=entry_id) + "#news", 303)


def _begun_here(entry_id: str) -> Recalled:
    """A recall that only the co-op which began it may go on with."""
    found = own_recall(entry_id)
    if not found.is_own:
        raise NotAllowed("another co-op began this recall")
    return found


@blueprint.get("/recall/<entry_id>/poster.pdf")
@deed("recall")
def recall_poster(entry_id: str) -> ResponseReturnValue:
    """The notice as a poster of one A4 page for the shop's wall, in the reader's language."""
    recall, coop, language = own_recall(entry_id), signed_in().coop, current_language()
    link = _public_link(entry_id)
    notice = notice_of(
        recall, coop.in_language("name", language), coop.text("phone"), link, language
    )
    since = moment(recall.at, language, year=True)
    text = PosterText(
        title=_("Product recall"),
        second_title=_in_other(language, "Product recall"),
        products=notice.products,
        lots_caption=_("Lot numbers"),
        lots=lot_words(notice),
        reason_caption=_("Why"),
        reason=notice.reason,
        advice=notice.advice,
        phone_caption=_("Phone"),
        phone=notice.phone,
        call=_("Scan for the whole notice"),
        address=link,
        coop=notice.coop,
        since=_("Recalled on %(when)s", when=since),
        example_mark=_("Example data") if house().instance.is_example else "",
        language="zh-CN" if language == "zh" else "en",
    )
    try:
        content = poster_pdf(text)
    except LabelError:
        abort(404)
    return _pdf(content, f"recall-{recall.on.isoformat()}-{language}.pdf")


def _in_other(language: str, message: str) -> str:
    with speaking("en" if language == "zh" else "zh"):
        return _(message)


def _pdf(content: bytes, name: str) -> Response:
    response = make_response(content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@blueprint.get("/recall/<entry_id>/phone-list")
@deed("recall")
def recall_phone_list(entry_id: str) -> ResponseReturnValue:
    """Everybody to call on paper, with boxes to tick."""
    recall = own_recall(entry_id)
    now: datetime = house().recorder.clock().astimezone(signed_in().zone)
    return page(
        "phone_list",
        here=HERE,
        recall=recall,
        tasks=tasks_of(house().instance, signed_in().coop_id, recall),
        printed_at=now,
        notice=_notice(recall, current_language()),
    )
