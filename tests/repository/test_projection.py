"""Projections follow from the ledger alone: replayed elsewhere they are the same."""

import random
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.capture.small_farm import SmallFarm, make_farm
from trace.capture.correcting import Correction, correct_event
from trace.capture.events import Report
from trace.capture.labelling import LabelOrder, issue_labels
from trace.capture.recall_answers import Answer, Contact, acknowledge, note_contact
from trace.capture.recalling import RecallOrder, close_recall, recall
from trace.domain.errors import Refused
from trace.repository import nodes
from trace.repository.rebuilding import PROJECTIONS, first_difference
from trace.repository.standing import facts_of, standing_of

WRITTEN = tuple(name for name in PROJECTIONS if name != "event_file")


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    """A small co-op."""
    return make_farm(tmp_path)


class Season:
    """A farm on which anything may happen next: whatever is refused simply did not happen."""

    def __init__(self, farm: SmallFarm, seed: int) -> None:
        self.farm, self.chance = farm, random.Random(seed)
        self.plantings, self.lots = [farm.plant()], list[str]()
        self.inputs = [farm.buy_pesticide()]
        self.entries, self.wrong = list[str](), list[tuple[str, Report]]()
        self.refused = 0

    def report(self, event_type: str, sent: dict[str, Any], **more: Any) -> None:
        receipt = self.farm.record(event_type, sent, **more)
        self.entries += receipt.entry_ids
        self.wrong.append((receipt.entry_ids[0], Report(event_type, sent)))
        for one in receipt.made:
            {"planting": self.plantings, "input_lot": self.inputs}.get(one.kind, self.lots).append(
                one.node_id
            )

    def amount(self, lot: str) -> dict[str, str]:
        with self.farm.instance.database.reading() as connection:
            facts = facts_of(connection, [lot])[lot]
        left = max(1, int(facts.remaining or 1))
        some = str(self.chance.choice([left, self.chance.randint(1, left), left + 1]))
        return {"node": lot, "quantity": some, "unit": facts.unit}

    def step(self) -> None:
        choose, ids = self.chance.choice, self.farm.ids
        planting, lot = choose(self.plantings), choose([*self.lots, *self.plantings])
        input_lot, some = choose(self.inputs), {"node": choose(self.plantings), "quantity": "9"}
        sent: dict[str, Any]
        step = self.chance.randrange(16)
        self.farm.wait(minutes=self.chance.randint(0, 600))
        if step == 0:
            self.plantings.append(self.farm.plant())
        elif step == 1:
            self.inputs.append(self.farm.buy_pesticide())
        elif step == 2:
            sent = {"plantings": [planting], "input_lot": input_lot, "amount": "9"}
            self.report("spraying", sent)
        elif step in (3, 4):
            self.report("harvesting", {"takes": [some]})
        elif step in (5, 6):
            sent = {"takes": [self.amount(lot)], "packed_quantity": "24", "unit": "bundle"}
            self.report("packing", sent)
        elif step == 7:
            self.report("splitting", {"takes": [self.amount(lot)], "parts": ["1", "2"]})
        elif step == 8:
            takes = [self.amount(one) for one in {lot, choose([*self.lots, lot])}]
            sent = {"takes": takes, "package_name": "礼盒", "packed_quantity": "2"}
            self.report("package_made", sent)
        elif step == 9:
            passed = choose(["yes", "no", "no"])
            where = choose([{"subjects": [lot]}, {"plots": [ids["plot"]]}])
            self.report("inspection", {"inspection_kind": "rapid_test", "passed": passed} | where)
        elif step == 10:
            sent = {"lots": [self.amount(lot)], "customer": ids["shop"]}
            self.report("shipping", sent, already_happened=choose([True, False]))
        elif step == 11:
            self.report("destroying", {"lots": [self.amount(lot)], "reason": "烂了"})
        elif step == 12:
            self.report("returning", {"lots": [self.amount(lot)], "reason": "蔫了"})
        elif step == 13:
            self.report("hold", {"subjects": [lot], "reason": "投诉"})
        elif step == 14:
            self.report("hold_lifted", {"hold": choose(self.entries or [""]), "reason": "查清"})
        elif self.wrong:
            entry_id, report = choose(self.wrong)
            replacement = choose([None, report])
            correction = Correction(entry_id, "did_not_occur", "错了", replacement)
            actor = self.farm.actor()
            done = correct_event(self.farm.recorder, actor, correction, str(uuid.uuid4()))
            if replacement:
                self.wrong.append((done.entry_ids[1], report))

    def recall(self) -> None:
        order = RecallOrder((self.chance.choice(self.inputs + self.plantings),), "坏药")
        recall(self.farm.recorder, self.farm.actor(), order, str(uuid.uuid4()))

    def run(self, steps: int) -> None:
        for _ in range(steps):
            try:
                self.step()
            except Refused:
                self.refused += 1
        self.recall()


@pytest.mark.parametrize("seed", range(6))
def test_projections_replayed_elsewhere_are_the_same(
    farm: SmallFarm, tmp_path: Path, seed: int
) -> None:
    season = Season(farm, seed)
    season.run(90)
    assert season.refused < 60
    assert first_difference(farm.instance.database, tmp_path) is None


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happened_every_lot_can_still_be_read(farm: SmallFarm, seed: int) -> None:
    season = Season(farm, 100 + seed)
    season.run(60)
    with farm.instance.database.reading() as connection:
        facts = facts_of(connection, season.lots + season.plantings + season.inputs)
        for node_id, one in facts.items():
            standing = standing_of(connection, nodes.node_key(connection, node_id))
            assert one.is_held == bool(standing.holds)
            assert one.is_recalled == bool(standing.recalls)


@pytest.mark.parametrize("table", WRITTEN)
def test_a_row_changed_by_hand_is_found(farm: SmallFarm, tmp_path: Path, table: str) -> None:
    planting = farm.plant()
    farm.rapid_test(planting, passed=False)
    sent = {"inspection_kind": "rapid_test", "plots": [farm.ids["plot"]], "passed": "yes"}
    farm.record("inspection", sent)
    lots = [{"node": farm.harvest(planting), "quantity": "1"}]
    neighbour = SmallFarm(farm.instance, farm.now).coop_id
    town = farm.declare("party", name="邻村合作社", kind="customer", coop_id=neighbour)
    farm.record("shipping", {"lots": lots, "customer": town}, already_happened=True)
    order = RecallOrder((planting,), "坏药")
    recalled = recall(farm.recorder, farm.actor(), order, "S-1").entry_ids[0]
    farm.record("recall_updated", {"recall": recalled, "words": "还在查"})
    with farm.instance.database.writing() as connection:
        column = "unit" if table in ("event_node", "lineage") else "coop_id"
        changed = connection.execute(f"UPDATE {table} SET {column} = 'x'").rowcount
    assert changed > 0
    difference = first_difference(farm.instance.database, tmp_path)
    assert difference is not None
    assert difference.table == table


def test_news_and_answers_of_a_recall_are_replayed_and_tries_to_reach_people_are_not(
    farm: SmallFarm, tmp_path: Path
) -> None:
    order = RecallOrder((farm.plant(),), "坏药")
    recalled = recall(farm.recorder, farm.actor(), order, "S-1").entry_ids[0]
    farm.record("recall_updated", {"recall": recalled, "words": "还在查"})
    answer = Answer(recalled, farm.ids["shop"], "店长")
    acknowledge(farm.recorder, farm.actor(), answer, "A-1")
    note_contact(farm.recorder, farm.actor(), Contact(recalled, farm.ids["shop"], "called"), "N-1")
    close_recall(farm.recorder, farm.actor(), recalled, "都收回了", "C-1")
    assert first_difference(farm.instance.database, tmp_path) is None
    with farm.instance.database.reading() as connection:
        kept = connection.execute("SELECT COUNT(*) FROM recall_follow_up").fetchone()[0]
    assert kept == 2


def test_labels_are_no_projection_and_stay(farm: SmallFarm, tmp_path: Path) -> None:
    picked = farm.harvest(farm.plant())
    farm.rapid_test(picked)
    order = LabelOrder(farm.pack(picked), "a4-24", 5, "https://farm.example", {})
    issue_labels(farm.recorder, farm.actor(), order, "labels-1")
    assert first_difference(farm.instance.database, tmp_path) is None
    with farm.instance.database.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM unit").fetchone()[0] == 5
