"""Test before label: what each product states that a label needs first."""

from ..domain.errors import N_, Problem
from ..repository import declared, inspections, nodes
from ..repository.database import Connection

NEEDS_RAPID_TEST = N_("%(product)s needs a passed rapid test before its labels are printed.")
NEEDS_LABORATORY = N_("%(product)s needs a laboratory report before its labels are printed.")
ENOUGH = {
    "rapid_test": ("rapid_test", "laboratory_report"),
    "laboratory": ("laboratory_report",),
}
MESSAGE = {"rapid_test": NEEDS_RAPID_TEST, "laboratory": NEEDS_LABORATORY}


def label_needs_problems(connection: Connection, key: int) -> list[Problem]:
    """What is still missing for every product in this lot or package."""
    passed = inspections.passed_kinds(connection, list(nodes.backward_closure(connection, key)))
    products = declared.by_ids(connection, "product", inspections.products_in(connection, key))
    problems = []
    for product in products.values():
        need = product.text("label_needs")
        if need in ENOUGH and not passed & set(ENOUGH[need]):
            problems.append(Problem("lot", MESSAGE[need], {"product": product.text("name")}))
    return problems
