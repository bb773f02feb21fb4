"""The form of a customer's answer to a recall, as a manager or the customer itself sends it."""

from flask import request

from ..capture.recall_answers import AMOUNTS, Answer
from ..query.recall_tasks import Task


def answer_in(entry_id: str, task: Task) -> Answer:
    """What this request's form says: amounts in each unit that was delivered."""
    return Answer(
        entry_id,
        task.customer.id,
        request.form.get("answered_by", ""),
        request.form.get("means", "telephone"),
        {
            name: {unit: request.form.get(f"{name}-{unit}", "") for unit in task.units}
            for name in AMOUNTS
        },
        request.form.get("note", ""),
    )
