"""The least that each kind of report must say, on a co-op that has something of everything."""

from dataclasses import dataclass, field
from typing import Any

from trace.capture.events import MADE_BY_SERVER
from trace.capture.recalling import RecallOrder, recall
from trace.domain.key_data import KEY_DATA

from .small_farm import SmallFarm

REPORTED = sorted(set(KEY_DATA) - set(MADE_BY_SERVER))


@dataclass
class Stage:
    """A co-op with a planting, bulk and packed lots, pesticide, a hold and a recall."""

    farm: SmallFarm
    nodes: dict[str, str] = field(default_factory=dict)
    certificates: int = 0

    def __post_init__(self) -> None:
        farm = self.farm
        self.nodes["planting"] = farm.plant()
        self.manure = farm.declare("input", name="鸡粪", kind="fertiliser", unit="kg")
        self.nodes["pesticide"] = farm.buy_pesticide()
        self.nodes["picked"] = farm.harvest(self.nodes["planting"])
        self.nodes["more"] = farm.harvest(self.nodes["planting"])
        self.nodes["packed"] = farm.pack(self.nodes["picked"])
        held = {"subjects": [self.nodes["more"]], "reason": "投诉"}
        self.hold = farm.record("hold", held).entry_ids[0]
        other = farm.harvest(self.nodes["planting"])
        order = RecallOrder((other,), "试一试")
        self.recall = recall(farm.recorder, farm.actor(), order, "recall-1").entry_ids[0]

    def least(self, event_type: str) -> dict[str, Any]:
        """What a report of this type must say, and no more."""
        ids, nodes = self.farm.ids, self.nodes
        kilogram = {"node": nodes["picked"], "quantity": "1"}
        bundle = {"node": nodes["packed"], "quantity": "1", "unit": "bundle"}
        packed: dict[str, Any] = {"packed_quantity": "2", "unit": "bundle"}
        every: dict[str, dict[str, Any]] = {
            "planting": {"plot": ids["plot"], "product": ids["cucumber"], "variety": "津优35"},
            "irrigation": {"plantings": [nodes["planting"]]},
            "fertilising": {
                "plantings": [nodes["planting"]], "input": self.manure, "amount": "9",
                "amount_unit": "kg",
            },
            "spraying": {
                "plantings": [nodes["planting"]], "input_lot": nodes["pesticide"], "amount": "30",
            },
            "field_work": {"plantings": [nodes["planting"]], "work": "weeding"},
            "inspection": {
                "inspection_kind": "rapid_test", "subjects": [nodes["picked"]], "passed": "yes",
            },
            "harvesting": {"takes": [{"node": nodes["planting"], "quantity": "5"}]},
            "cooling": {"lots": [nodes["picked"]]},
            "packing": {"takes": [kilogram], **packed},
            "splitting": {"takes": [kilogram], "parts": ["0.5", "0.5"]},
            "merging": {"takes": [kilogram]},
            "repacking": {"takes": [bundle], **packed},
            "package_made": {"takes": [bundle], "package_name": "礼盒", "packed_quantity": "1"},
            "certificate_issued": self._certificate() if event_type == "certificate_issued" else {},
            "storing": {"lots": [nodes["packed"]], "site": ids["site"]},
            "storage_reading": {"lots": [nodes["packed"]], "temperature": "-1.5"},
            "shipping": {"lots": [bundle], "customer": ids["shop"]},
            "receiving": {
                "supplier": ids["shop"], "product": ids["cucumber"], "quantity": "50",
            },
            "returning": {"lots": [bundle], "reason": "蔫了"},
            "selling": {"lots": [kilogram], "channel": "gate"},
            "destroying": {"lots": [kilogram], "reason": "烂了"},
            "loss": {"lots": [kilogram], "cause": "dried"},
            "input_purchase": {
                "input": ids["azoxystrobin"], "supplier": ids["shop"], "quantity": "500",
            },
            "input_issue": {
                "lots": [{"node": nodes["pesticide"], "quantity": "30"}],
                "recipient": ids["grower"],
            },
            "hold": {"subjects": [nodes["more"]], "reason": "投诉"},
            "hold_lifted": {"hold": self.hold, "reason": "查清了"},
            "recall_updated": {"recall": self.recall, "words": "另有一批"},
            "recall_closed": {"recall": self.recall, "reason": "都收回了"},
        }  # fmt: skip
        return every[event_type]

    def _certificate(self) -> dict[str, Any]:
        """One more certificate: a lot has one and no more, and each has a number of its own."""
        self.certificates += 1
        lot = self.nodes["packed"]
        if self.certificates > 1:
            lot = self.farm.harvest(self.farm.plant(), "1")  # the other one may be sprayed by now
        return {"lot": lot, "basis": "own_control", "number": f"CN-{self.certificates}"}
