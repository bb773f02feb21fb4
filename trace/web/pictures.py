"""Pictures of products, events and people: one table of names and the words that stand for them.

Fluent Emoji 3D, 256 x 256 px WebP of 2-9 kB (static/img/LICENSE.md), until a co-op has photos.
"""

from markupsafe import Markup, escape

from ..domain.errors import N_
from .static_files import static_url
from .words import _

PICTURES: dict[str, str] = {
    # products
    "cucumber": N_("cucumber"),
    "tomato": N_("tomato"),
    "grapes": N_("grapes"),
    "strawberry": N_("strawberry"),
    "potato": N_("potato"),
    "leafy-green": N_("leafy greens"),
    "mushroom": N_("mushrooms"),
    "potted-plant": N_("potted vegetables"),
    "carrot": N_("carrot"),
    "corn": N_("maize"),
    "onion": N_("onion"),
    "beans": N_("beans"),
    "herb": N_("herbs"),
    "egg": N_("egg"),
    "honey": N_("honey"),
    "gift": N_("gift box"),
    # what happens to them
    "seedling": N_("seedling"),
    "flower": N_("flower"),
    "water": N_("watering"),
    "bucket": N_("bucket"),
    "bottle": N_("spraying"),
    "scissors": N_("cutting"),
    "sheaf": N_("field work"),
    "tractor": N_("tractor"),
    "basket": N_("harvest"),
    "test-tube": N_("test"),
    "magnifier": N_("inspection"),
    "clipboard": N_("record"),
    "memo": N_("note"),
    "receipt": N_("receipt"),
    "scales": N_("scales"),
    "box": N_("packed"),
    "tag": N_("label"),
    "snowflake": N_("cooling"),
    "thermometer": N_("temperature"),
    "lorry": N_("lorry"),
    "cart": N_("shopping"),
    "shop": N_("shop"),
    "bin": N_("destroyed"),
    "lock": N_("held"),
    "warning": N_("warning"),
    "loudspeaker": N_("announcement"),
    # people and places
    "farmer": N_("farmer"),
    "woman-farmer": N_("farmer"),
    "packer": N_("packer"),
    "tester": N_("tester"),
    "office-worker": N_("manager"),
    "woman-office-worker": N_("manager"),
    "office": N_("public office"),
    "house": N_("house"),
    "phone": N_("phone"),
    "camera": N_("camera"),
    # feedback
    "yum": N_("tasty"),
    "worried": N_("spoilt"),
    "thinking": N_("question"),
}


def picture(
    name: str, size: int = 48, told: bool = False, lazy: bool = True, alt: str | None = None
) -> Markup:
    """An `<img>` of `size` CSS px; silent beside words that say the same, else `told` or `alt`.

    Raises KeyError for a name that is not in PICTURES.
    """
    own_words = PICTURES[name]
    words = alt if alt is not None else (_(own_words) if told else "")
    later = ' loading="lazy"' if lazy else ""
    address = static_url(f"img/{name}.webp")
    return Markup(  # noqa: S704 - every value is escaped or ours
        f'<img src="{address}" width="{size}" height="{size}" alt="{escape(words)}"{later}>'
    )
