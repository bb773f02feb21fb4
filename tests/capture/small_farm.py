"""A small co-op on a real instance: one greenhouse, one grower, a packer, a tester, a customer."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from trace.capture.declaring import declare
from trace.capture.events import Report, record_event
from trace.capture.people import found_coop
from trace.capture.recording import Actor, Recorder
from trace.capture.submissions import Receipt
from trace.repository.instance import Instance, create_instance

SPRING = datetime(2026, 3, 1, 1, tzinfo=UTC)


@dataclass
class SmallFarm:
    """The co-op's ids, a clock that only moves when told, and short ways to record."""

    instance: Instance
    now: datetime = SPRING
    ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.recorder = Recorder(self.instance, lambda: self.now)
        coop = {"name": "大丰收", "name_en": "Bumper Harvest", "time_zone": "Asia/Shanghai"}
        self.coop_id, manager = found_coop(self.recorder, coop, {"name": "赵建国"})
        self.ids["manager"] = manager
        for name, said in {"grower": "王长财", "packer": "李秀兰", "tester": "孙敏"}.items():
            self.ids[name] = self.declare("party", name=said, kind="person")
        self.ids["shop"] = self.declare("party", name="邻家鲜果店", kind="customer", phone="0532-1")
        self.ids["site"] = self.declare("site", name="基地", kind="base")
        self.ids["plot"] = self.declare(
            "plot", name="17号大棚", site_id=self.ids["site"], grower_id=self.ids["grower"],
            kind="greenhouse", area_mu="1.2",
        )  # fmt: skip
        self.ids["cucumber"] = self.declare(
            "product", name="黄瓜", unit="bundle", unit_mass_kg="0.5", label_needs="rapid_test",
            lot_prefix="HG",
        )  # fmt: skip
        self.ids["azoxystrobin"] = self.declare(
            "input", name="嘧菌酯", kind="pesticide", unit="ml", pre_harvest_interval_days="3"
        )

    def actor(self, role: str = "manager") -> Actor:
        """Somebody of this role."""
        return Actor(f"account-{role}", self.coop_id, role, self.ids[role])

    def declare(self, noun: str, **fields: Any) -> str:
        """Declare as the manager."""
        return declare(self.recorder, self.actor(), noun, fields)

    def record(
        self,
        event_type: str,
        sent: Mapping[str, Any],
        role: str = "manager",
        submission_id: str = "",
        **more: Any,
    ) -> Receipt:
        """Record one report as somebody of this role."""
        report = Report(event_type, sent, **more)
        return record_event(
            self.recorder, self.actor(role), report, submission_id or str(uuid.uuid4())
        )

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def plant(self) -> str:
        """Sow cucumbers in the greenhouse; the planting's id."""
        sent = {"plot": self.ids["plot"], "product": self.ids["cucumber"], "variety": "津优35"}
        return self.record("planting", sent, "grower").made[0].node_id

    def buy_pesticide(self) -> str:
        """Buy 500 ml; the input lot's id."""
        sent = {"input": self.ids["azoxystrobin"], "supplier": self.ids["shop"], "quantity": "500"}
        return self.record("input_purchase", sent).made[0].node_id

    def harvest(self, planting: str, kg: str = "126") -> str:
        """Pick; the harvest lot's id."""
        takes = [{"node": planting, "quantity": kg}]
        return self.record("harvesting", {"takes": takes}, "grower").made[0].node_id

    def rapid_test(self, node: str, passed: bool = True) -> str:
        """Test quickly; the entry id."""
        sent = {"inspection_kind": "rapid_test", "subjects": [node], "passed": str(passed)}
        return self.record("inspection", sent, "tester").entry_ids[0]

    def pack(self, lot: str, kg: str = "120", count: str = "240") -> str:
        """Pack in bundles; the packed lot's id."""
        sent = {
            "takes": [{"node": lot, "quantity": kg}], "packed_quantity": count, "unit": "bundle",
        }  # fmt: skip
        return self.record("packing", sent, "packer").made[0].node_id


def make_farm(folder: Path) -> SmallFarm:
    """A fresh small co-op in a folder."""
    return SmallFarm(create_instance(folder / "instance", "farm.example"))
