"""`coop` and `invite`: found a co-op, and let its people in."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from ..capture.declaring import declare_within
from ..capture.people import OPERATOR, found_coop, invite_as_operator
from ..capture.recording import Recorder
from ..domain.roles import ROLES
from ..repository import declared
from ..repository.declared import Declared
from ..repository.instance import Instance
from .surroundings import address_of, opened_instance, plainly, say, settings_of

# What a person is called who is invited without a name; the manager's page can put it right.
UNNAMED = {
    "grower": "种植户",
    "packer": "包装员",
    "tester": "检测员",
    "manager": "负责人",
    "inspector": "检查员",
}


def invitation_link(base_url: str, token: str) -> str:
    """What an invited person opens."""
    return f"{base_url}/invitation/{token}"


@click.command()
@click.argument("name")
@click.option("--name-en", metavar="NAME", help="The co-op's name in English.")
@click.option("--time-zone", default="Asia/Shanghai", show_default=True, help="An IANA time zone.")
@click.option(
    "--manager", metavar="NAME", default=UNNAMED["manager"], help="The first manager's name."
)
@plainly
def coop(name: str, name_en: str | None, time_zone: str, manager: str) -> None:
    """Found a co-op called NAME and print its first manager's invitation.

    \b
    Example:
      python run.py coop 大丰收蔬菜合作社 --name-en "Dafengshou Vegetables" --manager 赵建国
    """
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise click.BadParameter(
            f"{time_zone!r} is not an IANA time zone such as Asia/Shanghai",
            param_hint="--time-zone",
        ) from error
    instance = opened_instance()
    settings = settings_of(instance.folder)
    if instance.is_example:
        raise click.ClickException(
            "this instance is an example: found a real co-op in another, named by QIJIMU_INSTANCE"
        )
    with instance.database.reading() as connection:
        if any(one.text("name") == name for one in declared.all_coops(connection)):
            raise click.ClickException(f"there is a co-op called {name} already")
    recorder = Recorder(instance)
    fields = {"name": name, "name_en": name_en, "time_zone": time_zone}
    coop_id, party_id = found_coop(
        recorder, {key: value for key, value in fields.items() if value}, {"name": manager}
    )
    token = invite_as_operator(recorder, coop_id, "manager", party_id, OPERATOR)
    say(
        f"Founded {name} ({coop_id}). The link lets {manager} in as manager, once, within 24 hours:"
    )
    click.echo(invitation_link(address_of(settings), token))


@click.command()
@click.option("--coop", "coop_name", metavar="NAME", required=True, help="The co-op's name or id.")
@click.option("--role", type=click.Choice(list(ROLES)), required=True)
@click.option("--name", metavar="NAME", help="Who is invited; declared where not yet known.")
@plainly
def invite(coop_name: str, role: str, name: str | None) -> None:
    """Print a link that lets one person in: it works once, within 24 hours.

    Somebody the co-op knows by that name keeps the same account, so this also serves for a new
    phone. Managers can invite on their own page; this is for the first one and for emergencies.

    \b
    Example:
      python run.py invite --coop 大丰收蔬菜合作社 --role grower --name 王长财
    """
    instance = opened_instance()
    settings = settings_of(instance.folder)
    recorder = Recorder(instance)
    chosen = _coop_called(instance, coop_name)
    name = name or UNNAMED[role]
    party_id = _party_called(recorder, chosen.id, name)
    token = invite_as_operator(recorder, chosen.id, role, party_id, OPERATOR)
    say(f"The link lets {name} in as {role} of {chosen.text('name')}, once, within 24 hours:")
    click.echo(invitation_link(address_of(settings), token))


def _coop_called(instance: Instance, name: str) -> Declared:
    with instance.database.reading() as connection:
        coops = declared.all_coops(connection)
    for one in coops:
        if name in (one.id, one.text("name"), one.text("name_en")):
            return one
    known = ", ".join(one.text("name") for one in coops) or "none yet: run `python run.py coop`"
    raise click.ClickException(f"no co-op is called {name}; there are: {known}")


def _party_called(recorder: Recorder, coop_id: str, name: str) -> str:
    """The person of the co-op with this name, declared where there is none."""
    with recorder.recording() as recording:
        parties = declared.all_current(recording.connection, coop_id, "party")
        known = [one.id for one in parties if one.text("name") == name]
        if len(known) > 1:
            raise click.ClickException(
                f"{len(known)} parties are called {name}: invite on the manager's page"
            )
        return (
            known[0]
            if known
            else declare_within(recording, coop_id, "party", {"kind": "person", "name": name})
        )
