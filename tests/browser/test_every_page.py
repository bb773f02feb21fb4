"""Every page a person can reach by links: accessible, without complaints, no wider than the screen.

Each kind of user signs in and follows every link of their pages; pages of one form (a lot, a
record) are looked at a few times only.
"""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.running import Running, phone

pytestmark = pytest.mark.browser

ALIKE = 2
"""How many pages of one form are looked at."""

NOT_PAGES = re.compile(r"\.(pdf|xlsx|png|jpe?g|svg|webp|json|txt)$|/(files?|photos?|static)/")


def _form_of(path: str) -> str:
    """The path with codes and ids left out."""
    return re.sub(r"/[0-9A-HJKMNP-TV-Z]{12,}(?=/|$)|/\d+(?=/|$)", "/*", path)


def _links(page: Page, base: str) -> list[str]:
    found: list[str] = page.evaluate(  # a link inside a drawing has no plain href
        "[...document.querySelectorAll('a[href]')]"
        ".map(a => new URL(a.getAttribute('href'), location).href)"
    )
    own = [link.split("#")[0] for link in found if link.startswith(base)]
    return [link for link in own if not NOT_PAGES.search(urlsplit(link).path)]


def _walk(page: Page, running: Running, starts: list[str]) -> tuple[list[str], int]:
    """Visit what the starts lead to; returns what was wrong and how many pages were seen."""
    wrong: list[str] = []
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    waiting = [urljoin(running.base, start) for start in starts]
    seen: set[str] = set()
    forms: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0)
        form = _form_of(urlsplit(address).path)
        if address in seen or forms[form] >= ALIKE or "lang=" in address:
            continue
        seen.add(address)
        forms[form] += 1
        answer = page.goto(address)
        place = urlsplit(page.url).path
        if answer is None or answer.status >= 400:
            wrong.append(f"{place} answered {answer.status if answer else 'nothing'}")
            continue
        wrong += [f"{place}: {violation}" for violation in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{place} is wider than the screen")
        wrong += [f"{place}: {said}" for said in complaints]
        complaints.clear()
        waiting += _links(page, running.base)
    return wrong, len(seen)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", ["grower", "packer", "tester", "manager", "inspector"])
def test_every_page_of_a_role_is_accessible(
    chromium: Browser, example: Running, role: str, language: str
) -> None:
    context = phone(chromium, language)
    page = example.sign_in(context, role)
    wrong, count = _walk(page, example, [page.url])
    context.close()
    assert not wrong, "\n".join(wrong)
    assert count >= 3


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_public_page_is_accessible(
    chromium: Browser, example: Running, width: int, language: str
) -> None:
    context = phone(chromium, language, width)
    lots = [f"/t/{lot['code']}" for lot in example.links["lots"]]
    page = context.new_page()
    wrong: list[str] = []
    for start in ["/", "/sign-in", urlsplit(example.links["scan"]).path, *lots]:
        found, _ = _walk(page, example, [start])
        wrong += found
    context.close()
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_an_unknown_code_says_so_kindly(chromium: Browser, example: Running) -> None:
    context = phone(chromium)
    page = context.new_page()
    answer = page.goto(f"{example.base}/t/0000000000000000")
    assert answer is not None
    assert answer.status == 404
    assert violations(page) == []
    context.close()
