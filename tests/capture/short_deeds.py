"""Short ways to hold, free, ship, destroy, recall, label and correct on the small co-op."""

from trace.capture.correcting import Correction, correct_event
from trace.capture.events import Report
from trace.capture.labelling import LabelOrder, issue_labels
from trace.capture.recalling import RecallOrder, recall
from trace.capture.submissions import Receipt
from trace.domain.events import Photo
from trace.repository import nodes, units
from trace.repository.standing import standing_of

from .small_farm import SmallFarm

REPORT_SHA = "ab" * 32


def is_held(farm: SmallFarm, node_id: str) -> bool:
    with farm.instance.database.reading() as connection:
        return bool(standing_of(connection, nodes.node_key(connection, node_id)).holds)


def revision(farm: SmallFarm, node_id: str) -> int:
    with farm.instance.database.reading() as connection:
        return int(nodes.node_keys(connection, [node_id])[node_id]["revision"])


def keep_report(farm: SmallFarm) -> None:
    """A report's file is there, without the pains of making a real one."""
    with farm.instance.database.writing() as connection:
        connection.execute(
            "INSERT INTO file(coop_id, sha256, media_type, byte_size, record_time, uploaded_by)"
            " VALUES(?,?,'application/pdf',1,'2026-01-01T00:00:00.000Z','x')"
            " ON CONFLICT DO NOTHING",
            (farm.coop_id, REPORT_SHA),
        )


def laboratory_pass(farm: SmallFarm, lot: str, when: str = "", number: str = "SY-1") -> str:
    keep_report(farm)
    sent = {
        "inspection_kind": "laboratory_report", "subjects": [lot], "passed": "yes",
        "laboratory": farm.ids["shop"], "report_number": number,
    }  # fmt: skip
    photos = (Photo(REPORT_SHA, "report"),)
    return farm.record("inspection", sent, "tester", when=when, photos=photos).entry_ids[0]


def destroy(farm: SmallFarm, lot: str, quantity: str, unit: str) -> str:
    lots = [{"node": lot, "quantity": quantity, "unit": unit}]
    return farm.record("destroying", {"lots": lots, "reason": "没过"}, "packer").entry_ids[0]


def ship(farm: SmallFarm, lot: str, count: str = "100") -> str:
    sent = {
        "lots": [{"node": lot, "quantity": count, "unit": "bundle"}], "customer": farm.ids["shop"],
    }  # fmt: skip
    return farm.record("shipping", sent, "packer").entry_ids[0]


def correct(farm: SmallFarm, wrong: str, replacement: Report | None = None) -> Receipt:
    correction = Correction(wrong, "did_not_occur", "看错了", replacement)
    return correct_event(farm.recorder, farm.actor(), correction, f"correct-{wrong}")


def hold(farm: SmallFarm, node: str) -> str:
    return farm.record("hold", {"subjects": [node], "reason": "有人投诉"}).entry_ids[0]


def lift(farm: SmallFarm, entry_id: str) -> str:
    return farm.record("hold_lifted", {"hold": entry_id, "reason": "查清了"}).entry_ids[0]


def label(farm: SmallFarm, lot: str, count: int, submission_id: str = "labels-1") -> Receipt:
    order = LabelOrder(lot, "a4-24", count, "https://farm.example", {"name": "黄瓜"})
    return issue_labels(farm.recorder, farm.actor("packer"), order, submission_id)


def codes(farm: SmallFarm, lot: str) -> list[str]:
    with farm.instance.database.reading() as connection:
        return units.codes_of(connection, nodes.node_key(connection, lot), 1, 10_000)


def recall_from(farm: SmallFarm, *causes: str, reason: str = "坏药") -> str:
    order = RecallOrder(causes, reason, "别吃")
    return recall(farm.recorder, farm.actor(), order, f"recall-{causes}-{reason}").entry_ids[0]


def is_recalled(farm: SmallFarm, node_id: str) -> bool:
    with farm.instance.database.reading() as connection:
        return bool(standing_of(connection, nodes.node_key(connection, node_id)).recalls)


def packing_of(lot: str, kg: str = "120", count: str = "240", unit: str = "bundle") -> Report:
    takes = [{"node": lot, "quantity": kg}]
    sent = {"takes": takes, "packed_quantity": count, "unit": unit}
    return Report("packing", sent)
