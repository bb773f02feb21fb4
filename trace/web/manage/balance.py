"""The mass balance of a span of days: by product a picture, what adds up and what does not."""

from flask.typing import ResponseReturnValue

from ...domain.imbalance import RULES
from ...query.balances import season_balances
from ..access import deed, house, signed_in
from ..balance_drawing import product_river
from ..days_asked import days_asked
from .routes import blueprint, page, today

HERE = "/manage/balance"


@blueprint.get("/balance")
@deed("see_desk")
def balance() -> ResponseReturnValue:
    """What came in and went out by product; `?from=` and `?to=`, else this year until today."""
    this_year = (today() - today().replace(month=1, day=1)).days
    first, last = days = days_asked(today(), this_year)
    seasons = season_balances(
        house().instance, signed_in().coop_id, first.isoformat(), last.isoformat()
    )
    return page(
        "balance",
        here=HERE,
        days=days,
        seasons=[(one, product_river(one.balance)) for one in seasons],
        wrong=sum(len(one.findings) for one in seasons),
        rules=RULES,
    )
