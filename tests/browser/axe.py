"""Ask axe-core (vendored, MPL-2.0) what breaks WCAG 2.2 AA on the page a browser shows."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def violations(page: Page) -> list[str]:
    """One line for each violation: the rule, what it asks for, and the elements that break it.

    The script is evaluated, not added as a tag: the page's policy would refuse it. The tags are
    named since `axe.run()` alone leaves the target size of WCAG 2.2 out.
    """
    page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "async values => (await axe.run({runOnly: {type: 'tag', values}})).violations",
        list(TAGS),
    )
    return [
        f"{rule['id']}: {rule['help']}: {', '.join(str(node['target']) for node in rule['nodes'])}"
        for rule in found
    ]
