"""How far the open recalls of a desk have come: who of our customers has answered."""

from dataclasses import dataclass

from ..repository.instance import Instance
from .recall_page import recall_of
from .recall_tasks import ACKNOWLEDGED, tasks_of


@dataclass(frozen=True)
class Answers:
    """How many of our customers got goods of a recall, and how many of them have answered."""

    customers: int
    answered: int

    @property
    def is_complete(self) -> bool:
        """Whether nobody is left to call."""
        return self.answered == self.customers


def answers_of(instance: Instance, coop_id: str, entry_ids: tuple[str, ...]) -> dict[str, Answers]:
    """The answers to each of these recalls, by the recall's entry."""
    found = {}
    for entry_id in entry_ids:
        recall = recall_of(instance, coop_id, entry_id)
        if recall:
            tasks = tasks_of(instance, coop_id, recall)
            answered = sum(one.state == ACKNOWLEDGED for one in tasks)
            found[entry_id] = Answers(len(tasks), answered)
    return found
