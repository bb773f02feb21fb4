"""The tester's morning in Chromium: values typed, one question answered, one page of results."""

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page

from .axe import violations
from .running import Running, phone

pytestmark = pytest.mark.browser


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def box(around: Locator, selector: str) -> FloatRect:
    found = around.locator(selector).bounding_box()
    assert found is not None
    return found


def test_a_morning_of_samples_on_a_phone(chromium: Browser, example: Running) -> None:
    context = phone(chromium)
    page = example.sign_in(context, "tester")
    page.get_by_role("link", name="今早的样品").click()
    values = page.locator("input[name^=inhibition-]:not([name*=-n])")
    waiting = values.count()
    assert waiting >= 2
    values.nth(0).fill("8.5")
    values.nth(1).fill("63")
    page.get_by_role("button", name="全部存上").click()

    asked = page.locator("#problems")
    assert "8.5%，低于 50%，合格" in asked.inner_text()
    assert "63%，到了 50%，不合格，马上扣住" in asked.inner_text()
    assert values.nth(0).input_value() == "8.5", "nothing typed is lost"
    assert page.locator("input[value=no]:checked").count() == 1, "the suggestion is filled in"
    assert violations(page) == []
    assert not too_wide(page)

    page.get_by_role("button", name="没错，全部存上").click()
    page.wait_for_url("**/farm/tests/*")
    saved = page.locator("main").inner_text()
    assert "记下了 2 样" in saved
    assert "1 样不合格，已经扣住" in saved
    assert "快检都不能放行" in saved
    assert violations(page) == []
    assert not too_wide(page)

    page.goto(f"{example.base}/farm/tests")
    assert values.count() == waiting - 2, "what is tested waits no more"
    context.close()


def test_a_wrong_row_is_named_beside_its_cell_and_the_others_stay(
    chromium: Browser, example: Running
) -> None:
    context = phone(chromium, "en")
    page = example.sign_in(context, "tester")
    page.goto(f"{example.base}/farm/tests?lang=en")
    page.fill("[name=sample-n0]", "NOTHING-7")
    page.fill("[name=inhibition-n0]", "7")
    page.fill("[name=sample-n1]", "Greenhouse 17")
    page.fill("[name=inhibition-n1]", "150")
    page.get_by_role("button", name="Save all").click()
    assert "NOTHING-7 is not known here" in page.locator("#wrong-sample-n0").inner_text()
    assert "no percentage" in page.locator("#wrong-inhibition-n1").inner_text()
    assert page.input_value("[name=inhibition-n0]") == "7"
    assert violations(page) == []
    assert not too_wide(page)
    context.close()


@pytest.mark.parametrize(("width", "language"), [(320, "en"), (360, "zh"), (1280, "en")])
def test_the_testers_pages_fit_every_screen(
    chromium: Browser, example: Running, width: int, language: str
) -> None:
    context = phone(chromium, language, width)
    page = example.sign_in(context, "tester")
    lot = page.locator("a[href^='/farm/lots/']").first.get_attribute("href")
    for path in ("/farm", "/farm/tests", "/farm/inspection?kind=laboratory_report", lot):
        page.goto(f"{example.base}{path}")
        assert violations(page) == [], path
        assert not too_wide(page), path
    context.close()


def test_a_wide_screen_has_a_line_for_each_sample(chromium: Browser, example: Running) -> None:
    context = phone(chromium, "zh", 1280)
    page = example.sign_in(context, "tester")
    page.goto(f"{example.base}/farm/tests")
    first = page.locator(".samples > li").first
    name, value, result = (box(first, one) for one in (".what", ".measured input", ".said .seg"))
    assert name["x"] < value["x"] < result["x"]
    assert abs(value["y"] - result["y"]) < 60
    context.close()
