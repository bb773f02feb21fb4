"""Pages that hold every shared part once, for the browser tests; no page of the product."""

from datetime import date
from pathlib import Path

import jinja2
from flask import Flask, render_template
from werkzeug.datastructures import MultiDict

from trace.domain.errors import Problem
from trace.web import create_app
from trace.web.settings import Settings

_SCAN = """
{% extends "base_scan.html" %}
{% import "parts/pieces.html" as pieces with context %}
{% import "parts/form.html" as form with context %}
{% block title %}{{ name }}{% endblock %}
{% block styles %}{{ inline_style("base", "form", "scan") }}{% endblock %}
{% block brand %}{{ coop }}{% endblock %}
{% block main_class %}page wide stack-l{% endblock %}
{% block main %}
<article class="card swing">{{ pieces.scene("cucumber", alt=name) }}
  <div class="title"><h1>{{ name }}</h1>{{ pieces.verdict("complete") }}</div>
  <div class="tear"></div>
  <ul class="facts">
  {% call pieces.fact("day", words, "grower") %}{{ today|day(year=true) }}{% endcall %}
  {% call pieces.fact("tube", words, "tester") %}{{ "12"|quantity("%") }}{% endcall %}
  {% call pieces.fact("book", words, "lab") %}GB 2763-2026{% endcall %}
  </ul>
  <p class="place"><span class="row">{{ icon("pin") }}{{ words }}</span></p>
</article>
<div class="story stack-l">
  <ol class="days">
  {% call pieces.entry("seedling", today|day, words, "grower") %}
    <p><del>420</del> <ins>{{ "240"|quantity("bundle") }}</ins></p>{{ pieces.fix(words) }}
    {{ pieces.state("wait", words) }}{{ pieces.state("no", words) }}{{ pieces.state("ok", words) }}
  {% endcall %}
  </ol>
  {% for kind in ("unknown", "void", "recalled", "held", "incomplete") %}
  <div>{{ pieces.verdict(kind) }}</div>{% endfor %}
  {% for who in ("coop", "office", "shop", "supplier", "device") %}<p>{{ pieces.by(who) }}</p>
  {% endfor %}
  {% call pieces.fold("home", words, open=true) %}{{ pieces.kv([(words, name)]) }}{% endcall %}
  {{ pieces.link_button("/scan", words, "share", "main wide") }}
  {{ pieces.link_button("/scan", words, "stop", "stop wide") }}
  <form method="post" class="stack">{{ form.words("say", words) }}{{ form.submit(words) }}</form>
  {{ pieces.empty("seedling", words, words, "/scan", words) }}
</div>
<article class="card swing"><div class="recall"><h2>{{ words }}</h2></div></article>
{% endblock %}
"""

_PHONE = """
{% extends "base_phone.html" %}
{% import "parts/pieces.html" as pieces with context %}
{% import "parts/form.html" as form with context %}
{% block title %}{{ name }}{% endblock %}
{% block main %}
<form method="post" class="stack-l" enctype="multipart/form-data">
  {{ form.problem_box() }}
  <header class="row wrapy">{{ pieces.thumb("cucumber") }}<h1 class="grow">{{ name }}</h1>
  {{ pieces.example_mark() }}</header>
  {{ form.choice("input", words, [
    {"value": 1, "words": "A", "drawing": pieces.container("bottle", 0)},
    {"value": 2, "words": "B", "drawing": pieces.container("bag", 2), "note": words},
    {"value": 3, "words": "C", "picture": "bottle", "disabled": true}], hint=words, value=1) }}
  {{ form.many("planting", words, [
    {"value": "p1", "words": name, "picture": "cucumber"},
    {"value": "p2", "words": name, "picture": "tomato"}], value=["p1"]) }}
  {{ form.number("amount", words, units=("ml", "g"), value="30") }}
  {{ form.number("tanks", words, unit="tank", whole=true, needed=false) }}
  {{ form.day_chooser("day", words, days) }}
  {{ form.photo("photo", words, hint=words) }}
  {{ form.text("who", words, most=40) }}
  {{ form.select("why", words, (("a", words), ("b", words))) }}
  {{ form.tick("already", words) }}
  {{ form.dock(words, words) }}
</form>
<a class="sync" href="/phone"><span class="row">{{ icon("phone") }}{{ words }}</span>
  <span>10:32</span></a>
<ul class="card plots"><li>{{ pieces.thumb("tomato") }}<div class="grow"><h2>{{ name }}</h2>
  {{ pieces.state("wait", words) }}</div>
  <a class="btn" href="/phone">{{ icon("again") }}{{ name }}</a></li></ul>
<div class="tiles">{% for one in ("basket", "bottle", "water") %}
<a class="tile" href="/phone">{{ picture(one) }}{{ name }}</a>{% endfor %}</div>
{% call pieces.saved(words, "/phone", words) %}<p>{{ words }}</p>{% endcall %}
{% call pieces.saved(words, "/phone", words, up=false) %}<p>{{ words }}</p>{% endcall %}
{% endblock %}
"""

_DESK = """
{% extends "base_desk.html" %}
{% import "parts/pieces.html" as pieces with context %}
{% import "parts/form.html" as form with context %}
{% block title %}{{ name }}{% endblock %}
{% block nav %}
{{ pieces.nav([("/desk", name, "home"), ("/phone", name, "box")], "/desk") }}
{% endblock %}
{% block main %}
<header class="head"><h1>{{ name }}</h1><p class="soft grow">{{ today|weekday }}</p>
{{ pieces.example_mark() }}{{ pieces.post_button("/desk", words, "stop", "stop") }}</header>
<div class="two stack-l"><div class="stack-l">
  <section class="card stack"><ul class="list"><li>{{ pieces.thumb("gift", room=true) }}
    <div class="grow"><h2>{{ name }}</h2><p class="soft">{{ words }}</p></div>
    {{ pieces.link_button("/desk", name, kind="main") }}</li></ul></section>
  <section class="card stack"><dl class="bal num"><div><dt>{{ name }}</dt><dd>126</dd>
    <dd class="rest">{{ words }}</dd>
    <dd class="m">{{ pieces.bar([("120", "part"), ("6", "lost")], "126") }}</dd></div></dl>
    {{ pieces.chart([("20", 31), ("21", 64)], words) }}</section>
</div><section class="card"><form class="stack" method="post">
  {{ form.text("name", words, hint=words) }}{{ form.file("report", words, "application/pdf") }}
  <div class="sheet" data-columns="3"><span class="used"></span>
  <label><input type="radio" name="cell" checked aria-label="2"><i>2</i></label></div>
  {{ form.submit(words, "print") }}</form></section></div>
{% endblock %}
"""

WORDS = {
    "zh": {"name": "黄瓜", "words": "打药后满九天才能采", "coop": "大丰收农业合作社"},
    "en": {"name": "Cucumbers", "words": "Nine days after the spraying", "coop": "Bumper Harvest"},
}
DAYS = (date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 21))


def component_app(instance: Path, language: str) -> Flask:
    """An example application with /scan, /phone, /desk, and /wrong: the phone form sent back."""
    app = create_app(Settings(instance=instance, is_example=True))
    pages = jinja2.DictLoader({"scan": _SCAN, "phone": _PHONE, "desk": _DESK})
    ours = app.jinja_loader
    assert ours is not None
    app.jinja_loader = jinja2.ChoiceLoader([pages, ours])
    shared = {**WORDS[language], "today": DAYS[0], "days": DAYS}

    @app.get("/<any(scan, phone, desk):name>")
    def page(name: str) -> str:
        return render_template(name, **shared)

    @app.get("/wrong")
    def wrong() -> str:
        typed = MultiDict(
            [("amount", "thirty"), ("input", "2"), ("planting", "p2"), ("day", "2026-11-22")]
        )
        problems = (Problem("amount", "Full record"), Problem("day", "Unit"), Problem("", "Today"))
        return render_template("phone", typed=typed, problems=problems, **shared)

    return app
