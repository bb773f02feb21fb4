"""The shopper's pages in a browser: WCAG 2.2 AA holds, and nothing is wider than the screen."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests import seasons
from tests.browser.axe import violations
from tests.seasons import Season
from trace.capture.recording import Recorder
from trace.web import create_app
from trace.web.access import House
from trace.web.settings import Settings

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Served:
    """A season behind an address."""

    season: Season
    address: str

    def path(self, called: str) -> str:
        code = self.season.ids.get(called, called)
        return f"{self.address}/t/{code}"


def _serve(season: Season) -> Iterator[Served]:
    app = create_app(Settings(season.instance.folder, is_example=True))
    app.extensions["house"] = House(season.instance, Recorder(season.instance, lambda: NOW))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Served(season, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def hero(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    season = seasons.begin(tmp_path_factory.mktemp("hero"))
    seasons.cucumbers(season)
    yield from _serve(season)


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    season = seasons.begin(tmp_path_factory.mktemp("market"))
    seasons.market(season)
    yield from _serve(season)


def _opened(chromium: Browser, address: str, width: int, scheme: str = "light") -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(address)
    return page


def _complaints(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return violations(page) + ([f"{wider} px wider than the screen"] if wider > 0 else [])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "called",
    ["box", "bad", "held", "mixed", "bought", "unsure", "endless", "mixed-house18", "OOPS"],
)
def test_every_kind_of_page_is_accessible_on_a_small_phone(
    chromium: Browser, market: Served, called: str, language: str
) -> None:
    page = _opened(chromium, f"{market.path(called)}?lang={language}", 320)
    assert _complaints(page) == []
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light")])
def test_the_label_is_accessible_at_every_width_and_in_the_dark(
    chromium: Browser, hero: Served, width: int, scheme: str
) -> None:
    page = _opened(chromium, f"{hero.path('label')}?lang=zh", width, scheme)
    assert _complaints(page) == []
    page.context.close()


def test_text_of_twice_the_size_stays_on_the_screen(chromium: Browser, hero: Served) -> None:
    page = _opened(chromium, f"{hero.path('label')}?lang=en", 360)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert _complaints(page) == []
    page.context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_four_facts_stand_on_the_first_screen(
    chromium: Browser, hero: Served, language: str
) -> None:
    page = _opened(chromium, f"{hero.path('label')}?lang={language}", 360)
    page.wait_for_load_state("networkidle")
    box = page.locator(".facts .fact").nth(3).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 640
    page.context.close()


def test_nothing_comes_from_elsewhere_and_nothing_is_refused(
    chromium: Browser, hero: Served
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(hero.path("label"))
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(hero.address)] == []
    assert said == []
    context.close()
