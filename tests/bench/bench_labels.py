"""Labels against the ways others print them, whole processes, side by side in one run.

python tests/bench/bench_labels.py [--small] [--rounds N]

Every measurement is a process of its own that imports what it needs, makes the PDF and ends. The
codes are given in a file. `--small` is for a quick look: sizes of a few hundred, no goal is judged.
"""

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from math import isqrt
from pathlib import Path

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
STEM = "HTTPS://Q.EXAMPLE.ORG/T/"
ROWS = (
    ("采摘", "2026-11-21"),
    ("种植", "王长财 17号大棚"),
    ("产地", "青岛 即墨 七级"),
    ("生产", "大丰收农业合作社"),
)
NAME, QUANTITY, CALL = "黄瓜", "净重 500 克", "扫码看这 74 天"
ROOT = Path(__file__).resolve().parents[2]


def _text_and_units(codes: list[str]):  # type: ignore[no-untyped-def]  # imports labels late
    from labels.sheet import UnitLabel
    from labels.text import LabelRow, LabelText

    rows = tuple(LabelRow(caption, value, caption == "采摘") for caption, value in ROWS)
    return LabelText(NAME, QUANTITY, rows, CALL), [UnitLabel(c, STEM + c) for c in codes]


def ours(codes: list[str], pdf: Path, stock: str = "a4-24") -> None:
    from labels.sheet import in_files, write_labels
    from labels.stock import stock_named

    text, units = _text_and_units(codes)
    for number, part in enumerate(in_files(units, stock_named(stock))):
        write_labels(pdf.with_suffix(f".{number}.pdf"), stock_named(stock), text, part)


def rolls(codes: list[str], pdf: Path) -> None:
    ours(codes, pdf, "roll-60x40")


def zint(codes: list[str], pdf: Path) -> None:
    """Our drawing with zint's encoder in C, as zxing-cpp carries it."""
    import zxingcpp
    from PIL import Image

    from labels import sheet
    from labels.symbol import Symbol

    dark_to_one = [255] * 128 + [0] * 128
    qr = zxingcpp.BarcodeFormat.QRCode

    def encode(address: str, level: str = "M") -> Symbol:
        made = zxingcpp.create_barcode(address, qr, ec_level=level)
        drawn = zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False)
        grey = memoryview(drawn).tobytes()  # type: ignore[arg-type]  # it is a buffer
        side = isqrt(len(grey))
        picture = Image.frombuffer("L", (side, side), grey)
        return Symbol((side - 17) // 4, side, picture.point(dark_to_one, "1").tobytes())

    vars(sheet)["encode"] = encode
    ours(codes, pdf)


def tutorial(codes: list[str], pdf: Path) -> None:
    """The usual tutorial: qrcode.make, PNG in memory, drawImage, drawString for every text."""
    from io import BytesIO

    import qrcode
    from reportlab.lib.units import mm
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    font = ROOT / "labels" / "fonts" / "NotoSansSC-Regular-GBK.ttf"
    pdfmetrics.registerFont(TTFont("Chinese", str(font)))
    page = canvas.Canvas(str(pdf), pagesize=(210 * mm, 297 * mm))
    for place, code in enumerate(codes):
        cell = place % 24
        if place and cell == 0:
            page.showPage()
        left, top = cell % 3 * 70 * mm, (296.5 - cell // 3 * 37) * mm
        png = BytesIO()
        qrcode.make(STEM + code).save(png, "PNG")
        png.seek(0)
        side = 27.75 * mm
        page.drawImage(ImageReader(png), left + 40.75 * mm, top - 28.5 * mm, side, side)
        page.setFont("Chinese", 20)
        page.drawString(left + 4.5 * mm, top - 10 * mm, NAME)
        page.setFont("Chinese", 8)
        page.drawString(left + 20 * mm, top - 10 * mm, QUANTITY)
        for line, (caption, value) in enumerate(ROWS):
            baseline = top - (15 + 4.2 * line) * mm
            page.drawString(left + 4.5 * mm, baseline, caption)
            page.drawString(left + 11 * mm, baseline, value)
        page.drawString(left + 47 * mm, top - 31 * mm, CALL)
        grouped = " ".join(code[i : i + 4] for i in range(0, 16, 4))
        page.drawString(left + 4.5 * mm, top - 33 * mm, grouped)
    page.save()


def rendering(codes: list[str], pdf: Path) -> None:
    """The pages of a ready PDF rendered, nothing read: what reading back is compared with."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf.with_suffix(".0.pdf"))
    for page in document:
        page.render(scale=203 / 72, grayscale=True).to_pil()
        page.close()
    document.close()


def reading_back(codes: list[str], pdf: Path) -> None:
    from labels.read_back import read_back
    from labels.stock import stock_named

    addresses = [STEM + code for code in codes]
    found = read_back(pdf.with_suffix(".0.pdf"), addresses, stock_named("a4-24"))
    found.refuse_unread()


RUNS: dict[str, Callable[[list[str], Path], None]] = {
    "ours": ours,
    "rolls": rolls,
    "zint": zint,
    "tutorial": tutorial,
    "rendering": rendering,
    "reading_back": reading_back,
}


def child(name: str, codes_file: Path, count: int, pdf: Path) -> None:
    """One measured process: make the PDF, tell the peak memory."""
    RUNS[name](codes_file.read_text().split()[:count], pdf)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"peak_kib": peak // 1024 if sys.platform == "darwin" else peak}))


def measure(
    name: str, codes_file: Path, count: int, pdf: Path, rounds: int
) -> tuple[float, float, int]:
    """Median seconds of a whole process, its peak memory in MB, and the bytes it wrote."""
    seconds, peaks = [], []
    command = [sys.executable, __file__, "--child", name, str(codes_file), str(count), str(pdf)]
    for _ in range(rounds):
        start = time.perf_counter()
        told = subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        seconds.append(time.perf_counter() - start)
        peaks.append(json.loads(told.stdout)["peak_kib"] * 1024 / 1e6)
    size = sum(path.stat().st_size for path in pdf.parent.glob(f"{pdf.stem}*.pdf"))
    return statistics.median(seconds), max(peaks), size


def _verdict(is_met: bool, is_small: bool) -> str:
    return "not judged at this size" if is_small else ("met" if is_met else "MISSED")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", nargs=4)
    given = parser.parse_args()
    if given.child:
        name, codes_file, count, pdf = given.child
        child(name, Path(codes_file), int(count), Path(pdf))
        return
    small: bool = given.small
    count, many = (240, 1_000) if small else (10_000, 100_000)
    packages = ("qrcode", "reportlab", "pillow", "pypdfium2", "zxing-cpp")
    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(", ".join(f"{package} {version(package)}" for package in packages))
    print(f"{count} labels on A4 24-up; medians of {given.rounds}, the tutorial and rolls once")
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        codes_file = Path(folder) / "codes"
        codes = ("".join(chance.choices(ALPHABET, k=16)) for _ in range(many))
        codes_file.write_text("\n".join(codes))

        def run(name: str, labels: int, pdf: str, rounds: int) -> tuple[float, float, int]:
            found = measure(name, codes_file, labels, Path(folder) / pdf, rounds)
            took, peak, size = found
            print(f"  {name:13}{labels:8} labels {took:9.3f} s {peak:7.1f} MB {size / 1e6:8.3f} MB")
            return found

        mine, mine_peak, mine_size = run("ours", count, "ours.pdf", given.rounds)
        rival, _, _ = run("tutorial", count, "tutorial.pdf", 1)
        c_encoder, _, _ = run("zint", count, "zint.pdf", given.rounds)
        rendered, _, _ = run("rendering", count, "ours.pdf", given.rounds)
        checked, _, _ = run("reading_back", count, "ours.pdf", given.rounds)
        few, few_peak, _ = run("rolls", many // 10, "few.pdf", 1)
        rolled, rolled_peak, _ = run("rolls", many, "many.pdf", 1)
    goals = (
        ("the tutorial takes", rival / mine, ">=", 90.0, "times as long"),
        ("size", mine_size / 1e6, "<=", 1.6, "MB"),
        ("memory", mine_peak, "<=", 70.0, "MB"),
        ("zint's encoder, same drawing, takes", c_encoder / mine, ">=", 2.0, "times as long"),
        ("reading back to rendering alone", checked / rendered, "<=", 1.5, ""),
        ("rolls, ten times as many: time", rolled / few, "<=", 11.0, "times"),
        ("rolls, ten times as many: memory", rolled_peak / few_peak, "<=", 1.3, "times"),
    )
    for what, value, side, goal, unit in goals:
        is_met = value >= goal if side == ">=" else value <= goal
        print(f"{what} {value:.2f} {unit} (goal {side} {goal:g}): {_verdict(is_met, small)}")


if __name__ == "__main__":
    main()
