"""Pictures of products, events and people: one table of names and the words that stand for them.

Fluent Emoji 3D, 256 x 256 px WebP of 2-9 kB (static/img/LICENSE.md), until a co-op has photos.
"""

from markupsafe import Markup, escape

from ..domain.errors import N_
from .static_files import static_url
from .words import _

PICTURES: dict[str, str] = {
    # products
    "cucumber": N_("a cucumber"),
    "tomato": N_("a tomato"),
    "grapes": N_("grapes"),
    "strawberry": N_("a strawberry"),
    "potato": N_("a potato"),
    "leafy-green": N_("leafy greens"),
    "mushroom": N_("mushrooms"),
    "potted-plant": N_("a plant in a pot"),
    "carrot": N_("a carrot"),
    "corn": N_("an ear of maize"),
    "onion": N_("an onion"),
    "beans": N_("beans"),
    "herb": N_("a sprig of herbs"),
    "egg": N_("an egg"),
    "honey": N_("a pot of honey"),
    "gift": N_("a gift box"),
    # what happens to them
    "seedling": N_("a seedling"),
    "flower": N_("a flower"),
    "water": N_("a drop of water"),
    "bucket": N_("a bucket"),
    "bottle": N_("a bottle with a pump"),
    "scissors": N_("scissors"),
    "sheaf": N_("a sheaf"),
    "tractor": N_("a tractor"),
    "basket": N_("a basket"),
    "test-tube": N_("a test tube"),
    "magnifier": N_("a magnifying glass"),
    "clipboard": N_("a clipboard"),
    "memo": N_("a note and a pencil"),
    "receipt": N_("a slip of paper"),
    "scales": N_("a pair of scales"),
    "box": N_("a cardboard box"),
    "tag": N_("a tag"),
    "snowflake": N_("a snowflake"),
    "thermometer": N_("a thermometer"),
    "lorry": N_("a lorry"),
    "cart": N_("a shopping cart"),
    "shop": N_("a shop front"),
    "bin": N_("a bin"),
    "lock": N_("a padlock"),
    "warning": N_("a warning triangle"),
    "loudspeaker": N_("a loudspeaker"),
    # people and places
    "farmer": N_("a farmer with a fork"),
    "woman-farmer": N_("a farmer with a fork, a woman"),
    "packer": N_("a woman in working clothes"),
    "tester": N_("a woman in a white coat"),
    "office-worker": N_("a man in a suit"),
    "woman-office-worker": N_("a woman in a suit"),
    "office": N_("a building with columns"),
    "house": N_("a house"),
    "phone": N_("a mobile phone"),
    "camera": N_("a camera"),
    # feedback
    "yum": N_("a face licking its lips"),
    "worried": N_("a worried face"),
    "thinking": N_("a thinking face"),
}


def picture(
    name: str, size: int = 48, told: bool = False, lazy: bool = True, alt: str | None = None
) -> Markup:
    """An `<img>` of `size` CSS px; silent beside words that say the same, else `told` or `alt`.

    A name that is not in PICTURES, such as a form may send for a product, is drawn as a box.
    """
    name = name if name in PICTURES else "box"
    own_words = PICTURES[name]
    words = alt if alt is not None else (_(own_words) if told else "")
    later = ' loading="lazy"' if lazy else ""
    address = static_url(f"img/{name}.webp")
    return Markup(  # noqa: S704 - every value is escaped or ours
        f'<img src="{address}" width="{size}" height="{size}" alt="{escape(words)}"{later}>'
    )
