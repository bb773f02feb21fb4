"""A small invented season, recorded through trace.capture: what the tests of public pages look at.

`Season` keeps the clock: `on(day, time)` sets it, and every deed is recorded then. Everything named
here is invented.
"""

import io
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from trace.capture import correcting, declaring, events, files, labelling, people, recalling
from trace.capture.recording import Actor, Recorder
from trace.domain.events import Photo
from trace.repository import nodes, units
from trace.repository.instance import Instance, create_instance

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)


def paper(text: str = "SL-2026-1183") -> bytes:
    """A one-page PDF."""
    from reportlab.pdfgen.canvas import Canvas

    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=(400, 560), invariant=1)
    canvas.drawString(60, 480, text)
    canvas.rect(40, 40, 320, 480)
    canvas.save()
    return sheet.getvalue()


def photo(seed: int = 1) -> bytes:
    """A picture of green leaves on dark ground."""
    picture = Image.new("RGB", (1200, 900), (52, 66, 40))
    draw = ImageDraw.Draw(picture)
    for number in range(240):
        x, y = (number * 173 * seed) % 1200, (number * 311 + seed * 57) % 900
        size = 30 + number % 90
        shade = (60 + number % 80, 120 + number % 100, 50 + number % 40)
        draw.ellipse((x, y, x + size, y + size // 2), fill=shade)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=88)
    return kept.getvalue()


@dataclass
class Season:
    """An instance with one co-op, and short ways to record what its people do."""

    instance: Instance
    now: datetime = field(default_factory=lambda: datetime(2026, 1, 5, 1, tzinfo=UTC))
    coop_id: str = ""
    manager: str = ""
    ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.recorder = Recorder(self.instance, lambda: self.now)
        self.coop_id, self.manager = people.found_coop(
            self.recorder,
            {
                "name": "青岛大丰收农业合作社",
                "name_en": "Dafengshou Co-op, Qingdao",
                "credit_code": "93370282MA0000017B",
                "address": "青岛市即墨区七级社区",
                "address_en": "Qiji, Jimo District, Qingdao",
                "phone": "0532-0000 0017",
                "time_zone": "Asia/Shanghai",
                "origin_name": "青岛即墨",
                "origin_name_en": "Jimo, Qingdao",
            },
            {"name": "赵建国", "name_en": "Zhao Jianguo"},
        )

    def on(self, day: date | str, clock: str = "18:20") -> "Season":
        """Set the clock."""
        moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)
        self.now = max(self.now + timedelta(seconds=1), moment.astimezone(UTC))
        return self

    def actor(self, role: str = "manager", party: str = "") -> Actor:
        """Somebody of the co-op; parties are named as in `ids`."""
        return Actor("account", self.coop_id, role, self.ids.get(party, self.manager))

    def declare(self, called: str, noun: str, **fields: Any) -> str:
        """Declare a noun and remember its id; its version is the first."""
        self.ids[called] = declaring.declare(self.recorder, self.actor(), noun, fields)
        return self.ids[called]

    def report(
        self,
        event_type: str,
        sent: dict[str, Any],
        *,
        who: str = "",
        role: str = "manager",
        when: str = "",
        note: str = "",
        photos: tuple[bytes, ...] = (),
        report_file: bytes | None = None,
        already: bool = False,
    ) -> Any:
        """Record an event now; returns its receipt."""
        kept = tuple(
            Photo(files.keep_photo(self.recorder, self.actor(role, who), content))
            for content in photos
        )
        if report_file:
            kept += (
                Photo(
                    files.keep_paper(self.recorder, self.actor(role, who), report_file), "report"
                ),
            )
        self.now += timedelta(seconds=1)
        return events.record_event(
            self.recorder,
            self.actor(role, who),
            events.Report(event_type, sent, when, "", note, kept, already),
            str(uuid.uuid4()),
        )

    def make(self, called: str, event_type: str, sent: dict[str, Any], **more: Any) -> str:
        """Record an event that makes a node and remember the node's code."""
        receipt = self.report(event_type, sent, **more)
        self.ids[called] = receipt.made[0].node_id
        self.ids[f"~{called}"] = receipt.entry_ids[-1]
        return self.ids[called]

    def correct(self, wrong: str, note: str, replacement: events.Report | None, who: str) -> None:
        """Declare a record wrong and put another in its place."""
        correction = correcting.Correction(
            wrong, "incorrect_data" if replacement else "did_not_occur", note, replacement
        )
        correcting.correct_event(
            self.recorder, self.actor("manager", who), correction, str(uuid.uuid4())
        )

    def recall(
        self, causes: tuple[str, ...], reason: str, advice: str = "", **in_english: Any
    ) -> None:
        """Recall everything made from these nodes; `reason_en` and `advice_en` say it again."""
        order = recalling.RecallOrder(causes, reason, advice, **in_english)
        recalling.recall(self.recorder, self.actor(), order, str(uuid.uuid4()))

    def labels(self, lot: str, quantity: int) -> list[str]:
        """Issue labels for a lot and return their codes."""
        order = labelling.LabelOrder(lot, "a4-24", quantity, "https://x.example", {})
        labelling.issue_labels(self.recorder, self.actor(), order, str(uuid.uuid4()))
        with self.instance.database.reading() as connection:
            key = nodes.node_key(connection, lot)
            last = units.issued_count(connection, key)
            return units.codes_of(connection, key, last - quantity + 1, quantity)


def declare_all(season: Season) -> None:
    """The co-op's people, places, products, inputs and a certificate."""
    add = season.declare
    add(
        "wang",
        "party",
        name="王长财",
        name_en="Wang Changcai",
        kind="person",
        picture="farmer",
        words="这茬黄瓜长了两个多月，天天我都进棚看一眼。",
        words_en="I looked in on these cucumbers every single day.",
    )
    add("sun", "party", name="孙桂芳", name_en="Sun Guifang", kind="person", picture="woman-farmer")
    add("yu", "party", name="于德水", name_en="Yu Deshui", kind="person")
    add("li", "party", name="李秀兰", name_en="Li Xiulan", kind="person", picture="packer")
    add(
        "shop",
        "party",
        name="邻家鲜果店",
        name_en="Neighbour Fruit Shop",
        kind="customer",
        phone="13800000000",
        address="青岛市南",
    )
    add("person", "party", name="刘先生", kind="customer", phone="13900000000")
    add(
        "lab",
        "party",
        name="青岛某检测公司",
        name_en="A testing company, Qingdao",
        kind="laboratory",
    )
    add("supplier", "party", name="莱西供种站", name_en="Laixi Supply", kind="supplier")
    add(
        "base",
        "site",
        name="七级基地",
        name_en="Qiji base",
        kind="base",
        village="七级",
        village_en="Qiji",
    )
    add("packhouse", "site", name="包装间", name_en="Packing room", kind="packhouse")
    add("store", "site", name="一号冷库", name_en="Cold store 1", kind="cold_store")
    for called, name, name_en, grower in (
        ("house17", "17号大棚", "Greenhouse 17", "wang"),
        ("house18", "18号大棚", "Greenhouse 18", "sun"),
        ("house19", "19号大棚", "Greenhouse 19", "yu"),
    ):
        add(
            called,
            "plot",
            name=name,
            name_en=name_en,
            site_id=season.ids["base"],
            grower_id=season.ids[grower],
            kind="greenhouse",
            area_mu="1.2",
        )
    standard = "GB 2763-2026 农药残留限量"
    standard_en = "GB 2763-2026 pesticide residue limits"
    add(
        "cucumber",
        "product",
        name="黄瓜",
        name_en="Cucumbers",
        picture="cucumber",
        unit="bundle",
        unit_mass_kg="0.5",
        label_needs="rapid_test",
        lot_prefix="HG",
        standard=standard,
        standard_en=standard_en,
        growing_words="sown",
        gtin="09520123456788",
        store_from_celsius="10",
        store_to_celsius="13",
    )
    add(
        "mushroom",
        "product",
        name="平菇",
        name_en="Oyster mushrooms",
        picture="mushroom",
        unit="box",
        unit_mass_kg="0.25",
        label_needs="nothing",
        lot_prefix="PG",
        standard=standard,
        standard_en=standard_en,
        growing_words="inoculated",
    )
    add(
        "basil",
        "product",
        name="盆栽罗勒",
        name_en="Potted basil",
        picture="potted-plant",
        unit="pot",
        unit_mass_kg="0.4",
        label_needs="nothing",
        lot_prefix="LL",
        standard=standard,
        growing_words="planted",
    )
    add(
        "tomato",
        "product",
        name="番茄",
        name_en="Tomatoes",
        picture="tomato",
        unit="box",
        unit_mass_kg="1",
        label_needs="nothing",
        lot_prefix="FQ",
        standard=standard,
    )
    add(
        "azoxystrobin",
        "input",
        name="嘧菌酯",
        name_en="azoxystrobin",
        kind="pesticide",
        full_name="25%嘧菌酯悬浮剂",
        full_name_en="25% azoxystrobin SC",
        unit="ml",
        registration_number="PD00000000",
        ingredients=["嘧菌酯"],
        pre_harvest_interval_days="3",
    )
    add(
        "manure",
        "input",
        name="商品有机肥",
        name_en="organic fertiliser",
        kind="fertiliser",
        unit="kg",
    )
    add(
        "green",
        "certificate",
        kind="green_food",
        name="绿色食品",
        name_en="Green food",
        number="LB-15-0000001",
        issuer="某绿色食品中心",
        issuer_en="A green food centre",
        valid_from="2024-01-01",
        valid_until="2026-12-31",
        product_ids=[season.ids["cucumber"]],
    )
    add(
        "old",
        "certificate",
        kind="pollution_free",
        name="无公害农产品",
        name_en="Pollution-free produce",
        number="WNCR-0001",
        issuer="某中心",
        valid_from="2015-01-01",
        valid_until="2018-12-31",
        product_ids=[season.ids["cucumber"]],
    )


def cucumbers(season: Season) -> None:
    """The hero: one grower, everything recorded, one correction, on its way to a shop."""
    ids = season.ids
    season.on("2026-08-30", "09:00")
    season.make(
        "spray-bottles",
        "input_purchase",
        {"input": ids["azoxystrobin"], "supplier": ids["supplier"], "quantity": "500"},
    )
    season.make(
        "manure-bags",
        "input_purchase",
        {
            "input": ids["manure"],
            "supplier": ids["supplier"],
            "quantity": "900",
            "quantity_unit": "kg",
        },
    )
    season.on("2026-09-08")
    season.make(
        "planting",
        "planting",
        {
            "plot": ids["house17"],
            "product": ids["cucumber"],
            "variety": "津优 35",
            "method": "sown",
        },
        who="wang",
        role="grower",
        photos=(photo(3),),
    )
    growing = {"plantings": [ids["planting"]]}
    for day in ("2026-09-12", "2026-09-17", "2026-09-23"):
        season.on(day).report(
            "irrigation", growing | {"method": "drip"}, who="wang", role="grower", when=day
        )
    season.on("2026-10-06").report(
        "fertilising",
        growing
        | {
            "input_lot": ids["manure-bags"],
            "amount": "240",
            "amount_unit": "kg",
            "method": "top_dressing",
        },
        who="wang",
        role="grower",
        when="2026-10-06",
    )
    season.on("2026-10-21").report(
        "field_work",
        growing | {"work": "tying"},
        who="wang",
        role="grower",
        when="2026-10-19",
        note="开花、吊蔓",
    )
    season.on("2026-11-12").report(
        "spraying",
        growing | {"input_lot": ids["spray-bottles"], "amount": "30", "target": "霜霉病"},
        who="wang",
        role="grower",
        when="2026-11-12",
    )
    season.on("2026-11-20").report(
        "inspection",
        {
            "inspection_kind": "laboratory_report",
            "plots": [ids["house17"]],
            "passed": "yes",
            "laboratory": ids["lab"],
            "report_number": "SL-2026-1183",
            "sampled_on": "2026-11-18",
            "valid_until": "2026-12-20",
            "method": "GB 23200.121",
            "results": [
                {"analyte": "嘧菌酯", "result": "0.08", "unit": "mg/kg", "limit": "0.5"},
                {"analyte": "腐霉利", "result": "未检出", "unit": "mg/kg", "limit": "2"},
            ],
        },
        when="2026-11-18",
        report_file=paper(),
    )
    season.on("2026-11-21", "07:00").make(
        "harvest",
        "harvesting",
        {"takes": [{"node": ids["planting"], "quantity": "126"}]},
        who="wang",
        role="grower",
        when="2026-11-21T06:30",
        photos=(photo(1),),
    )
    season.on("2026-11-21", "09:10").report(
        "inspection",
        {
            "inspection_kind": "rapid_test",
            "subjects": [ids["harvest"]],
            "passed": "yes",
            "results": [{"analyte": "抑制率", "result": "12", "unit": "%", "limit": "50"}],
        },
        role="tester",
        who="li",
    )
    season.on("2026-11-21", "14:00").make(
        "wrong-lot",
        "packing",
        {
            "takes": [{"node": ids["harvest"], "quantity": "120"}],
            "packed_quantity": "420",
            "unit": "bundle",
            "site": ids["packhouse"],
        },
        role="packer",
        who="li",
    )
    season.on("2026-11-21", "16:05").correct(
        ids["~wrong-lot"],
        "数字写颠倒了",
        events.Report(
            "packing",
            {
                "takes": [{"node": ids["harvest"], "quantity": "120"}],
                "packed_quantity": "240",
                "unit": "bundle",
                "site": ids["packhouse"],
            },
            "2026-11-21T14:00",
        ),
        "li",
    )
    ids["lot"] = ids["wrong-lot"]
    season.on("2026-11-21", "16:30")
    ids["label"], ids["other-label"] = season.labels(ids["lot"], 2)
    chilled = {"lots": [ids["lot"]], "site": ids["store"]}
    season.on("2026-11-21", "17:00").report("storing", chilled | {"temperature": "12.6"})
    for clock, warmth in (("19:00", "11.8"), ("22:00", "10.9"), ("23:40", "10.4")):
        season.on("2026-11-21", clock).report("storage_reading", chilled | {"temperature": warmth})
    sent = season.on("2026-11-22", "05:40").report(
        "shipping",
        {
            "lots": [{"node": ids["lot"], "quantity": "200", "unit": "bundle"}],
            "customer": ids["shop"],
            "vehicle": "鲁B·00017",
            "temperature": "11",
        },
        role="packer",
    )
    season.on("2026-11-22", "07:25").report(
        "receiving",
        {"lots": [ids["lot"]], "shipping": sent.entry_ids[0], "temperature": "11.5"},
        who="shop",
    )


PLOTS = (("house17", "wang"), ("house18", "sun"), ("house19", "yu"))


def market(season: Season) -> None:
    """Many lots of one week: three growers, mushrooms, pots, bought-in goods, a box, troubles."""
    ids = season.ids
    season.declare(
        "endless-product",
        "product",
        name="很长的名字" * 40,
        picture="carrot",
        unit="bag",
        unit_mass_kg="1",
        label_needs="nothing",
        lot_prefix="CH",
    )
    grown = {
        "mixed": ("cucumber", PLOTS),
        "held": ("cucumber", PLOTS[1:2]),
        "gone": ("cucumber", PLOTS[1:2]),
        "bad": ("cucumber", PLOTS[2:]),
        "unsure": ("tomato", PLOTS[1:2]),
        "endless": ("endless-product", PLOTS[1:2]),
    }
    season.on("2026-08-30", "09:00").make(
        "spray-bottles",
        "input_purchase",
        {"input": ids["azoxystrobin"], "supplier": ids["supplier"], "quantity": "500"},
    )
    takes: dict[str, list[dict[str, str]]] = {}
    for number, (called, (product, plots)) in enumerate(grown.items()):
        for plot, grower in plots:
            season.on(date(2026, 9, 10 + number))
            planting = season.make(
                f"{called}-{plot}",
                "planting",
                {"plot": ids[plot], "product": ids[product], "variety": "本地"},
                who=grower,
                role="grower",
            )
            takes.setdefault(called, []).append({"node": planting, "quantity": "40"})
    season.on("2026-09-30").make(
        "basil-planting",
        "planting",
        {
            "plot": ids["house18"],
            "product": ids["basil"],
            "variety": "甜罗勒",
            "method": "transplanted",
        },
        who="sun",
        role="grower",
    )
    season.on("2026-10-01").make(
        "mushroom-planting",
        "planting",
        {
            "plot": ids["house19"],
            "product": ids["mushroom"],
            "variety": "高平 8 号",
            "method": "inoculated",
        },
        who="yu",
        role="grower",
    )
    flush = {"takes": [{"node": ids["mushroom-planting"], "quantity": "30"}]}
    season.on("2026-11-05").make("flush-1", "harvesting", flush, who="yu", role="grower")
    season.on("2026-11-12")
    for take in [take for of_lot in takes.values() for take in of_lot]:
        season.report(
            "spraying",
            {
                "plantings": [take["node"]],
                "input_lot": ids["spray-bottles"],
                "amount": "10",
                "target": "霜霉病",
            },
            when="2026-11-12",
        )
    season.declare("bottle", "input", name="没写间隔期的药", kind="pesticide", unit="ml")
    season.on("2026-11-15").report(
        "spraying",
        {"plantings": [ids["unsure-house18"]], "input": ids["bottle"], "amount": "5"},
        when="2026-11-15",
    )
    season.on("2026-11-19").make(
        "basil-lot",
        "packing",
        {
            "takes": [{"node": ids["basil-planting"], "quantity": "60", "unit": "pot"}],
            "packed_quantity": "60",
            "unit": "pot",
        },
        role="packer",
    )
    season.on("2026-11-20", "08:00").make(
        "bought",
        "receiving",
        {
            "supplier": ids["supplier"],
            "product": ids["tomato"],
            "quantity": "200",
            "supplier_lot_number": "LX-77",
            "supplier_certificate": "CN-37-0007",
        },
    )
    season.on("2026-11-20", "12:00").make("flush-2", "harvesting", flush, who="yu", role="grower")
    for called, of_lot in takes.items():
        season.make(f"{called}-harvest", "harvesting", {"takes": of_lot}, when="2026-11-20")
    season.on("2026-11-20", "15:00").report(
        "inspection",
        {
            "inspection_kind": "rapid_test",
            "subjects": [ids["mixed-harvest"]],
            "passed": "yes",
            "results": [
                {"analyte": "抑制率", "result": "21", "unit": "%", "limit": "50"},
                {"analyte": "抑制率", "result": "9", "unit": "%", "limit": "50"},
            ],
        },
        role="tester",
        who="li",
    )
    season.on("2026-11-20", "19:00")
    units = {"cucumber": "bundle", "tomato": "box", "endless-product": "bag"}
    for called, (product, _plots) in grown.items():
        _pack(season, called, f"{called}-harvest", "20", units[product])
    _pack(season, "mushroom", "flush-2", "80", "box")
    season.on("2026-11-20", "20:00").make(
        "box",
        "package_made",
        {
            "takes": [
                {"node": ids["mixed"], "quantity": "10", "unit": "bundle"},
                {"node": ids["mushroom"], "quantity": "20", "unit": "box"},
                {"node": ids["bought"], "quantity": "20"},
            ],
            "package_name": "即墨一篮菜",
            "packed_quantity": "10",
        },
        role="packer",
    )
    season.on("2026-11-21", "10:00").report(
        "hold", {"subjects": [ids["held"]], "reason": "有人说味道不对"}
    )
    season.on("2026-11-21", "11:00").report(
        "destroying",
        {"lots": [{"node": ids["gone"], "quantity": "20", "unit": "bundle"}], "reason": "冻坏了"},
    )
    season.on("2026-11-22", "09:00").recall(
        (ids["bad-harvest"],), "市场抽检，腐霉利残留超过限量。", "拿回买的店，全额退款，不要小票。"
    )


def _pack(season: Season, called: str, harvest: str, count: str, unit: str) -> None:
    season.make(
        called,
        "packing",
        {
            "takes": [{"node": season.ids[harvest], "quantity": "20"}],
            "packed_quantity": count,
            "unit": unit,
        },
        role="packer",
    )


def begin(folder: Path) -> Season:
    """A season with everything declared and nothing recorded."""
    season = Season(create_instance(folder, "example.org/test"))
    declare_all(season)
    return season
