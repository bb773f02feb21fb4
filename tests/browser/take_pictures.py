"""Take the pictures of the README and the first page anew, from the example as it runs.

.venv/bin/python tests/browser/take_pictures.py
"""

import io
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402 - after sys.path
from playwright.sync_api import sync_playwright  # noqa: E402

from labels.preview import preview_png  # noqa: E402
from labels.sheet import UnitLabel  # noqa: E402
from labels.stock import stock_named  # noqa: E402
from tests.browser.running import Running, running_example  # noqa: E402
from tests.conftest import CHROMIUM_ARGUMENTS  # noqa: E402
from tests.environment.needs import CHROMIUM_NAMES, program  # noqa: E402
from trace.query.label_text import address, label_text_of  # noqa: E402
from trace.repository.instance import open_instance  # noqa: E402

LOOK = ROOT / "trace" / "web" / "static" / "look"
WIDTH = 540


def keep(name: str, png: bytes) -> None:
    """Write a picture as WebP, at most WIDTH pixels wide."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if picture.width > WIDTH:
        height = round(picture.height * WIDTH / picture.width)
        picture = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    picture.save(LOOK / f"{name}.webp", quality=82, method=6)


def take_label(running: Running) -> None:
    """The hero's label as it is printed."""
    instance = open_instance(running.instance)
    code = running.links["scan"].rsplit("/", 1)[1]
    lot = running.links["lot"].rsplit("/", 1)[1]
    with instance.database.reading() as connection:
        text = label_text_of(connection, lot)
    unit = UnitLabel(code, address("https://trace.example", code))
    keep("label", preview_png(stock_named("roll-60x40"), text, unit, dpi=300))


def main() -> None:
    """Take them all."""
    LOOK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_example(Path(folder)) as running:
        take_label(running)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=program(*CHROMIUM_NAMES, package="chromium"),
                args=list(CHROMIUM_ARGUMENTS),
            )
            for language, locale in (("zh", "zh-CN"), ("en", "en-GB")):
                context = chromium.new_context(
                    viewport={"width": 360, "height": 640}, locale=locale, device_scale_factor=2
                )
                page = context.new_page()
                page.goto(running.links["scan"])
                keep(f"shopper-{language}", page.screenshot())
                farm = running.sign_in(context, "grower")
                keep(f"farm-{language}", farm.screenshot())
                context.close()
            chromium.close()


if __name__ == "__main__":
    main()
