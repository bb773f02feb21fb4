"""Every symbol of a job says its own address, to our own reading back and to poppler."""

import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from labels.errors import CellOutOfRange, LabelsUnreadable, PagesMissing
from labels.read_back import UnreadLabel, decoded, read_back, symbol_box
from labels.sheet import write_labels
from labels.stock import STOCKS, Stock, stock_named
from tests.environment.needs import program
from tests.labels.examples import CUCUMBER, units

LABELS = 1000
SHEET = stock_named("a4-24")
every_stock = pytest.mark.parametrize("stock", STOCKS.values(), ids=STOCKS.keys())


@cache
def job(stock: Stock, printer_dpi: int) -> bytes:
    pdf = BytesIO()
    write_labels(pdf, stock, CUCUMBER, units(LABELS), printer_dpi=printer_dpi)
    return pdf.getvalue()


@pytest.mark.parametrize(("dpi", "mode"), [(203, "-gray"), (203, "-mono"), (300, "-gray")])
@pytest.mark.parametrize("key", ["a4-24", "roll-60x40"])
def test_a_thousand_labels_say_their_own_addresses_in_poppler(
    key: str, dpi: int, mode: str, tmp_path: Path
) -> None:
    pdftoppm = program("pdftoppm", package="poppler-utils")
    stock = stock_named(key)
    pdf = tmp_path / "labels.pdf"
    pdf.write_bytes(job(stock, dpi))
    subprocess.run([pdftoppm, mode, "-r", str(dpi), pdf, tmp_path / "page"], check=True)
    pages = sorted(tmp_path.glob("page-*"))
    assert len(pages) == -(-LABELS // stock.cells)
    expected = [unit.address for unit in units(LABELS)]
    found = []
    for page in pages:
        with Image.open(page) as opened:
            picture = opened.convert("L")
        for cell in range(1, stock.cells + 1):
            found.append(decoded(picture.crop(symbol_box(stock, cell, dpi))))
    assert found[:LABELS] == expected
    assert set(found[LABELS:]) <= {""}


@pytest.mark.parametrize(("key", "dpi"), [("a4-24", 203), ("a4-24", 300), ("roll-60x40", 203)])
def test_a_thousand_labels_read_back(key: str, dpi: int) -> None:
    stock = stock_named(key)
    told: list[int] = []
    addresses = [unit.address for unit in units(LABELS)]
    found = read_back(job(stock, dpi), addresses, stock, dpi=dpi, progress=told.append)
    assert (found.labels, found.pages, found.unread) == (LABELS, -(-LABELS // stock.cells), ())
    assert told[-1] == LABELS and len(told) == found.pages
    found.refuse_unread()


@every_stock
def test_a_job_that_begins_on_a_used_sheet_reads_back(stock: Stock) -> None:
    pdf = BytesIO()
    first = min(5, stock.cells)
    labels = units(30)
    write_labels(pdf, stock, CUCUMBER, labels, first_cell=first)
    addresses = [unit.address for unit in labels]
    assert not read_back(pdf.getvalue(), addresses, stock, first_cell=first).unread


def test_a_label_that_says_another_address_is_named_by_page_and_cell() -> None:
    labels = units(30)
    pdf = BytesIO()
    write_labels(pdf, SHEET, CUCUMBER, labels)
    addresses = [unit.address for unit in labels]
    addresses[25], addresses[3] = addresses[3], addresses[25]
    found = read_back(pdf.getvalue(), addresses, SHEET)
    assert found.unread == (
        UnreadLabel(1, 4, addresses[3], labels[3].address),
        UnreadLabel(2, 2, addresses[25], labels[25].address),
    )
    with pytest.raises(LabelsUnreadable, match=r"2 labels .*: page 1 cell 4, page 2 cell 2"):
        found.refuse_unread()


def test_a_label_without_a_symbol_is_named() -> None:
    pdf = BytesIO()
    labels = units(2)
    write_labels(pdf, SHEET, CUCUMBER, labels)
    addresses = [unit.address for unit in labels] + ["HTTPS://Q.EXAMPLE.ORG/T/0000000000000000"]
    found = read_back(pdf.getvalue(), addresses, SHEET)
    assert found.unread == (UnreadLabel(1, 3, addresses[2], ""),)


def test_many_unread_labels_are_counted_not_listed() -> None:
    labels = units(24)
    pdf = BytesIO()
    write_labels(pdf, SHEET, CUCUMBER, labels)
    found = read_back(pdf.getvalue(), [unit.address for unit in units(24, seed=2)], SHEET)
    with pytest.raises(LabelsUnreadable, match=r"24 labels .* and 14 more$") as refused:
        found.refuse_unread()
    assert len(refused.value.places) == 24


@pytest.mark.parametrize("count", [24, 49])
def test_missing_and_surplus_pages_are_refused(count: int) -> None:
    pdf = BytesIO()
    write_labels(pdf, SHEET, CUCUMBER, units(30))
    with pytest.raises(PagesMissing, match="2 pages"):
        read_back(pdf.getvalue(), ["A"] * count, SHEET)


def test_a_cell_the_sheet_does_not_have_is_refused() -> None:
    with pytest.raises(CellOutOfRange):
        read_back(b"", [], SHEET, first_cell=25)


def test_symbols_at_two_dots_a_module_still_read() -> None:
    small = replace(SHEET, symbol_box_mm=9.25)
    pdf = BytesIO()
    labels = units(48)
    write_labels(pdf, small, CUCUMBER, labels)
    assert not read_back(pdf.getvalue(), [unit.address for unit in labels], small).unread
