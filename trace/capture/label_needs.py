"""Test before label: what each product states that a label needs first."""

from ..domain.errors import Problem
from ..domain.test_before_label import label_problems
from ..repository import declared, inspections
from ..repository.database import Connection


def label_needs_problems(connection: Connection, key: int) -> list[Problem]:
    """What is still missing for every product in this lot or package: each part is tested."""
    missing = inspections.missing_tests(connection, key)
    products = declared.by_ids(connection, "product", [one.product_id for one in missing])
    return [
        problem
        for one in missing
        for problem in label_problems(products[one.product_id].text("name"), one.need, one.untested)
    ]
