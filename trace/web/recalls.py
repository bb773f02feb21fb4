"""Recalls in public: the list, one recall, and the page a shop answers on with its own link."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..capture.recall_answers import AMOUNTS, acknowledge_by_link
from ..domain.errors import Refused
from ..query.public_recalls import public_recall, public_recalls
from ..query.recall_tasks import ShopPage, shop_page
from .access import house
from .form_once import new_form, submission_id
from .language import current_language
from .recall_form import answer_in
from .scan import finish
from .scan_tongue import is_foreign, marked

blueprint = Blueprint("recalls", __name__)


def _tongue() -> dict[str, object]:
    return {"language": current_language(), "is_foreign": is_foreign, "marked": marked}


@blueprint.get("/recalls")
def all_recalls() -> ResponseReturnValue:
    """Every recall of the last year, the open ones first."""
    found = public_recalls(house().instance, house().recorder.clock())
    return finish(render_template("scan/recalls.html", recalls=found, **_tongue()))


@blueprint.get("/recalls/<entry_id>")
def one_recall(entry_id: str) -> ResponseReturnValue:
    """One recall, as a notice and a poster lead to it."""
    found = public_recall(house().instance, entry_id)
    if found is None:
        abort(404)
    return finish(render_template("scan/one_recall.html", recall=found, **_tongue()))


def _shop(token: str) -> ShopPage:
    found = shop_page(house().instance, token)
    if found is None:
        abort(404)
    return found


def _page(found: ShopPage, **shown: object) -> str:
    shown.setdefault("typed", new_form())
    return render_template("scan/shop.html", shop=found, amounts=AMOUNTS, **_tongue(), **shown)


@blueprint.get("/shop/<token>")
def shop(token: str) -> ResponseReturnValue:
    """What was delivered to this shop, and the button; opening it changes nothing."""
    return _page(_shop(token))


@blueprint.post("/shop/<token>")
def shop_answers(token: str) -> ResponseReturnValue:
    """The shop says that it has taken the goods off sale."""
    found = _shop(token)
    answer = answer_in(found.recall.entry_id, found.task)
    try:
        acknowledge_by_link(house().recorder, token, answer, submission_id())
    except Refused as refused:
        return _page(found, typed=request.form, problems=refused.problems), 422
    return redirect(url_for("recalls.shop", token=token), 303)
