"""One customer of a recall: calling, sending the link, writing down what was answered."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ...capture.recall_answers import (
    AMOUNTS,
    Contact,
    acknowledge,
    make_links,
    note_contact,
)
from ...domain.errors import Refused
from ...query.recall_page import Recalled
from ...query.recall_tasks import ACKNOWLEDGED, Task, task_of, tasks_of
from ..access import actor, deed, house, signed_in
from ..form_once import submission_id
from ..link_picture import link_picture
from ..packing.label_check import label_base_url
from ..recall_form import answer_in
from ..two_tongues import speaking
from ..words import _
from .recall_room import HERE, own_recall
from .routes import blueprint, page, refused_page

MOST_NAMED = 80


def _task(entry_id: str, customer_id: str) -> tuple[Recalled, Task]:
    recall = own_recall(entry_id)
    task = task_of(house().instance, signed_in().coop_id, recall, customer_id)
    if task is None:
        abort(404)
    return recall, task


def _shown(recall: Recalled, task: Task) -> dict[str, Any]:
    return {"here": HERE, "recall": recall, "task": task, "amounts": AMOUNTS}


@blueprint.get("/recall/<entry_id>/customers/<customer_id>")
@deed("recall")
def recall_customer(entry_id: str, customer_id: str) -> ResponseReturnValue:
    """What this customer got, every try to reach it, and what it answered."""
    return page("recall_customer", **_shown(*_task(entry_id, customer_id)))


@blueprint.post("/recall/<entry_id>/customers/<customer_id>/contact")
@deed("recall")
def contact_customer(entry_id: str, customer_id: str) -> ResponseReturnValue:
    """Note that somebody called, wrote, or reached nobody."""
    recall, task = _task(entry_id, customer_id)
    contact = Contact(entry_id, customer_id, request.form.get("outcome", ""))
    try:
        note_contact(house().recorder, actor(), contact, submission_id())
    except Refused as refused:
        return refused_page("recall_customer", refused.problems, **_shown(recall, task))
    return redirect(_here(entry_id, customer_id), 303)


@blueprint.post("/recall/<entry_id>/customers/<customer_id>/link")
@deed("recall")
def customer_link(entry_id: str, customer_id: str) -> ResponseReturnValue:
    """Make the customer's own link and show it, this once: only its hash is kept."""
    recall, task = _task(entry_id, customer_id)
    tokens = make_links(house().recorder, actor(), entry_id, [customer_id])
    link = _link(tokens[customer_id])
    return page(
        "recall_link",
        message=_message(task, link),
        picture_of_link=link_picture(link, _("The link as a code to scan")),
        **_shown(recall, task),
    )


@blueprint.post("/recall/<entry_id>/links")
@deed("recall")
def all_links(entry_id: str) -> ResponseReturnValue:
    """A link for every customer who has not answered, shown this once with its message."""
    recall = own_recall(entry_id)
    waiting = [
        one
        for one in tasks_of(house().instance, signed_in().coop_id, recall)
        if one.state != ACKNOWLEDGED
    ]
    tokens = make_links(house().recorder, actor(), entry_id, [one.customer.id for one in waiting])
    messages = [(one, _message(one, _link(tokens[one.customer.id]))) for one in waiting]
    return page("recall_links", here=HERE, recall=recall, messages=messages)


def _link(token: str) -> str:
    return label_base_url() + url_for("recalls.shop", token=token)


def _message(task: Task, link: str) -> str:
    """What is sent to the customer, in Chinese: what to take off sale, and the link."""
    names = dict.fromkeys(one.line.name("zh") for one in task.given)
    with speaking("zh"):
        return _(
            "%(coop)s: recall. Please take what we delivered off sale now (%(products)s), then open"
            " this link and tell us: %(link)s",
            coop=signed_in().coop.text("name")[:MOST_NAMED],
            products=_(", ").join(names)[:MOST_NAMED],
            link=link,
        )


@blueprint.post("/recall/<entry_id>/customers/<customer_id>/answer")
@deed("recall")
def write_answer(entry_id: str, customer_id: str) -> ResponseReturnValue:
    """Write down what the customer said on the telephone."""
    recall, task = _task(entry_id, customer_id)
    try:
        answer = answer_in(entry_id, task)
        acknowledge(house().recorder, actor(), answer, submission_id())
    except Refused as refused:
        return refused_page("recall_customer", refused.problems, **_shown(recall, task))
    return redirect(_here(entry_id, customer_id), 303)


def _here(entry_id: str, customer_id: str) -> str:
    return url_for("manage.recall_customer", entry_id=entry_id, customer_id=customer_id)
