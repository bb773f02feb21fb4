"""The main job in a real browser: a season is recorded, its labels printed, and one is scanned."""

import io
import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.running import Running, phone

pytestmark = pytest.mark.browser

VARIETY = "旅程一号"
AGO = {"sown": 80, "sprayed": 9, "picked": 1}


def day(what: str) -> date:
    """When this happened in the journey."""
    return date.today() - timedelta(days=AGO[what])


def in_chinese(when: date) -> str:
    """A day as the pages write it."""
    return f"{when.month}月{when.day}日"


def on_day(page: Page, when: date) -> None:
    """Choose an earlier day with the date picker."""
    page.get_by_text("更早，选日子").click()
    page.fill("[name=when_other]", when.isoformat())


def save_on_phone(page: Page) -> None:
    """Press the one green button of a farm form."""
    page.locator(".dock button").click()
    expect(page.get_by_role("heading", name="存上了")).to_be_visible()


def tick_new_planting(page: Page, name: str, planting: str) -> None:
    """Tick the journey's planting, which others may stand before."""
    page.locator(f"[name={name}][value='{planting}']").check(force=True)


def photo() -> bytes:
    """A picture as a phone takes it."""
    written = io.BytesIO()
    Image.radial_gradient("L").resize((1600, 1200)).convert("RGB").save(written, "JPEG")
    return written.getvalue()


def symbols(pdf: bytes) -> list[str]:
    """What the symbols of every page of a PDF say, rendered at 203 dpi."""
    said = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=203 / 72, grayscale=True).to_pil()
        said += [found.text for found in zxingcpp.read_barcodes(picture)]
    return said


def sow(page: Page, base: str) -> str:
    """Sow cucumbers; the new planting's code, as the harvest form offers it."""
    page.goto(f"{base}/farm/harvesting")
    before = _offered(page)
    page.goto(f"{base}/farm/planting")
    page.locator("label:has-text('17号大棚') [name=plot]").check(force=True)
    page.locator("label:has-text('黄瓜') [name=product]").first.check(force=True)
    page.fill("[name=variety]", VARIETY)
    on_day(page, day("sown"))
    save_on_phone(page)
    page.goto(f"{base}/farm/harvesting")
    (planting,) = _offered(page) - before
    return planting


def _offered(page: Page) -> set[str]:
    return set(page.locator("[name=takes]").evaluate_all("boxes => boxes.map(box => box.value)"))


def spray(page: Page, base: str, planting: str) -> None:
    """Spray with a pesticide of the store and take a photo of the bottle."""
    page.goto(f"{base}/farm/spraying?planting={planting}")
    expect(page.locator(f"[name=plantings][value='{planting}']")).to_be_checked()
    page.locator("label:has-text('嘧菌酯') [name=input_lot]").first.check(force=True)
    page.fill("[name=amount]", "30")
    page.locator("[name=amount_unit][value=ml]").check(force=True)
    on_day(page, day("sprayed"))
    page.set_input_files("[name=photos]", {
        "name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo(),
    })  # fmt: skip
    save_on_phone(page)


def pick(page: Page, base: str, planting: str) -> str:
    """Pick 50 kg; the lot number that the phone shows."""
    page.goto(f"{base}/farm/harvesting?planting={planting}")
    tick_new_planting(page, "takes", planting)
    page.fill(f"[name='total-{planting}']", "50")
    on_day(page, day("picked"))
    save_on_phone(page)
    found = re.search(r"HG-\d{6}-\d{2}", page.locator("main").inner_text())
    assert found
    return found.group()


def pass_the_rapid_test(page: Page, base: str, lot_number: str) -> None:
    """The tester passes the lot."""
    page.goto(f"{base}/farm/inspection")
    page.locator("[name=inspection_kind][value=rapid_test]").check(force=True)
    page.locator(f"label:has-text('{lot_number}') [name=subjects]").check(force=True)
    page.locator("[name=passed][value=yes]").check(force=True)
    page.fill("[name=results-0-analyte]", "抑制率")
    page.fill("[name=results-0-result]", "9")
    page.fill("[name=results-0-unit]", "%")
    page.fill("[name=results-0-limit]", "50")
    save_on_phone(page)


def pack(page: Page, base: str, lot_number: str) -> None:
    """Pack all 50 kg in 100 bundles; ends on the page that offers the labels."""
    page.goto(f"{base}/packing/pack")
    page.locator(f"li:has-text('{lot_number}') input[name^=amount-]").fill("50")
    page.fill("[name=packed_quantity]", "100")
    page.select_option("[name=packed_quantity_unit], [name=unit]", "bundle")
    page.locator("main form .btn.main").click()
    expect(page).to_have_url(re.compile("/packing/saved/"))


def print_labels(page: Page, count: int) -> bytes:
    """Print so many labels of what was just packed; the PDF."""
    page.locator("a.btn.main").click()
    page.fill("[name=quantity]", str(count))
    page.locator("#go").click()
    link = page.locator("a[href$='labels.pdf']")
    link.wait_for(timeout=30_000)
    answer = page.request.get(
        urlsplit(page.url)._replace(path="").geturl() + str(link.get_attribute("href"))
    )
    assert answer.ok
    return answer.body()


def ship(page: Page, base: str, codes: str) -> None:
    """Ship the scanned labels to a shop."""
    page.goto(f"{base}/packing/out/ship")
    page.locator("details:has([name=codes]) > summary").click()
    page.fill("[name=codes]", codes)
    page.select_option("[name=customer]", label="邻家鲜果店")
    page.locator("main form .btn.main").click()
    expect(page).to_have_url(re.compile("/packing/saved/"))


def test_from_planting_to_the_page_that_a_shopper_scans(
    chromium: Browser, example: Running
) -> None:
    grower = example.sign_in(phone(chromium), "grower")
    planting = sow(grower, example.base)
    spray(grower, example.base, planting)
    lot_number = pick(grower, example.base, planting)
    pass_the_rapid_test(example.sign_in(phone(chromium), "tester"), example.base, lot_number)
    packer = example.sign_in(phone(chromium, width=1280), "packer")
    pack(packer, example.base, lot_number)
    addresses = symbols(print_labels(packer, 24))
    assert len(set(addresses)) == 24
    ship(packer, example.base, "\n".join(addresses[:12]))

    shopper = phone(chromium).new_page()
    path = urlsplit(addresses[0]).path
    answer = shopper.goto(f"{example.base}{path}")
    assert answer is not None
    assert answer.status == 200
    told = shopper.locator("main").inner_text()
    assert VARIETY in told
    assert in_chinese(day("sown")) in told
    assert "嘧菌酯" in told
    assert in_chinese(day("picked")) in told
    assert "发货" in told or "发车" in told
    photos = shopper.locator("main img[src*='/photo/']")
    assert photos.count() >= 1
    picture = shopper.request.get(f"{example.base}{photos.first.get_attribute('src')}")
    assert Image.open(io.BytesIO(picture.body())).format == "JPEG"
    assert violations(shopper) == []
    for page in (grower, packer, shopper):
        page.context.close()
