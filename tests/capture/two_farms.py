"""Two small co-ops on one instance: one grows and sends, the other takes over what was sent."""

from pathlib import Path

from trace.capture.people import found_coop
from trace.capture.recording import Actor
from trace.capture.submissions import Receipt
from trace.repository.instance import create_instance

from .small_farm import SmallFarm

RECEIVER = "镇上的合作社"


class Receiver(SmallFarm):
    """The co-op in town: a packer and a product of its own; its clock is the sender's."""

    def __post_init__(self) -> None:
        self.ids = {}

    def join(self, sender: SmallFarm) -> None:
        """Be founded on the sender's instance, and be a customer of the sender's."""
        self.recorder = sender.recorder
        fields = {
            "name": RECEIVER,
            "time_zone": "Asia/Shanghai",
            "credit_code": "93370282MA0000099X",
        }
        self.coop_id, self.ids["manager"] = found_coop(self.recorder, fields, {"name": "周敏"})
        self.ids["packer"] = self.declare("party", name="吴玉", kind="person")
        self.ids["shop"] = self.declare("party", name="秘密客户", kind="customer", phone="0532-9")
        self.ids["cucumber"] = self.declare(
            "product", name="鲜黄瓜", unit="bundle", unit_mass_kg="0.5", label_needs="nothing",
            lot_prefix="ZS",
        )  # fmt: skip
        sender.ids["town"] = sender.declare(
            "party", name="镇社", kind="customer", coop_id=RECEIVER, phone="0532-7"
        )

    def actor(self, role: str = "manager") -> Actor:
        """Somebody of the co-op in town."""
        return Actor(f"town-{role}", self.coop_id, role, self.ids[role])

    def take_over(self, shipping: str, lot: str, count: str = "100", **more: object) -> Receipt:
        """Record that these bundles of a lot arrived."""
        sent = {
            "shipping": shipping,
            "source": {"node": lot, "quantity": count, "unit": "bundle"},
            "product": self.ids["cucumber"],
        }
        return self.record("receiving", sent, "packer", **more)  # type: ignore[arg-type]


def two_farms(folder: Path) -> tuple[SmallFarm, Receiver]:
    """The sender and the receiver."""
    sender = SmallFarm(create_instance(folder / "instance", "two.example"))
    receiver = Receiver(sender.instance)
    receiver.join(sender)
    return sender, receiver


def send(sender: SmallFarm, lot: str, count: str = "100", **more: object) -> str:
    """Send bundles to the co-op in town; the shipping's entry id."""
    sent = {
        "lots": [{"node": lot, "quantity": count, "unit": "bundle"}],
        "customer": sender.ids["town"],
    }
    return sender.record("shipping", sent, "packer", **more).entry_ids[0]  # type: ignore[arg-type]


def packed(sender: SmallFarm) -> str:
    """Grow, pick, test and pack cucumbers; the packed lot."""
    lot = sender.pack(sender.harvest(sender.plant()))
    sender.rapid_test(lot)
    return lot
