"""Two co-ops on one real instance, each with everything a page can name, and people signed in."""

import re
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from trace.capture.declaring import declare
from trace.capture.events import Report, record_event
from trace.capture.files import keep_photo
from trace.capture.labelling import LabelOrder, issue_labels
from trace.capture.people import accept_invitation, found_coop, invite_as_operator
from trace.capture.recalling import RecallOrder, recall
from trace.capture.recording import Actor, Recorder
from trace.domain.events import Photo
from trace.domain.roles import ROLES
from trace.repository import people
from trace.repository.instance import Instance, create_instance, open_instance
from trace.web import create_app
from trace.web.access import House
from trace.web.settings import Settings

BEGIN = datetime(2026, 9, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
BROWSER = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}
"""What a browser sends with a form of our own pages."""
NEIGHBOUR, NEIGHBOUR_MARK = "邻村合作社", "邻私"
"""A third co-op's public name, and what every private name of it begins with."""


@dataclass
class Coop:
    """One co-op: `ids` names everything it has; `tokens` and `actors` go by role.

    `mark` is part of every name it gave, so that a page which shows another co-op is found out.
    """

    mark: str
    coop_id: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)


@dataclass
class TwoCoops:
    """The instance, its two co-ops, and an application that serves it at a clock of its own."""

    instance: Instance
    ours: Coop
    theirs: Coop
    app: Flask
    now: datetime = NOW
    neighbour: Coop = field(default_factory=lambda: Coop(NEIGHBOUR_MARK))

    @property
    def recorder(self) -> Recorder:
        """A recorder whose clock only moves when told."""
        return Recorder(self.instance, lambda: self.now)

    def client(self, role: str = "manager", coop: Coop | None = None) -> FlaskClient:
        """A browser signed in as this role."""
        client = self.app.test_client()
        client.set_cookie("qijimu", (coop or self.ours).tokens[role])
        client.environ_base.update({f"HTTP_{k.upper().replace('-', '_')}": v
                                    for k, v in BROWSER.items()})  # fmt: skip
        return client

    def record(self, coop: Coop, role: str, event_type: str, sent: Mapping[str, Any],
               **more: Any) -> tuple[str, str]:  # fmt: skip
        """Record as this role; the entry's id and the id of what it made, or an empty text."""
        report = Report(event_type, sent, **more)
        receipt = record_event(self.recorder, coop.actors[role], report, str(uuid.uuid4()))
        return receipt.entry_ids[-1], receipt.made[0].node_id if receipt.made else ""

    def ledger_size(self) -> int:
        """How many entries the ledger has."""
        return self.counts("entry")

    def counts(self, table: str) -> int:
        """How many rows a table has."""
        with self.instance.database.reading() as connection:
            found = connection.execute(f"SELECT COUNT(*) AS n FROM {table}").fetchone()
        return int(found["n"])

    def copied(self, folder: Path) -> "TwoCoops":
        """The same on a copy of its instance, served by the same application."""
        self.instance.database.close()
        shutil.copytree(self.instance.folder, folder)
        instance = open_instance(folder)
        fresh = TwoCoops(instance, self.ours, self.theirs, self.app, self.now, self.neighbour)
        fresh.serve()
        return fresh

    def serve(self) -> None:
        """Let the application answer from this instance."""
        self.app.extensions["house"] = House(self.instance, self.recorder)


def photo_bytes(shade: int = 90) -> bytes:
    """A small JPEG."""
    file = BytesIO()
    Image.new("RGB", (320, 240), (shade, 140, 70)).save(file, "JPEG")
    return file.getvalue()


def make_two_coops(folder: Path) -> TwoCoops:
    """Build both on a fresh instance."""
    instance = create_instance(folder / "instance", "two.example")
    app = create_app(Settings(instance=instance.folder))
    two = TwoCoops(instance, Coop("东社"), Coop("西村"), app, BEGIN)
    two.now = BEGIN
    for shade, coop in ((60, two.ours), (200, two.theirs)):
        _found(two, coop)
        _declare(two, coop, shade)
        _field(two, coop)
    two.now += timedelta(days=20)
    for coop in (two.ours, two.theirs):
        _goods(two, coop)
    _neighbour(two)
    two.now = NOW
    two.serve()
    return two


def _neighbour(two: TwoCoops) -> None:
    """A third co-op that has sent a lot to each of the two; what is private there has its mark."""
    third = Coop(NEIGHBOUR_MARK)
    manager = {"name": f"{third.mark}理事长"}
    fields = {"name": NEIGHBOUR, "time_zone": "Asia/Shanghai"}
    third.coop_id, third.ids["manager"] = found_coop(two.recorder, fields, manager)
    actor = Actor("neighbour", third.coop_id, "manager", third.ids["manager"])
    third.actors = dict.fromkeys(ROLES, actor)
    ids, mark = third.ids, third.mark
    ids["site"] = _noun(two, third, "site", name=f"{mark}基地", kind="base")
    ids["grower"] = _noun(two, third, "party", name=f"{mark}农户", kind="person")
    ids["plot"] = _noun(
        two, third, "plot", name=f"{mark}大棚", site_id=ids["site"], grower_id=ids["grower"],
        kind="greenhouse",
    )  # fmt: skip
    ids["product"] = _noun(
        two, third, "product", name="邻家黄瓜", unit="bundle", unit_mass_kg="0.5",
        label_needs="nothing", lot_prefix="LJ",
    )  # fmt: skip
    sown = {"plot": ids["plot"], "product": ids["product"], "variety": f"{mark}一号"}
    _, planting = two.record(third, "manager", "planting", sown, note=f"{mark}备注")
    for coop in (two.ours, two.theirs):
        taken = {"takes": [{"node": planting, "quantity": "40"}]}
        _, picked = two.record(third, "manager", "harvesting", taken)
        made = {"takes": [{"node": picked, "quantity": "40"}],
                "packed_quantity": "80", "unit": "bundle"}  # fmt: skip
        _, coop.ids["arriving lot"] = two.record(third, "manager", "packing", made)
        customer = _noun(two, third, "party", name=f"{mark}{coop.mark}", kind="customer",
                         coop_id=f"{coop.mark}合作社")  # fmt: skip
        gone = {"lots": [{"node": coop.ids["arriving lot"], "quantity": "60", "unit": "bundle"}],
                "customer": customer, "reference": f"{mark}单号"}  # fmt: skip
        coop.ids["arriving"], _ = two.record(third, "manager", "shipping", gone)
    other = _noun(two, third, "party", name=f"{mark}别的客户", kind="customer")
    for coop in (two.ours, two.theirs):
        rest = {"lots": [{"node": coop.ids["arriving lot"], "quantity": "9", "unit": "bundle"}],
                "customer": other}  # fmt: skip
        two.record(third, "manager", "shipping", rest)
    two.neighbour = third


def _found(two: TwoCoops, coop: Coop) -> None:
    manager = {"name": f"{coop.mark}理事长"}
    fields = {"name": f"{coop.mark}合作社", "time_zone": "Asia/Shanghai"}
    coop.coop_id, party = found_coop(two.recorder, fields, manager)
    coop.ids["coop"] = coop.coop_id
    coop.ids["manager"] = party
    coop.actors["manager"] = Actor("founder", coop.coop_id, "manager", party)
    for role in ROLES:
        if role != "manager":
            kind = "office" if role == "inspector" else "person"
            coop.ids[role] = _noun(two, coop, "party", name=f"{coop.mark}{role}", kind=kind)
    for role in ROLES:
        token = invite_as_operator(two.recorder, coop.coop_id, role, coop.ids[role])
        session = accept_invitation(two.recorder, token, "test")
        coop.tokens[role] = session.token
        coop.ids[f"{role} membership"] = session.membership_id
        with two.instance.database.reading() as connection:
            member = people.membership(connection, session.membership_id)
        assert member is not None
        coop.actors[role] = Actor(member["account_id"], coop.coop_id, role, coop.ids[role])
    coop.ids["membership"] = coop.ids["packer membership"]


def _noun(two: TwoCoops, coop: Coop, noun: str, **fields: Any) -> str:
    return declare(two.recorder, coop.actors["manager"], noun, fields)


def _declare(two: TwoCoops, coop: Coop, shade: int) -> None:
    ids, mark = coop.ids, coop.mark
    ids["site"] = _noun(two, coop, "site", name=f"{mark}基地", kind="base")
    ids["plot"] = _noun(
        two, coop, "plot", name=f"{mark}大棚", site_id=ids["site"], grower_id=ids["grower"],
        kind="greenhouse", area_mu="1.2",
    )  # fmt: skip
    ids["product"] = _noun(
        two, coop, "product", name=f"{mark}黄瓜", unit="bundle", unit_mass_kg="0.5",
        label_needs="nothing", picture="cucumber", lot_prefix="HG",
    )  # fmt: skip
    ids["input"] = _noun(
        two, coop, "input", name=f"{mark}药", kind="pesticide", unit="ml",
        pre_harvest_interval_days="3",
    )  # fmt: skip
    ids["customer"] = _noun(
        two, coop, "party", name=f"{mark}客户", kind="customer", phone=f"0532-{shade}"
    )
    ids["supplier"] = _noun(two, coop, "party", name=f"{mark}农资店", kind="supplier")
    ids["file"] = keep_photo(two.recorder, coop.actors["manager"], photo_bytes(shade))
    ids["certificate"] = _noun(
        two, coop, "certificate", kind="green_food", name=f"{mark}绿色食品", number=f"LB-{shade}",
        issuer="中心", valid_from="2026-01-01", valid_until="2027-12-31", file=ids["file"],
    )  # fmt: skip


def _field(two: TwoCoops, coop: Coop) -> None:
    """Three plantings, the first of them sprayed and watered."""
    ids = coop.ids
    bought = {"input": ids["input"], "supplier": ids["supplier"], "quantity": "500"}
    _, ids["input_lot"] = two.record(coop, "manager", "input_purchase", bought)
    sown = {"plot": ids["plot"], "product": ids["product"], "variety": f"{coop.mark}一号"}
    ids["sowing"], ids["planting"] = two.record(coop, "grower", "planting", sown)
    _, ids["held"] = two.record(coop, "grower", "planting", sown)
    _, ids["recalled"] = two.record(coop, "grower", "planting", sown)
    sent = {"plantings": [ids["planting"]], "input_lot": ids["input_lot"], "amount": "30"}
    ids["entry"], _ = two.record(
        coop, "grower", "spraying", sent, note=f"{coop.mark}备注", photos=(Photo(ids["file"]),)
    )
    watered = {"plantings": [ids["planting"]], "method": "drip"}
    two.record(coop, "grower", "irrigation", watered)


def _goods(two: TwoCoops, coop: Coop) -> None:
    """A shipped, labelled lot of the first planting; the second is held, and the third recalled."""
    ids = coop.ids
    taken = {"takes": [{"node": ids["planting"], "quantity": "126"}]}
    _, ids["harvest"] = two.record(coop, "grower", "harvesting", taken)
    made = {"takes": [{"node": ids["harvest"], "quantity": "120"}],
            "packed_quantity": "240", "unit": "bundle"}  # fmt: skip
    ids["packing"], ids["lot"] = two.record(coop, "packer", "packing", made)
    order = LabelOrder(ids["lot"], "a4-24", 24, "https://two.example", {"name": coop.mark})
    ids["job"] = f"job-{coop.coop_id}"
    issue_labels(two.recorder, coop.actors["manager"], order, ids["job"])
    gone = {"lots": [{"node": ids["lot"], "quantity": "100", "unit": "bundle"}],
            "customer": ids["customer"]}  # fmt: skip
    ids["shipping"], _ = two.record(coop, "packer", "shipping", gone)
    looked = {"inspection_kind": "field_inspection", "subjects": [ids["held"]], "passed": "yes",
              "method": f"{coop.mark}走访"}  # fmt: skip
    ids["inspection"], _ = two.record(coop, "inspector", "inspection", looked)
    held = {"subjects": [ids["held"]], "reason": f"{coop.mark}疑"}
    ids["hold"], _ = two.record(coop, "manager", "hold", held)
    ids["recall"] = recall(
        two.recorder, coop.actors["manager"],
        RecallOrder((ids["recalled"],), f"{coop.mark}召回"), f"recall-{coop.coop_id}",
    ).entry_ids[0]  # fmt: skip


def words(answer: TestResponse) -> str:
    """What a page says, without its tags."""
    inside = answer.text.split("<main", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def form_id(client: FlaskClient, address: str) -> str:
    """The id that a page's form carries."""
    found = re.search(r'name="form_id" value="(\w+)"', client.get(address).text)
    assert found
    return found[1]
