"""Issuing a certificate of conformity (承诺达标合格证): a deed of its own mints the number."""

from dataclasses import dataclass

from ..domain.certificates import free_number
from ..domain.errors import NotFound
from ..domain.key_data import GOODS
from ..domain.roles import require
from ..domain.test_scope import BASES
from ..repository import conformity, nodes
from ..repository.instance import Instance
from .certificate_basis import missing_for_basis
from .events import Report, record_within
from .recording import Actor, Recorder, Recording, new_id
from .submissions import Receipt, answer_once


@dataclass(frozen=True)
class CertificateOrder:
    """For which lot, on which basis; without a number the next free one of the day is taken."""

    lot: str
    basis: str
    number: str = ""


def issue_certificate(
    recorder: Recorder, actor: Actor, order: CertificateOrder, submission_id: str
) -> Receipt:
    """Issue it. Raises Refused: held, recalled, the basis lacks a test, the number is taken."""
    require(actor.role, "print_labels")
    submission_id = submission_id or new_id()
    with recorder.recording() as recording:
        return answer_once(
            recording,
            actor,
            submission_id,
            order,
            lambda: _issue(recording, actor, order, submission_id),
        )


def _issue(
    recording: Recording, actor: Actor, order: CertificateOrder, submission_id: str
) -> Receipt:
    number = " ".join(order.number.split())
    if not number:
        taken = [one.number for one in conformity.issued_by(recording.connection, actor.coop_id)]
        today = recording.now.astimezone(recording.zone(actor.coop_id)).date()
        number = free_number(today, taken)
    sent = {"lot": order.lot, "basis": order.basis, "number": number}
    return record_within(recording, actor, Report("certificate_issued", sent), submission_id)


def bases_that_lack(instance: Instance, coop_id: str, lot: str) -> dict[str, bool]:
    """Each basis, and whether something is missing for it, before anybody asks. Raises NotFound."""
    with instance.database.reading() as connection:
        found = nodes.node_keys(connection, [lot]).get(lot)
        if found is None or found["coop_id"] != coop_id or found["kind"] not in GOODS:
            raise NotFound(lot)
        key = int(found["node_key"])
        return {basis: bool(missing_for_basis(connection, key, basis)) for basis in BASES}
