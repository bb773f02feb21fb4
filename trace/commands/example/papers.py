"""The example's papers as PDFs: a laboratory report, a certificate, a receipt; all invented.

Every page says 示例 (example) large and pale across it, and its firms carry the word in their
names. The same input gives the same bytes. Lengths in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from reportlab.lib.pagesizes import A4, A5, landscape

from .paint import LEAF, MEADOW, MIST, SAGE, SOIL
from .sheet import QUIET, SEAL, Sheet

LABORATORY: Final = "青岛某检测公司（示例）"

CertificateKind = Literal["pollution_free", "green_food", "organic", "geographical"]


@dataclass(frozen=True)
class Result:
    """One analyte of a report; `found` and `limit` as printed, in `unit`."""

    analyte: str
    found: str
    limit: str
    unit: str = "mg/kg"
    is_passed: bool = True


@dataclass(frozen=True)
class ReceiptLine:
    """One thing bought: `mark` is its registration or lot number; `price` in yuan a unit."""

    name: str
    mark: str
    quantity: Decimal
    unit: str
    price: Decimal


@dataclass(frozen=True)
class Scheme:
    """How a kind of certificate calls itself, and in which colour."""

    title: str
    english: str
    colour: str
    says: str


SCHEMES: Final[dict[CertificateKind, Scheme]] = {
    "pollution_free": Scheme(
        "无公害农产品证书", "Pollution-free produce certificate", "#3f7f8c", "符合无公害农产品要求"
    ),
    "green_food": Scheme("绿色食品证书", "Green food certificate", LEAF, "符合绿色食品标准"),
    "organic": Scheme(
        "有机产品认证证书", "Organic product certificate", "#8a6a1f", "符合有机产品标准"
    ),
    "geographical": Scheme(
        "农产品地理标志登记证书",
        "Geographical indication certificate",
        "#8c4a2f",
        "符合地理标志质量控制规范",
    ),
}


def laboratory_report(
    *,
    number: str,
    product: str,
    lot: str,
    client: str,
    sampled: date,
    reported: date,
    results: Sequence[Result],
) -> bytes:
    """A one-page report on pesticide residues; at most 12 results fit (else ValueError)."""
    if not 1 <= len(results) <= 12:
        raise ValueError(f"a report page has room for 1 to 12 results, got {len(results)}")
    width, height = A4
    sheet = Sheet("农药残留检验报告（示例）", width, height)
    sheet.box(0, height - 14, width, 14, LEAF)
    sheet.leaf_crest(76, height - 82, MEADOW, 22)
    sheet.words(104, height - 78, LABORATORY, 15, bold=True)
    sheet.words(104, height - 94, "A testing laboratory in Qingdao (example)", 9, QUIET)
    sheet.words(width - 56, height - 74, "报告编号 Report no.", 9, QUIET, align="right")
    sheet.words(width - 56, height - 92, number, 14, LEAF, bold=True, align="right")
    sheet.words(width / 2, height - 158, "农药残留检验报告", 28, bold=True, align="middle")
    sheet.words(width / 2, height - 178, "Report on pesticide residues", 11, QUIET, align="middle")
    facts = (
        ("样品名称", "Sample", product),
        ("批次号", "Lot", lot),
        ("委托单位", "Client", client),
        ("抽样日期", "Sampled", sampled.isoformat()),
        ("报告日期", "Reported", reported.isoformat()),
        ("检验依据", "Standard", "GB 23200.121、GB 2763"),
    )
    for place, (name, english, said) in enumerate(facts):
        x, y = 56 + place % 2 * 248, height - 222 - place // 2 * 40
        sheet.fact(x, y, 236, (name, english), said)
    y = _results_table(sheet, height - 356, results)
    passed = all(result.is_passed for result in results)
    sheet.words(56, y - 34, "结论 Conclusion", 10, QUIET)
    verdict = "所检项目符合 GB 2763 限量要求。" if passed else "有项目超过 GB 2763 限量，不合格。"
    english = "Within the limits for what was tested." if passed else "Over the limit: failed."
    sheet.words(56, y - 56, verdict, 15, LEAF if passed else SEAL, bold=True)
    sheet.words(56, y - 73, english, 10, QUIET)
    sheet.seal(width - 130, 132, "检验专用章")
    for place, role in enumerate(("检验 Tested", "审核 Checked", "批准 Approved")):
        sheet.words(56 + place * 118, 96, role, 9, QUIET)
        sheet.rule(56 + place * 118, 156 + place * 118, 84, SOIL)
    sheet.footer("本报告为虚构示例，仅对来样负责。Invented example; no real laboratory.")
    return sheet.pdf()


def certificate(
    kind: CertificateKind,
    *,
    number: str,
    holder: str,
    product: str,
    scope: str,
    valid_from: date,
    valid_until: date,
) -> bytes:
    """A framed certificate on A4 landscape; `scope` says sites and yearly quantity."""
    scheme = SCHEMES[kind]
    width, height = landscape(A4)
    sheet = Sheet(f"{scheme.title}（示例）", width, height)
    sheet.wave_frame(scheme.colour)
    sheet.leaf_crest(width / 2, height - 96, scheme.colour)
    sheet.words(width / 2, height - 166, scheme.title, 34, scheme.colour, bold=True, align="middle")
    sheet.words(width / 2, height - 188, scheme.english, 12, QUIET, align="middle")
    sheet.words(width / 2, height - 226, f"{holder}", 20, bold=True, align="middle")
    sentence = f"生产的「{product}」经审核{scheme.says}，特发此证。"
    sheet.words(width / 2, height - 254, sentence, 14, align="middle")
    facts = (
        ("证书编号", "Number", number),
        ("产品", "Product", product),
        ("范围", "Scope", scope),
        ("有效期", "Valid", f"{valid_from.isoformat()} 至 {valid_until.isoformat()}"),
    )
    for place, (name, english, said) in enumerate(facts):
        x, y = 120 + place % 2 * 310, height - 306 - place // 2 * 48
        sheet.fact(x, y, 290, (name, english), said)
    sheet.words(120, 124, "发证机构 Issued by", 9, QUIET)
    sheet.words(120, 104, "某认证中心（示例）", 14, bold=True)
    sheet.words(120, 86, valid_from.isoformat(), 11, QUIET)
    sheet.seal(width - 190, 126, "发证专用章")
    return sheet.pdf()


def purchase_receipt(
    *, number: str, shop: str, buyer: str, bought: date, lines: Sequence[ReceiptLine]
) -> bytes:
    """A farm-supply shop's receipt on A5 landscape; at most 8 lines fit (else ValueError)."""
    if not 1 <= len(lines) <= 8:
        raise ValueError(f"a receipt has room for 1 to 8 lines, got {len(lines)}")
    width, height = landscape(A5)
    sheet = Sheet("农资销售凭证（示例）", width, height)
    sheet.words(width / 2, height - 46, f"{shop}（示例）", 17, bold=True, align="middle")
    sheet.words(
        width / 2, height - 66, "农资销售凭证 Farm-supply receipt", 11, QUIET, align="middle"
    )
    sheet.words(40, height - 92, f"购买人 Buyer：{buyer}", 11)
    sheet.words(width / 2, height - 92, bought.isoformat(), 11, align="middle")
    sheet.words(width - 40, height - 92, f"№ {number}", 13, SEAL, bold=True, align="right")
    right_ends = (396, 470, width - 46)
    sheet.box(40, height - 126, width - 80, 20, MIST)
    sheet.words(46, height - 120, "品名 Item", 9, QUIET)
    sheet.words(206, height - 120, "登记证号/批号 Reg./lot", 9, QUIET)
    for x, name in zip(right_ends, ("数量 Qty", "单价 Price", "金额 Sum"), strict=True):
        sheet.words(x, height - 120, name, 9, QUIET, align="right")
    y = height - 126
    for line in lines:
        sheet.words(46, y - 15, line.name, 11)
        sheet.words(206, y - 15, line.mark, 10)
        sums = (f"{line.quantity} {line.unit}", f"{line.price:.2f}")
        for x, said in zip(right_ends, (*sums, f"{line.quantity * line.price:.2f}"), strict=True):
            sheet.words(x, y - 15, said, 11, align="right")
        y -= 22
        sheet.rule(40, width - 40, y, SAGE)
    total = sum((line.quantity * line.price for line in lines), Decimal(0))
    sheet.words(width - 46, y - 24, f"合计 Total  ¥{total:.2f}", 14, LEAF, bold=True, align="right")
    sheet.words(46, y - 24, "农药请按标签使用，空瓶请交回。", 10, QUIET)
    sheet.seal(width - 96, 62, "销售专用章", 38)
    sheet.footer("虚构示例 Invented example")
    return sheet.pdf()


def _results_table(sheet: Sheet, top: float, results: Sequence[Result]) -> float:
    """The table of analytes; gives the height of its lower edge."""
    left, right = 56.0, sheet.width - 56
    columns = (left + 40, left + 250, left + 345, left + 405, right - 10)
    heads = ("检验项目 Analyte", "结果 Result", "限量 Limit", "单位 Unit", "判定")
    sheet.box(left, top - 24, right - left, 24, LEAF)
    for place, (x, name) in enumerate(zip(columns, heads, strict=True)):
        sheet.words(x, top - 16, name, 9.5, "#ffffff", align="right" if place else "left")
    y = top - 24
    for place, result in enumerate(results, 1):
        y -= 20
        if place % 2 == 0:
            sheet.box(left, y, right - left, 20, "#eef3e4")
        colour = LEAF if result.is_passed else SEAL
        verdict = "合格" if result.is_passed else "不合格"
        sheet.words(left + 22, y + 6, str(place), 10, QUIET, align="right")
        sheet.words(columns[0], y + 6, result.analyte, 11)
        said = (result.found, result.limit, result.unit)
        for x, words in zip(columns[1:4], said, strict=True):
            sheet.words(x, y + 6, words, 11, align="right")
        sheet.words(columns[4], y + 6, verdict, 11, colour, bold=True, align="right")
    sheet.rule(left, right, y, LEAF, 1.2)
    return y
