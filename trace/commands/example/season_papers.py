"""The papers of this season: the laboratory's report, the certificate and the shops' receipts."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from .cast import DAFENGSHOU, LITTLE_SNAIL
from .goods import GREEN_FOOD_DAYS, GREEN_FOOD_NUMBER
from .papers import ReceiptLine, Result, certificate, laboratory_report, purchase_receipt
from .season_time import Calendar

SAMPLED_DAY, REPORTED_DAY = -4, -2
REPORT_VALID_DAYS: Final = 28
SHOP: Final = "七级农资店"


def report_number(calendar: Calendar) -> str:
    """The number of the laboratory's report on greenhouse 17."""
    return f"SL-{calendar.date_of(REPORTED_DAY).year}-1183"


def _laboratory(calendar: Calendar) -> bytes:
    return laboratory_report(
        number=report_number(calendar),
        product="黄瓜 Cucumber",
        lot="17号大棚 Greenhouse 17",
        client=DAFENGSHOU["name"],
        sampled=calendar.date_of(SAMPLED_DAY),
        reported=calendar.date_of(REPORTED_DAY),
        results=(
            Result("嘧菌酯 azoxystrobin", "0.08", "0.5"),
            Result("吡虫啉 imidacloprid", "未检出", "1"),
            Result("腐霉利 procymidone", "未检出", "2"),
        ),
    )


@dataclass(frozen=True)
class LaboratoryPaper:
    """One more report of the laboratory: what was sampled and when, and what was found in it."""

    product: str
    lot: str
    sampled: int
    reported: int
    serial: int
    results: tuple[Result, ...]
    valid_days: int = REPORT_VALID_DAYS

    def number(self, calendar: Calendar) -> str:
        """The number that stands on it."""
        return f"SL-{calendar.date_of(self.reported).year}-{self.serial}"

    def __call__(self, calendar: Calendar) -> bytes:
        """The report as a PDF."""
        return laboratory_report(
            number=self.number(calendar),
            product=self.product,
            lot=self.lot,
            client=DAFENGSHOU["name"],
            sampled=calendar.date_of(self.sampled),
            reported=calendar.date_of(self.reported),
            results=self.results,
        )


OTHER_REPORTS: Final[dict[str, LaboratoryPaper]] = {
    "report on lettuce": LaboratoryPaper(
        "生菜 Lettuce",
        "21号大棚 Greenhouse 21",
        -20,
        -18,
        1094,
        (
            Result("吡虫啉 imidacloprid", "0.06", "1"),
            Result("苦参碱 matrine", "未检出", "5"),
            Result("毒死蜱 chlorpyrifos", "未检出", "0.02"),
        ),
    ),
    "report on celery": LaboratoryPaper(
        "芹菜 Celery",
        "北洼一至三号地 North hollow, fields 1 to 3",
        -9,
        -5,
        1161,
        (
            Result("吡虫啉 imidacloprid", "0.11", "5"),
            Result("毒死蜱 chlorpyrifos", "未检出", "0.05"),
        ),
    ),
}
"""The first covers all that was sprayed; the second leaves out the matrine of field 1."""


def _green_food(calendar: Calendar) -> bytes:
    return certificate(
        "green_food",
        number=GREEN_FOOD_NUMBER,
        holder=DAFENGSHOU["name"],
        product="黄瓜 Cucumber",
        scope="七级基地，每年 600 吨 Qiji base, 600 t a year",
        valid_from=calendar.date_of(GREEN_FOOD_DAYS[0]),
        valid_until=calendar.date_of(GREEN_FOOD_DAYS[1]),
    )


def _receipt(
    number: str, day: int, *lines: ReceiptLine, buyer: str = DAFENGSHOU["name"]
) -> Callable[[Calendar], bytes]:
    def paper(calendar: Calendar) -> bytes:
        return purchase_receipt(
            number=number, shop=SHOP, buyer=buyer, bought=calendar.date_of(day), lines=lines
        )

    return paper


def _line(name: str, mark: str, quantity: int, unit: str, price: str) -> ReceiptLine:
    return ReceiptLine(name, mark, Decimal(quantity), unit, Decimal(price))


PAPERS: Final[dict[str, Callable[[Calendar], bytes]]] = {
    "laboratory report": _laboratory,
    **OTHER_REPORTS,
    "green food": _green_food,
    "receipt of seed": _receipt(
        "示例0171",
        -120,
        _line("黄瓜种子津优35", "示例-S35", 40, "袋", "18"),
        _line("芹菜种子", "示例-S12", 30, "袋", "9"),
    ),
    "receipt of fertiliser": _receipt(
        "示例0172",
        -120,
        _line("商品有机肥", "示例-YJ07", 6000, "公斤", "0.9"),
        _line("复合肥15-15-15", "示例-FH15", 1000, "公斤", "3.4"),
    ),
    "receipt of pesticides": _receipt(
        "示例0188",
        -118,
        _line("25%嘧菌酯悬浮剂", "PD-DEMO-00017", 2000, "毫升", "0.32"),
        _line("70%吡虫啉水分散粒剂", "PD-DEMO-00021", 600, "克", "0.45"),
        _line("0.5%苦参碱水剂", "PD-DEMO-00036", 3000, "毫升", "0.06"),
    ),
    "receipt of the other imidacloprid": _receipt(
        "示例0203", -60, _line("70%吡虫啉水分散粒剂", "PD-DEMO-00021", 300, "克", "0.38")
    ),
    "receipt of the vineyard": _receipt(
        "示例0190",
        -118,
        _line("0.5%苦参碱水剂", "PD-DEMO-00036", 1500, "毫升", "0.06"),
        buyer=LITTLE_SNAIL["name"],
    ),
}
