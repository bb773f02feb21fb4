"""A random history of two co-ops, told through capture, and what it must mean by its own account.

Everything expected here is worked out from the reports as they were sent: links are followed one by
one, so that no rule is shared with the program. A link may follow another through a planting only
if it was taken on the day the other came in, or later; what a planting was sown from is in it all.
"""

import uuid
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.capture.small_farm import SmallFarm
from trace.capture.correcting import Correction, correct_event
from trace.capture.events import Report
from trace.capture.recalling import RecallOrder, recall
from trace.capture.recording import Recorder
from trace.capture.submissions import Receipt
from trace.domain.errors import Refused
from trace.repository.instance import open_instance

ZONE = ZoneInfo("Asia/Shanghai")
KG = {"kg": Decimal(1), "g": Decimal("0.001"), "jin": Decimal("0.5"), "bundle": Decimal("0.5")}


@dataclass(frozen=True)
class Link:
    """One node in another from a day on; `is_making` where the event made the child."""

    parent: str
    child: str
    day: date
    is_making: bool


@dataclass(frozen=True)
class Told:
    """An event as it was sent, what it made, and whether it was struck out since."""

    entry_id: str
    farm: SmallFarm
    report: Report
    day: date
    parents: tuple[str, ...]
    made: tuple[str, ...]
    subjects: tuple[str, ...]
    struck_out_by: str = ""


@dataclass(frozen=True)
class Recalled:
    """A recall, and how many nodes its entry says it reached, with their hash."""

    entry_id: str
    causes: tuple[str, ...]
    kept: set[Link] = field(default_factory=set, compare=False, hash=False)
    """The links that a correction took away after goods had been recalled through them."""


def reopened(farm: SmallFarm, folder: Path) -> SmallFarm:
    """The same co-op in a copy of its instance."""
    copy = object.__new__(SmallFarm)
    copy.__dict__.update(farm.__dict__)
    copy.instance, copy.ids = open_instance(folder), dict(farm.ids)
    copy.recorder = Recorder(copy.instance, lambda: copy.now)
    return copy


@dataclass
class History:
    """What two co-ops recorded: any step may be refused, and then nothing has happened."""

    farms: tuple[SmallFarm, SmallFarm]
    draw: Any
    told: list[Told] = field(default_factory=list)
    recalls: list[Recalled] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    owners: dict[str, SmallFarm] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    fertilisers: set[str] = field(default_factory=set)
    raw: list[Link] = field(default_factory=list)
    refused: int = 0

    def live(self, steps: int) -> "History":
        """Two plantings and an input lot each to begin with, and then anything."""
        for farm in self.farms:
            self.sow(farm)
            self.sow(farm)
            self.buy(farm)
        for _ in range(steps):
            step = self.draw(st.sampled_from(STEPS))
            farm = self.farms[self.draw(st.integers(0, 3)) == 3]
            self.wait(self.draw(st.integers(0, 30)))
            step(self, farm)
        return self

    def wait(self, hours: int) -> None:
        """Both clocks go on together."""
        for farm in self.farms:
            farm.wait(hours=hours)

    def of(self, farm: SmallFarm, *kinds: str) -> list[str]:
        """A co-op's nodes of these kinds."""
        return [
            one for one, kind in self.kinds.items() if kind in kinds and self.owners[one] is farm
        ]

    def some(self, nodes: Sequence[str], most: int = 3) -> list[str]:
        """One or several of these."""
        return list(
            self.draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=most, unique=True))
        )

    def when(self, farm: SmallFarm) -> str:
        """Now, or in arrears: some day since the beginning, or some minute of it."""
        today = farm.now.astimezone(ZONE).date()
        if self.draw(st.booleans()):
            return ""
        first = date(2026, 2, 25)
        day: date = first + (today - first) * self.draw(st.integers(0, 3)) / 4
        minute: str = self.draw(st.sampled_from(["", "T00:05", "T06:30", "T23:55"]))
        return day.isoformat() + minute

    def amount(self, node: str) -> dict[str, str]:
        """A few of a node, in its unit or by mass."""
        unit = self.units.get(node, "kg")
        if unit in KG:
            unit = self.draw(st.sampled_from([unit, "kg", "jin"]))
        if self.kinds[node] == "planting":
            unit = "kg"
        return {"node": node, "quantity": str(self.draw(st.integers(1, 40))), "unit": unit}

    def tell(
        self,
        farm: SmallFarm,
        event_type: str,
        sent: Mapping[str, Any],
        parents: Collection[str] = (),
        subjects: Collection[str] = (),
        when: str | None = None,
    ) -> Told | None:
        """Record a report and keep what was said; None where it was refused."""
        when = self.when(farm) if when is None else when
        report = Report(event_type, sent, when, already_happened=True)
        try:
            receipt = farm.record(event_type, sent, when=when, already_happened=True)
        except Refused:
            self.refused += 1
            return None
        return self._keep(farm, report, receipt, tuple(parents), tuple(subjects))

    def _keep(
        self,
        farm: SmallFarm,
        report: Report,
        receipt: Receipt,
        parents: tuple[str, ...],
        subjects: tuple[str, ...],
    ) -> Told:
        now = farm.now.astimezone(ZONE).date()
        day = date.fromisoformat(report.when[:10]) if report.when else now
        made = tuple(one.node_id for one in receipt.made)
        for one in receipt.made:
            self.kinds[one.node_id], self.owners[one.node_id] = one.kind, farm
        told = Told(receipt.entry_ids[-1], farm, report, day, parents, made, subjects)
        self.told.append(told)
        return told

    def sow(self, farm: SmallFarm) -> None:
        """A planting, of seed from the store or not."""
        seeds = self.of(farm, "input_lot")
        seed = [self.draw(st.sampled_from(seeds))] if seeds and self.draw(st.booleans()) else []
        sent = {"plot": farm.ids["plot"], "product": farm.ids["cucumber"], "variety": "津优35"}
        self.tell(farm, "planting", sent | ({"seed_lot": seed} if seed else {}), seed)

    def buy(self, farm: SmallFarm) -> None:
        """A lot of pesticide, or of a leaf fertiliser."""
        name = self.draw(st.sampled_from(["azoxystrobin", "leaf food"]))
        if name not in farm.ids:
            farm.ids[name] = farm.declare("input", name=name, kind="fertiliser", unit="ml")
        sent = {"input": farm.ids[name], "supplier": farm.ids["shop"], "quantity": "500"}
        bought = self.tell(farm, "input_purchase", sent)
        if bought:
            self.units[bought.made[0]] = "ml"
            self.fertilisers |= {bought.made[0]} if name == "leaf food" else set()

    def spray(self, farm: SmallFarm) -> None:
        """One input lot on one planting or more, or something that is in no list."""
        plantings = self.some(self.of(farm, "planting"))
        used = [self.draw(st.sampled_from(self.of(farm, "input_lot")))]
        sent: dict[str, Any] = {"plantings": plantings, "amount": "9"}
        if self.draw(st.integers(0, 4)) == 0:
            self.tell(farm, "spraying", sent | {"input_name": "土办法"}, (), plantings)
        else:
            kinds = ["spraying", "fertilising"] if used[0] in self.fertilisers else ["spraying"]
            kind = self.draw(st.sampled_from(kinds))
            self.tell(farm, kind, sent | {"input_lot": used}, used, plantings)

    def pick(self, farm: SmallFarm) -> None:
        """Off one planting or two."""
        plantings = self.some(self.of(farm, "planting"), 2)
        takes = [self.amount(one) for one in plantings]
        picked = self.tell(farm, "harvesting", {"takes": takes}, plantings)
        if picked:
            self.units[picked.made[0]] = "kg"

    def process(self, farm: SmallFarm) -> None:
        """Packing, merging, repacking, a box: of one lot or several, packing of a planting too."""
        lots = self.of(farm, "lot")
        kind = self.draw(st.sampled_from(["packing", "merging", "repacking", "package_made"]))
        if kind == "packing" and self.draw(st.integers(0, 3)) == 0:
            lots = self.of(farm, "planting")
        if not lots:
            return
        parents = self.some(lots, 4)
        sent: dict[str, Any] = {"takes": [self.amount(one) for one in parents]}
        if kind in ("packing", "repacking"):
            sent |= {"packed_quantity": "24", "unit": "bundle"}
        elif kind == "package_made":
            sent |= {"packed_quantity": "3", "package_name": "礼盒"}
        made = self.tell(farm, kind, sent, parents)
        if made:
            units = {"merging": "kg", "package_made": "box"}
            self.units[made.made[0]] = units.get(kind, "bundle")

    def split(self, farm: SmallFarm) -> None:
        """A lot into two or three."""
        lots = self.of(farm, "lot")
        if not lots:
            return
        parent = self.draw(st.sampled_from(lots))
        unit = self.units[parent]
        parts = [
            {"quantity": str(part), "unit": unit} for part in range(1, self.draw(st.integers(3, 4)))
        ]
        split = self.tell(
            farm, "splitting", {"takes": [self.amount(parent)], "parts": parts}, [parent]
        )
        for made in split.made if split else ():
            self.units[made] = unit

    def move(self, farm: SmallFarm) -> None:
        """Goods go out, come back, are lost or destroyed."""
        goods = self.of(farm, "lot", "package")
        if not goods:
            return
        kind = self.draw(
            st.sampled_from(["shipping", "selling", "returning", "destroying", "loss"])
        )
        sent: dict[str, Any] = {"lots": [self.amount(one) for one in self.some(goods)]}
        sent |= {
            "shipping": {"customer": farm.ids["shop"]}, "selling": {"channel": "gate"},
            "returning": {"reason": "退"}, "destroying": {"reason": "坏"},
            "loss": {"cause": "dried"},
        }[kind]  # fmt: skip
        self.tell(farm, kind, sent)

    def hand_over(self, farm: SmallFarm) -> None:
        """Goods of ours are sent to the other co-op, and become a lot of theirs that holds them."""
        other = self.farms[farm is self.farms[0]]
        goods = self.of(farm, "lot", "package")
        if not goods:
            return
        given = self.amount(self.draw(st.sampled_from(goods)))
        sent = self.tell(farm, "shipping", {"lots": [given], "customer": farm.ids["neighbour"]})
        if sent is None or self.draw(st.integers(0, 4)) == 0:
            return
        takes = {"source": [given], "shipping": sent.entry_id, "product": other.ids["cucumber"]}
        taken = self.tell(other, "receiving", takes, [given["node"]])
        if taken:
            self.units[taken.made[0]] = given["unit"]

    def hold(self, farm: SmallFarm) -> None:
        """On suspicion, of anything."""
        held = self.some(self.of(farm, *set(self.kinds.values())))
        self.tell(farm, "hold", {"subjects": held, "reason": "疑"}, (), held, when="")

    def recall(self, farm: SmallFarm) -> None:
        """From one cause or two; what its entry says of its reach is what we find."""
        causes = tuple(self.some(self.of(farm, *set(self.kinds.values())), 2))
        order = RecallOrder(causes, "坏药")
        entry_id = recall(farm.recorder, farm.actor(), order, str(uuid.uuid4())).entry_ids[0]
        self.recalls.append(Recalled(entry_id, causes))
        with farm.instance.database.reading() as connection:
            sql = "SELECT what FROM event WHERE entry_id = ?"
            what = connection.execute(sql, (entry_id,)).fetchone()["what"]
        reached = sorted(self.reached(causes))
        assert f'"closure_count": {len(reached)}' in what
        assert sha256("\n".join(reached).encode()).hexdigest() in what

    def correct(self, farm: SmallFarm) -> None:
        """It did not happen; or it was another day, or something else that went in."""
        wrong = [one for one in reversed(self.told) if one.farm is farm and not one.struck_out_by]
        if not wrong:
            return
        told = self.draw(st.sampled_from(wrong))
        instead, parents, subjects = None, told.parents, told.subjects
        if self.draw(st.booleans()):
            instead, parents, subjects = self._instead(told)
        correction = Correction(told.entry_id, "did_not_occur", "看错了", instead)
        try:
            receipt = correct_event(
                farm.recorder, farm.actor(), correction, f"correct-{told.entry_id}"
            )
        except Refused:
            self.refused += 1
            return
        gone = set(links_of(told))
        for recalled in self.recalls:
            recalled.kept.update(gone & self.followed(recalled.causes, kept=recalled.kept))
        place = self.told.index(told)
        self.told[place] = replace(told, struck_out_by=receipt.entry_ids[0])
        if instead:
            self._keep(farm, instead, receipt, parents, subjects)

    def _instead(self, told: Told) -> tuple[Report, tuple[str, ...], tuple[str, ...]]:
        sent, parents, subjects = dict(told.report.sent), told.parents, told.subjects
        when = self.when(told.farm)
        if parents and "source" not in sent and self.draw(st.booleans()):
            same = self.of(told.farm, self.kinds[parents[0]])
            other = self.some(same, 1 if "takes" not in sent else 3)
            for name in ("takes", "input_lot", "seed_lot"):
                if name in sent:
                    sent[name] = [self.amount(one) for one in other] if name == "takes" else other
                    parents = tuple(other)
        elif "plantings" in sent:
            subjects = tuple(self.some(self.of(told.farm, "planting")))
            sent["plantings"] = list(subjects)
        return replace(told.report, sent=sent, when=when), parents, subjects

    # --- what it means ------------------------------------------------------------------------

    def links(self) -> list[Link]:
        """Every link of what still stands, and those put in by hand."""
        found = [link for one in self.told if not one.struck_out_by for link in links_of(one)]
        return found + self.raw

    def may_follow(self, first: Link, then: Link) -> bool:
        """Whether what came in by the first link went out by the second."""
        if first.child != then.parent:
            return False
        is_cut = self.kinds[first.child] == "planting" and not first.is_making
        return not is_cut or first.day <= then.day

    def reached(self, causes: Collection[str], since: date = date.min) -> set[str]:
        """The causes and all that holds them, breadth first, one link at a time."""
        return {*causes, *(one.child for one in self.followed(causes, since))}

    def recalled_by(self, recalled: Recalled) -> set[str]:
        """What a recall reaches: nothing that a correction took away is free of it."""
        links = self.followed(recalled.causes, kept=recalled.kept)
        return {*recalled.causes, *(one.child for one in links)}

    def followed(
        self, causes: Collection[str], since: date = date.min, kept: Collection[Link] = ()
    ) -> set[Link]:
        """Every link that is followed from the causes, and from links that are kept."""
        links = self.links()
        seen = {one for one in links if one.parent in causes and one.day >= since} | set(kept)
        waiting = deque(seen)
        while waiting:
            link = waiting.popleft()
            for one in links:
                if one not in seen and self.may_follow(link, one):
                    seen.add(one)
                    waiting.append(one)
        return seen

    def balance(self, node: str) -> dict[str, Decimal]:
        """What was made, came back, was used and went out of a lot by type, in its own unit."""
        found: dict[str, Decimal] = {}

        def add(name: str, given: Mapping[str, str]) -> None:
            unit, own = given.get("unit") or "kg", self.units[node]
            amount = Decimal(given["quantity"])
            if unit != own:
                amount = amount * KG[unit] / KG[own]
            found[name] = found.get(name, Decimal(0)) + amount

        for one in self.told:
            if one.struck_out_by:
                continue
            kind, sent = one.report.event_type, one.report.sent
            if node in one.made:
                for given in made_by(one, node, self.units[node]):
                    add("made", given)
            for given in [*sent.get("takes", ()), *sent.get("lots", ())]:
                if given["node"] == node:
                    name = {"returning": "returned"}.get(kind, kind)
                    add("used" if "takes" in sent else name, given)
        return found


def links_of(told: Told) -> list[Link]:
    """The links that an event makes."""
    return [
        Link(parent, child, told.day, bool(told.made))
        for parent in told.parents
        for child in told.made or told.subjects
    ]


def made_by(told: Told, node: str, unit: str) -> list[Mapping[str, str]]:
    """The amounts that make up what an event made of one lot."""
    sent, kind = told.report.sent, told.report.event_type
    if kind == "splitting":
        return [sent["parts"][told.made.index(node)]]
    if kind in ("harvesting", "merging"):
        return list(sent["takes"])
    if kind == "receiving":
        return list(sent["source"])
    quantity = sent.get("packed_quantity") or sent["quantity"]
    return [{"quantity": quantity, "unit": unit}]


STEPS = (
    History.sow, History.buy, *[History.spray] * 3, *[History.pick] * 4, *[History.process] * 5,
    *[History.split] * 2, *[History.move] * 2, *[History.correct] * 3,
    History.hand_over, History.hold, History.recall,
)  # fmt: skip
