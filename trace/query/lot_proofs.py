"""What vouches for a lot: sprayings against its tests, what its labels need, its certificates."""

from dataclasses import dataclass
from datetime import date

from ..domain.errors import Problem
from ..domain.known_names import english_of
from ..domain.test_before_label import MENDS, Untested, label_problems
from ..domain.test_scope import Sprayed, scope
from ..repository import conformity, declared, inspections, lots, nodes
from ..repository.database import Connection
from ..repository.declared import Declared
from ..repository.instance import Instance
from ..repository.tested_goods import goods_of, sprayed_on
from .lot_certificates import Certificate, certificates_of

COVERED, MISSING, UNKNOWN = "covered", "missing", "unknown"


@dataclass(frozen=True)
class SprayedLine:
    """One active ingredient on one planting, and whether the lot's tests measured it."""

    substance: str
    on: date
    plot: Declared | None
    state: str

    def name(self, language: str) -> str:
        """The substance in the reader's language, where it is known."""
        return english_of(self.substance) if language == "en" else self.substance


@dataclass(frozen=True)
class Need:
    """What one product's labels still need, and which parts of the lot lack it."""

    kind: str
    product: Declared
    untested: tuple[Untested, ...]

    def problems(self, language: str) -> list[Problem]:
        """The rule and what fails it, with the product's name in the reader's language."""
        return label_problems(self.product.in_language("name", language), self.kind, self.untested)

    @property
    def mends(self) -> str:
        """Who mends it, as a message id."""
        return MENDS[self.kind]


@dataclass(frozen=True)
class LotProofs:
    """Everything that vouches for one lot; `issued` are its certificates of conformity."""

    sprayed: tuple[SprayedLine, ...]
    needs: tuple[Need, ...]
    certificates: tuple[Certificate, ...]
    issued: tuple[conformity.Issued, ...]

    @property
    def lacking(self) -> tuple[SprayedLine, ...]:
        """What no test of it measured, or nobody can compare."""
        return tuple(one for one in self.sprayed if one.state != COVERED)


def lot_proofs(instance: Instance, coop_id: str, node_id: str) -> LotProofs | None:
    """What vouches for a lot, package or planting of this co-op; None for anything else."""
    with instance.database.reading() as connection:
        found = nodes.node_keys(connection, [node_id]).get(node_id)
        if found is None or found["coop_id"] != coop_id or found["kind"] == "input_lot":
            return None
        key = int(found["node_key"])
        issued = conformity.issued_by(connection, coop_id)
        return LotProofs(
            _sprayed(connection, key),
            _needs(connection, key),
            tuple(certificates_of(connection, key)),
            tuple(one for one in issued if one.node_key == key and not one.is_struck),
        )


def _sprayed(connection: Connection, key: int) -> tuple[SprayedLine, ...]:
    goods = goods_of(connection, key)
    plantings = [one for one, node in goods.items() if node.is_planting]
    judged = scope(key, goods, sprayed_on(connection, plantings))
    rows = lots.plantings_by_keys(connection, plantings)
    plots = declared.by_ids(connection, "plot", [row["plot_id"] for row in rows])
    stands = {row["node_key"]: plots.get(row["plot_id"]) for row in rows}

    def lines(those: tuple[Sprayed, ...], state: str) -> list[SprayedLine]:
        return [SprayedLine(one.substance, one.on, stands[one.planting], state) for one in those]

    return (
        *lines(judged.missing, MISSING),
        *lines(judged.unknown, UNKNOWN),
        *lines(judged.covered, COVERED),
    )


def _needs(connection: Connection, key: int) -> tuple[Need, ...]:
    missing = inspections.missing_tests(connection, key)
    products = declared.by_ids(connection, "product", [one.product_id for one in missing])
    return tuple(Need(one.need, products[one.product_id], one.untested) for one in missing)
