"""Whether a certificate of conformity may be issued: its number, its lot, and its basis."""

from ..domain.certificates import number_problems, one_per_lot
from ..domain.errors import Problem
from ..domain.test_scope import OWN_CONTROL, basis_problems, may_be_basis, scope
from ..repository import conformity, nodes
from ..repository.database import Connection
from ..repository.tested_goods import goods_of, sprayed_on


def certificate_problems(
    connection: Connection,
    coop_id: str,
    lot: str,
    basis: str,
    number: str,
    replaces: str | None = None,
) -> list[Problem]:
    """Every reason against this certificate but hold and recall; `replaces` is a wrong one."""
    key = nodes.node_key(connection, lot)
    issued = [one for one in conformity.issued_by(connection, coop_id) if one.entry_id != replaces]
    on_lot = [one.number for one in issued if one.node_key == key and not one.is_struck]
    problems = number_problems(number, [one.number for one in issued])
    return problems + one_per_lot(on_lot) + missing_for_basis(connection, key, basis)


def missing_for_basis(connection: Connection, key: int, basis: str) -> list[Problem]:
    """What a basis that is a test lacks: no test at all, or the substances it does not cover."""
    if basis == OWN_CONTROL:
        return []
    goods = goods_of(connection, key)
    sprayed = sprayed_on(connection, [one for one, node in goods.items() if node.is_planting])
    tests = [one for node in goods.values() for one in node.examined if may_be_basis(one, basis)]
    return basis_problems(basis, scope(key, goods, sprayed, basis), bool(tests))
