"""The farmer's pages in Chromium: nothing breaks WCAG 2.2 AA, nothing is wider than the screen."""

from collections.abc import Iterator
from threading import Thread
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.field_season import farm_app, field_season
from tests.seasons import Season
from trace.capture.people import invite_as_operator

from .axe import violations

pytestmark = pytest.mark.browser

PAGES = (
    "/farm", "/farm/planting", "/farm/irrigation", "/farm/fertilising", "/farm/spraying",
    "/farm/field-work", "/farm/harvesting", "/farm/inspection", "/farm/records", "/farm/calendar",
)  # fmt: skip
TALL = 2400
"""The whole form in sight: a line that sticks to the screen's foot covers no field."""


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        pass


def _whole(app: Flask) -> WSGIApplication:
    """Answers read to their end before they are sent: a page left early leaves no file open."""

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            if close := getattr(parts, "close", None):
                close()

    return serve


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Season:
    return field_season(tmp_path_factory.mktemp("farm") / "instance")


@pytest.fixture(scope="module")
def address(season: Season) -> Iterator[str]:
    app = _whole(farm_app(season))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _phone(chromium: Browser, season: Season, address: str, width: int, language: str) -> Page:
    token = invite_as_operator(season.recorder, season.coop_id, "grower", season.ids["wang"])
    context: BrowserContext = chromium.new_context(viewport={"width": width, "height": TALL})
    page = context.new_page()
    page.goto(f"{address}/invitation/{token}?lang={language}")
    page.locator("main form button").click()
    page.wait_for_url("**/farm")
    return page


def _is_too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize(("width", "language"), [(360, "zh"), (320, "en")])
def test_no_page_breaks_wcag_or_is_wider_than_the_screen(
    chromium: Browser, season: Season, address: str, width: int, language: str
) -> None:
    page = _phone(chromium, season, address, width, language)
    for path in (*PAGES, f"/farm/plantings/{season.ids['tomatoes']}"):
        page.goto(address + path)
        assert violations(page) == [], path
        assert not _is_too_wide(page), path
    page.context.close()


def test_the_save_line_follows_the_choice_of_pesticide_and_day_without_a_script(
    chromium: Browser, season: Season, address: str
) -> None:
    page = _phone(chromium, season, address, 360, "zh")
    page.goto(f"{address}/farm/spraying")
    assert "选好药" in page.locator(".dock").inner_text()
    page.locator(".inputs label").first.click()
    assert "11月26日起才能采" in page.locator(".dock").inner_text()
    page.locator(".seg label").filter(has_text="前天").click()
    assert "11月24日起才能采" in page.locator(".dock").inner_text()
    page.context.close()


def test_a_spraying_takes_at_most_six_taps_and_one_number(
    chromium: Browser, season: Season, address: str
) -> None:
    page = _phone(chromium, season, address, 360, "zh")
    page.get_by_role("link", name="17号大棚 黄瓜").click()
    page.get_by_role("link", name="打药").click()
    page.locator(".inputs label").first.click()
    page.locator("[name=amount]").fill("30")  # the number; its unit is that of the pesticide
    page.get_by_role("button", name="存上").click()
    page.wait_for_url("**/farm/saved/*")
    assert "11月26日起才能采" in page.locator("main").inner_text()
    assert violations(page) == []
    page.context.close()


def test_at_twice_the_text_size_nothing_is_wider_than_the_screen(
    chromium: Browser, season: Season, address: str
) -> None:
    page = _phone(chromium, season, address, 360, "zh")
    for path in PAGES:
        page.goto(address + path)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert not _is_too_wide(page), path
    page.context.close()
