"""A manager's hold and recall in a real browser, from the desk to the shop's own answer."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.running import Running, phone

pytestmark = pytest.mark.browser


def packed_cucumbers(page: Page, base: str) -> str:
    """The code of a packed lot of cucumbers that went to a shop; ends on its page."""
    page.goto(f"{base}/manage/lots?state=sold_out")
    page.locator("main .list a", has_text="黄瓜").first.click()
    return page.url.rsplit("/", 1)[1]


def test_one_tap_holds_a_lot_and_its_page_says_so(chromium: Browser, example: Running) -> None:
    manager = example.sign_in(phone(chromium), "manager")
    manager.goto(f"{example.base}/manage/lots?state=open")
    manager.locator("main .list a").first.click()
    code = manager.url.rsplit("/", 1)[1]
    manager.get_by_role("button", name="有顾客反映问题，正在查。").click()
    expect(manager.get_by_role("status")).to_contain_text("已经扣住")
    assert violations(manager) == []
    shopper = phone(chromium).new_page()
    shopper.goto(f"{example.base}/t/{code}")
    expect(shopper.locator("main")).to_contain_text("有顾客反映问题，正在查。")
    expect(shopper.locator(".recall")).to_be_visible()
    manager.get_by_role("link", name="放行").click()
    manager.fill("[name=reason]", "查过了，没有问题")
    manager.locator("main form .btn.main").click()
    shopper.reload()
    expect(shopper.locator(".recall")).to_have_count(0)
    for page in (manager, shopper):
        page.context.close()


def test_a_recall_from_the_desk_to_the_shops_answer(chromium: Browser, example: Running) -> None:
    manager = example.sign_in(phone(chromium, width=1280), "manager")
    code = packed_cucumbers(manager, example.base)
    shopper = phone(chromium).new_page()
    shopper.goto(f"{example.base}/t/{code}")
    expect(shopper.locator("main")).not_to_contain_text("请勿食用")

    recall(manager, example.base, code)
    room = manager.url
    assert violations(manager) == []
    shopper.reload()
    expect(shopper.locator("main")).to_contain_text("请勿食用")
    shopper.goto(f"{example.base}/recalls")
    expect(shopper.locator("main")).to_contain_text("检测发现农药残留超过限量。")
    assert violations(shopper) == []
    look_at_papers(manager, room)

    link = link_of_first_customer(manager, room)
    shop = phone(chromium).new_page()
    shop.goto(link)
    assert violations(shop) == []
    shop.fill("[name=answered_by]", "刘店长")
    shop.locator("[name^=taken_off-]").first.fill("20")
    shop.get_by_role("button", name="我们已下架").click()
    expect(shop.get_by_role("status")).to_contain_text("收到您的答复")

    manager.goto(room)
    expect(manager.locator("#tasks")).to_contain_text("1 /")
    expect(manager.locator("#tasks")).to_contain_text("已下架")
    tell_and_close(manager)
    shopper.goto(f"{example.base}/t/{code}")
    told = shopper.locator("main").inner_text()
    assert "大部分已经收回封存" in told
    assert "请勿食用" in told
    for page in (manager, shopper, shop):
        page.context.close()


def recall(manager: Page, base: str, code: str) -> None:
    """The three steps: what and why, who is affected, confirm. Going back loses nothing."""
    manager.goto(f"{base}/manage")
    manager.locator("header .btn.stop").click()
    expect(manager).to_have_url(re.compile("/manage/recall$"))
    manager.fill("main [name=q]", code)
    manager.get_by_role("button", name="查一查").click()
    manager.locator(f"[name=causes-lot][value='{code}']").check()
    manager.locator("[name=ready_reason][value=residue]").check()
    manager.locator("[name=ready_advice][value=return]").check()
    manager.get_by_role("button", name="看看牵涉到什么").click()
    manager.get_by_role("link", name="不，回去").click()
    expect(manager.locator(f"[name=causes-lot][value='{code}']")).to_be_checked()
    expect(manager.locator("[name=ready_reason][value=residue]")).to_be_checked()
    manager.get_by_role("button", name="看看牵涉到什么").click()
    expect(manager.locator("main")).to_contain_text("邻家鲜果店")
    manager.get_by_role("button", name="现在就召回").dblclick()
    expect(manager).to_have_url(re.compile(r"/manage/recall/\w{16}$"))


def look_at_papers(manager: Page, room: str) -> None:
    """The poster is one page, the phone list has boxes to tick."""
    answer = manager.request.get(f"{room}/poster.pdf")
    assert answer.ok
    assert len(pypdfium2.PdfDocument(answer.body())) == 1
    manager.goto(f"{room}/phone-list")
    expect(manager.locator(".phone-list")).to_contain_text("邻家鲜果店")
    assert violations(manager) == []


def link_of_first_customer(manager: Page, room: str) -> str:
    """Call the shop, then make its link."""
    manager.goto(room)
    manager.get_by_role("link", name="邻家鲜果店").first.click()
    manager.get_by_role("button", name="打了电话").click()
    expect(manager.locator("main")).to_contain_text("打过电话，还没答复")
    assert violations(manager) == []
    manager.get_by_role("button", name="生成链接").click()
    found = re.search(r"https?://\S+/shop/[\w-]+", manager.locator(".copy").inner_text())
    assert found
    return found.group()


def tell_and_close(manager: Page) -> None:
    """News for everybody, then the end."""
    manager.get_by_text("添一条进展").click()
    manager.locator("[name=ready][value=most_back]").check()
    manager.get_by_role("button", name="登到这次召回的每个页面上").click()
    expect(manager.locator("#news")).to_contain_text("大部分已经收回封存")
    manager.fill("[name=reason]", "20 捆收回，已销毁")
    manager.get_by_role("button", name="了结召回").click()
    expect(manager.locator("main")).to_contain_text("20 捆收回，已销毁")


def test_a_drill_in_a_browser_leaves_the_lot_as_it_was(chromium: Browser, example: Running) -> None:
    manager = example.sign_in(phone(chromium), "manager")
    manager.goto(f"{example.base}/manage/drill")
    expect(manager.locator(".only-lot")).to_be_hidden()
    manager.locator("[name=cause_kind][value=lot]").check(force=True)
    expect(manager.locator(".only-lot")).to_be_visible()
    code = next(lot["code"] for lot in example.links["lots"] if lot["state"] == "sold_out")
    manager.locator(f"[name=causes-lot][value='{code}']").check()
    assert violations(manager) == []
    manager.get_by_role("button", name="开始演练").click()
    expect(manager.locator(".drill-band")).to_contain_text("什么都不会改")
    assert violations(manager) == []
    manager.locator("[name=steps]").first.check()
    manager.get_by_role("button", name="停表，完成演练").click()
    expect(manager.locator("main")).to_contain_text("召回演练报告")
    assert violations(manager) == []
    shopper = phone(chromium).new_page()
    shopper.goto(f"{example.base}/t/{code}")
    expect(shopper.locator("main")).not_to_contain_text("请勿食用")
    for page in (manager, shopper):
        page.context.close()
