"""The manager's correction in a real browser: a wrong quantity is put right after packing."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.running import Running, phone

pytestmark = pytest.mark.browser

SAID = "李秀兰说少数了一捆"


def first_packing(page: Page, base: str) -> str:
    """The address of a packing of which something went out since."""
    page.goto(f"{base}/manage/records?type=packing&from=2020-01-01")
    found = page.locator(".list h3 a:not(:has(del))").evaluate_all(
        "links => links.map(a => a.href)"
    )
    for address in found:
        page.goto(address)
        shipped = page.locator("#hanging").get_by_role("link", name="发货", exact=True)
        if shipped.count():
            return str(address)
    raise AssertionError("the example ships nothing that was packed")


def correct(page: Page, count: int, said: str) -> None:
    """Give the record on the page another count; a likely slip is said to be so."""
    page.get_by_role("link", name="这条记错了").click()
    page.get_by_label("有的地方写错了").check()
    page.fill("[name=packed_quantity]", str(count))
    page.fill("[name=note]", said)
    page.get_by_role("button", name="划掉这条").click()
    sure = page.get_by_role("button", name="就是这样")
    if sure.count():
        sure.click()
    expect(page.get_by_role("heading", name="更正经过")).to_be_visible()


def test_a_quantity_is_corrected_after_packing(chromium: Browser, example: Running) -> None:
    page = example.sign_in(phone(chromium), "manager")
    address = first_packing(page, example.base)
    lot_page = page.locator("main a[href*='/manage/lots/']").last.get_attribute("href")
    before = page.locator("main dl").first.inner_text()
    (packed,) = re.findall(r"包了多少\s+(\d+)", before) or [""]
    assert packed, before

    correct(page, int(packed) + 1, SAID)
    struck, now = (page.locator(".chain > li").nth(at) for at in (-2, -1))
    assert packed in struck.locator("del").inner_text()
    assert SAID in struck.inner_text()
    assert str(int(packed) + 1) in now.locator("ins").inner_text()
    assert violations(page) == []

    length = page.locator(".chain > li").count()
    now.get_by_role("link").first.click()
    correct(page, int(packed), "没少数，原来就对")
    expect(page.locator(".chain > li")).to_have_count(length + 1)
    assert page.locator(".chain del").count() == length, "all but the one that counts now"

    page.goto(f"{example.base}{lot_page}")
    assert page.locator("li:has(h3 del)").filter(has_text="包装").count() >= length
    assert SAID in page.locator("main").inner_text()
    page.goto(address)
    page.context.close()


def test_what_hangs_on_a_packing_stands_before_the_form(
    chromium: Browser, example: Running
) -> None:
    page = example.sign_in(phone(chromium), "manager")
    first_packing(page, example.base)
    page.get_by_role("link", name="这条记错了").click()
    page.get_by_label("没有这回事").check()
    expect(page.locator(".if-other-values")).to_be_hidden()
    expect(page.get_by_text("后面的记录用到了它")).to_be_visible()
    page.fill("[name=note]", "没有包过")
    page.get_by_role("button", name="划掉这条").click()
    expect(page.locator("#problems")).to_contain_text("先更正那些")
    assert page.locator("[name=note]").input_value() == "没有包过"
    page.locator("#hanging").get_by_role("link", name="先更正这条").first.click()
    assert "?for=" in page.url
    page.get_by_role("link", name="返回").click()
    expect(page.locator("#hanging")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_desks_pages_are_readable_by_everyone(
    chromium: Browser, example: Running, width: int
) -> None:
    page = example.sign_in(phone(chromium, width=width), "manager")
    paths = ("/manage", "/manage/calendar", "/manage/store", "/manage/store/hand-out",
             "/manage/search?q=黄瓜", "/manage/records?look=corrected&from=2020-01-01")  # fmt: skip
    for path in paths:
        page.goto(example.base + path)
        assert violations(page) == [], path
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
    page.context.close()
