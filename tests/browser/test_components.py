"""The shared parts in Chromium: accessible, legible at 200 %, no wider than the screen."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.browser.axe import violations
from tests.browser.component_pages import component_app

pytestmark = pytest.mark.browser

SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, select, summary, input, label')]
    .filter(e => !e.matches('.skip, .hide, [type=hidden], .field > label, .tick input'))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([, box]) => box.height && box.height < least)
    .map(([e, box]) => `${e.tagName}.${e.className} ${Math.round(box.height)} ${e.textContent}`)"""


@contextmanager
def served(tmp_path: Path, language: str) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, component_app(tmp_path, language), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def opened(
    chromium: Browser, width: int, scheme: str = "light"
) -> Iterator[tuple[Page, list[str]]]:
    context = chromium.new_context(
        viewport={"width": width, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="zh-CN",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    try:
        yield page, complaints
    finally:
        context.close()


def _too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_passes_axe_and_fits_the_screen(
    chromium: Browser, tmp_path: Path, language: str
) -> None:
    with served(tmp_path, language) as address:
        for width in (320, 1280):
            with opened(chromium, width) as (page, complaints):
                for path in ("/scan", "/phone", "/wrong", "/desk", "/missing"):
                    page.goto(f"{address}{path}?lang={language}")
                    assert violations(page) == [], (path, width)
                    assert not _too_wide(page), (path, width)
                    if width == 320:
                        page.evaluate("document.documentElement.style.fontSize = '200%'")
                        assert not _too_wide(page), (path, "200 %")
                assert [text for text in complaints if "404" not in text] == []


def test_the_shoppers_parts_pass_axe_in_the_dark(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path, "zh") as address, opened(chromium, 360, "dark") as (page, _):
        page.goto(f"{address}/scan")
        assert violations(page) == []


def test_targets_are_60_px_on_the_farm_and_48_elsewhere(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path, "zh") as address, opened(chromium, 360) as (page, _):
        for path, least in (("/scan", 47.9), ("/desk", 47.9), ("/wrong", 59.9)):
            page.goto(f"{address}{path}")
            page.evaluate("document.querySelectorAll('.bar').forEach(bar => bar.remove())")
            small = page.evaluate(SMALL_TARGETS.replace("least", str(least)))
            assert small == [], path


def test_a_form_that_comes_back_keeps_what_was_typed_and_points_at_what_is_wrong(
    chromium: Browser, tmp_path: Path
) -> None:
    with served(tmp_path, "zh") as address, opened(chromium, 360) as (page, _):
        page.goto(f"{address}/wrong")
        assert page.locator("#f-amount").input_value() == "thirty"
        assert page.locator("[name=input][value='2']").is_checked()
        assert page.locator("[name=planting][value=p2]").is_checked()
        assert not page.locator("[name=planting][value=p1]").is_checked()
        assert page.locator("[name=day][value='2026-11-22']").is_checked()
        assert page.locator("#f-amount").get_attribute("aria-describedby") == "wrong-amount"
        assert "信息完整" in page.locator("#wrong-amount").inner_text()
        assert page.evaluate("document.activeElement.id") == "problems"
        page.locator("#problems a").first.click()
        assert page.evaluate("document.activeElement.id") == "f-amount"


def test_the_shopper_downloads_no_style_and_no_script(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path, "zh") as address, opened(chromium, 360) as (page, _):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.resource_type))
        page.goto(f"{address}/scan")
        assert set(asked) <= {"document", "image", "other"}
