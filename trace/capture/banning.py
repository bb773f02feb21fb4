"""Putting a newer list of banned substances in place; records stay as they are."""

from ..domain.banned import BannedSubstance, parse_banned_list
from ..repository.banned import banned_list, replace_banned_list
from ..repository.instance import Instance


def import_banned_list(
    instance: Instance, text: str
) -> tuple[tuple[BannedSubstance, ...], tuple[BannedSubstance, ...]]:
    """Import the list from CSV text; gives it and the list before.

    Raises Refused, changing nothing.
    """
    listed = parse_banned_list(text)
    with instance.database.writing() as connection:
        before = banned_list(connection)
        replace_banned_list(connection, listed)
    return listed, before
