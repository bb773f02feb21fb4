"""The example's photos: one drawn scene a name, each marked 示例 (example)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from . import field_scenes, house_scenes, portraits, warning_scenes
from .paint import Paint

Scene = Callable[[Paint], None]

SCENES: Final[Mapping[str, Scene]] = MappingProxyType(
    {
        "seedlings": field_scenes.seedlings,
        "cucumber_flowering": field_scenes.cucumber_flowering,
        "drip_irrigation": field_scenes.drip_irrigation,
        "fertiliser": house_scenes.fertiliser,
        "spraying": field_scenes.spraying,
        "cucumbers_on_vine": field_scenes.cucumbers_on_vine,
        "cucumber_crates": house_scenes.cucumber_crates,
        "cucumber_bundles": house_scenes.cucumber_bundles,
        "testing_room": house_scenes.testing_room,
        "lorry_at_gate": house_scenes.lorry_at_gate,
        "shop_shelf": house_scenes.shop_shelf,
        "celery_field": field_scenes.celery_rows,
        "celery_bundles": house_scenes.celery_bundles,
        "grape_trellis": field_scenes.grape_trellis,
        "grape_gift_box": house_scenes.grape_gift_box,
        "mushroom_house": house_scenes.mushroom_house,
        "mushroom_punnet": house_scenes.mushroom_punnet,
        "potted_vegetables": field_scenes.potted_vegetables,
        "strawberry_beds": field_scenes.strawberry_beds,
        "strawberries_destroyed": field_scenes.strawberries_destroyed,
        "potato_field": field_scenes.potato_rows,
        "potato_sacks": house_scenes.potato_sacks,
        "storage_room": house_scenes.storage_room,
        "unknown_bottle": warning_scenes.unknown_bottle,
        "ploughed_under": warning_scenes.ploughed_under,
        "farmer_in_greenhouse": portraits.farmer_in_greenhouse,
        "farmer_in_field": portraits.farmer_in_field,
        "farmer_at_home": portraits.farmer_at_home,
    }
)


def draw(scene: str, seed: int = 0) -> bytes:
    """The photo of a scene as JPEG; the same name and seed give the same bytes.

    Raises ValueError for a name that is not in SCENES.
    """
    if scene not in SCENES:
        raise ValueError(f"no scene {scene!r}; there are {', '.join(SCENES)}")
    paint = Paint(seed, "#f5efe1", "#dcebd6")
    SCENES[scene](paint)
    return paint.jpeg()
