"""The look: colours that can be read, components that let nothing through, templates without inline code."""

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import lxml.html
import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from django.urls import get_resolver
from jinja2 import UndefinedError
from markupsafe import Markup

import goldenthread_web
from goldenthread.ingest.extract import Refused
from goldenthread_web.ui import council as councils
from goldenthread_web.ui import drawing, errors, gallery, urls, words
from goldenthread_web.ui.conflicts import Difference
from goldenthread_web.ui.contrast import TINT, Colours, contrast, refuse_unreadable
from goldenthread_web.ui.council import council, read_council
from goldenthread_web.ui.form_fields import as_field, errors_of
from goldenthread_web.ui.gallery import ExampleForm

WEB = Path(goldenthread_web.__file__).parent
TEMPLATES = sorted(WEB.glob("*/templates/**/*.jinja"))
COMPONENTS = sorted((WEB / "ui/templates/ui/components").glob("*.jinja"))
EVIL = "<script>alert(1)</script>"
DAY = date(2018, 3, 14)
MOMENT = datetime(2018, 3, 14, 9, 5, tzinfo=ZoneInfo("Europe/London"))


def environment():
    return engines["jinja2"].env


def macro(file, name):
    return getattr(environment().get_template(f"ui/components/{file}.html.jinja").module, name)


# Colours


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#14304a", "#14304a", 1.0),
        ("#767676", "#ffffff", 4.54),  # the two greys on either side of the line
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_is_as_the_guidelines_define_it(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


def test_colours_that_everybody_can_read_are_accepted():
    refuse_unreadable(Colours())


def too_low(pair, found, advice):
    return (
        f"[council] {pair} has a contrast of {found} to 1 and needs 4.5 to 1, so that everybody can read it: "
        f"choose a {advice} {pair.split()[0]}."
    )


@pytest.mark.parametrize(
    ("colours", "sentence"),
    [
        (Colours(on_brand="#7a8fa3"), too_low("text_on_colour #7a8fa3 on colour #14304a", 4.1, "lighter")),
        (
            Colours(brand="#f2c230", on_brand="#000000"),
            too_low("colour #f2c230 on the white page #ffffff", 1.7, "darker"),
        ),
        (Colours(link="#6f9fd8"), too_low("link_colour #6f9fd8 on the white page #ffffff", 2.8, "darker")),
        # Enough on white, too little on the grey of panels.
        (
            Colours(link="#767676"),
            too_low("link_colour #767676 on the grey of panels #f3f5f7", 4.2, "darker"),
        ),
        (
            Colours(brand="navy"),
            "[council] colour: write the colour as #rrggbb, for example #14304a, not navy.",
        ),
        (
            Colours(link="#0f4c81; } body { display: none"),
            "[council] link_colour: write the colour as #rrggbb, for example #14304a, not "
            "#0f4c81; } body { display: none.",
        ),
    ],
)
def test_colours_that_are_hard_to_read_stop_the_start(colours, sentence):
    with pytest.raises(Refused) as refused:
        refuse_unreadable(colours)
    assert str(refused.value) == sentence


def test_the_grey_of_panels_is_the_one_that_is_checked():
    assert f"--tint: {TINT};" in (WEB / "ui/static/ui/base.css").read_text()


# Pairs of text and ground in our own stylesheets, by the names of base.css.
PAIRS = (
    ("ink", "paper"), ("ink", "tint"), ("quiet", "paper"), ("quiet", "tint"),
    ("bad", "paper"), ("bad", "bad-tint"),
    ("attention", "paper"), ("attention", "attention-tint"), ("good", "paper"), ("good", "good-tint"),
    ("info", "paper"), ("info", "info-tint"), ("ink", "attention-mark"), ("paper", "bad"), ("paper", "good"),
)  # fmt: skip


def test_our_own_colours_can_be_read():
    named = dict(re.findall(r"--([\w-]+): (#\w+)", (WEB / "ui/static/ui/base.css").read_text()))
    named["paper"] = "#ffffff"
    low = {pair: contrast(*(named[one] for one in pair)) for pair in PAIRS}
    assert {pair: found for pair, found in low.items() if found < 4.5} == {}


def test_a_council_is_read_with_its_colours_and_logo(tmp_path):
    (tmp_path / "crest.svg").write_text("<svg/>")
    found = read_council(
        {"name": "East", "colour": "#3b1f5c", "link_colour": "#3b1f5c", "logo": "crest.svg"}, tmp_path
    )
    assert (found.name, found.service_name, found.logo) == ("East", "Golden Thread", tmp_path / "crest.svg")
    assert found.stylesheet == ":root { --brand: #3b1f5c; --on-brand: #ffffff; --link: #3b1f5c; }\n"


@pytest.mark.parametrize(
    ("logo", "sentence"),
    [
        ("crest.exe", "[council] logo crest.exe: give a picture that ends in .png, .jpg, .svg."),
        ("gone.png", "[council] logo: there is no file"),
    ],
)
def test_a_logo_that_cannot_be_shown_stops_the_start(tmp_path, logo, sentence):
    with pytest.raises(Refused, match=re.escape(sentence)):
        read_council({"logo": logo}, tmp_path)


# Words


def test_missing_is_a_dash_with_its_reason_and_never_zero():
    for said in (words.number(None), words.percent(None), words.day_said(None), words.moment_said(None)):
        assert "–" in said and "0" not in said and "govuk-visually-hidden" in said
    assert words.missing(EVIL).count("<script>") == 0


def test_numbers_days_and_moments_are_said():
    assert words.number(1234) == "1,234"
    assert words.number(12.25) == "12.3"
    assert words.percent(0) == "0.0%"
    assert words.pluralise(1, "child", "children") == "1 child"
    assert words.pluralise(1200, "child", "children") == "1,200 children"
    assert words.pluralise(0, "day") == "0 days"
    assert words.day_said(DAY) == "14 March 2018"
    assert words.day_brief(DAY) == "14 Mar 2018"
    assert words.moment_said(datetime(2018, 7, 1, 23, 30, tzinfo=ZoneInfo("UTC"))) == "2 July 2018 at 00:30"
    assert (
        words.listed(["visit", "review", EVIL]) == "visit, review and &lt;script&gt;alert(1)&lt;/script&gt;"
    )


# Drawings


def test_a_gap_is_a_gap():
    drawn = drawing.sparkline([1, 2, None, 3, 4, None, 5], "From 1 to 5")
    assert drawn.count('class="gt-spark__line"') == 2
    assert drawn.count('class="gt-spark__line-alone"') == 1  # the 5, alone after a gap


def test_too_few_values_are_not_drawn():
    assert drawing.sparkline([None, 4, None], "One value") == ""
    assert drawing.trend([None, None], ["Jan", "Feb"], "Nothing") == ""


def test_a_series_that_does_not_move_is_drawn_level():
    assert "M5.0 16.0L123.0 16.0" in drawing.sparkline([7, 7], "Always 7")


def test_a_drawing_lets_no_markup_through():
    for drawn in (
        drawing.sparkline([1, 2], EVIL),
        drawing.bar(1, 2, EVIL),
        drawing.trend([1, 2], [EVIL, EVIL], EVIL, unit=EVIL, notes=[(0, EVIL)]),
    ):
        assert "<script" not in drawn


def test_a_bar_is_as_long_as_its_share():
    assert 'class="gt-bar__fill" width="50.0"' in drawing.bar(25, 100)
    assert 'class="gt-bar__fill" width="200.0"' in drawing.bar(120, 100)
    assert 'class="gt-bar__fill" width="0.0"' in drawing.bar(5, 0)


@pytest.mark.parametrize(
    ("values", "options", "ticks"),
    [
        ([62, 79], {"unit": "%", "ceiling": 100}, ["60%", "65%", "70%", "75%", "80%"]),
        ([90, 99], {"unit": "%", "ceiling": 100}, ["90%", "92.5%", "95%", "97.5%", "100%"]),
        ([0, 3], {}, ["0", "1", "2", "3"]),
        ([1000, 5000], {}, ["1,000", "2,000", "3,000", "4,000", "5,000"]),
        ([-4, 4], {}, ["-4", "-2", "0", "2", "4"]),
    ],
)
def test_the_axis_has_round_numbers_around_the_values(values, options, ticks):
    drawn = drawing.trend(values, ["", ""], "A series", **options)
    assert [one for one in re.findall(r'gt-chart__tick"[^>]*>([^<]+)<', drawn) if one] == ticks


def test_a_chart_shows_the_usual_range_the_target_and_the_last_value():
    drawn = drawing.trend(
        [70, 60, None, 75.25], list("abcd"), "x", unit="%", limits=(65, 70, 75), target=80, unusual=[1]
    )
    assert drawn.count("gt-chart__unusual") == 1
    assert drawn.count("gt-chart__band") == drawn.count("gt-chart__centre") == 1
    assert drawn.count('"gt-chart__target"') == 1
    assert ">75.2%</text>" in drawn


# Components

COLUMNS = [{"text": EVIL, "href": EVIL, "hidden": EVIL}, {"text": EVIL, "numeric": True}]
CALLS = {
    ("bar_list", "bar_list"): lambda: [
        "b", EVIL, [{"label": EVIL, "value": 1, "said": EVIL, "href": EVIL, "note": EVIL, "hidden": EVIL}],
    ],
    ("confirm_box", "confirm_box"): lambda: [EVIL, EVIL, EVIL, EVIL, "", EVIL],
    ("data_table", "data_table"): lambda: [
        "t", EVIL, COLUMNS, [[EVIL, {"text": EVIL, "css": EVIL}], [None, EVIL]], True,
    ],
    ("direction_tag", "direction_tag"): lambda: [EVIL, EVIL],
    ("empty_state", "empty_state"): lambda: [EVIL, EVIL, EVIL, EVIL],
    ("conflict", "conflict"): lambda: [[Difference(label=EVIL, stored=EVIL, yours=EVIL)], EVIL],
    ("error_summary", "error_summary"): lambda: [[{"text": EVIL, "href": EVIL}], EVIL],
    ("field", "field"): lambda: [EvilForm({"name": EVIL})["name"]],
    ("figure_card", "figure_card"): lambda: [*[EVIL] * 8, (EVIL, EVIL), EVIL, EVIL],
    ("file_drop", "file_drop"): lambda: ["f", EVIL, EVIL, EVIL, EVIL],
    ("filters_form", "filters_form"): lambda: [
        [
            {"name": "a", "label": EVIL, "options": [{"value": EVIL, "text": EVIL}], "value": EVIL},
            {"name": "b", "label": EVIL, "kind": "text", "value": EVIL},
            {"name": "c", "label": EVIL, "kind": "checkbox"},
        ],
        EVIL, [{"text": EVIL, "href": EVIL}], EVIL, {EVIL: EVIL},
    ],
    ("heat_table", "heat_table"): lambda: [
        "h", EVIL, [EVIL],
        [{"label": EVIL, "href": EVIL, "cells": [{"said": EVIL, "letter": EVIL, "word": EVIL, "level": 2}]}],
        [{"letter": EVIL, "word": EVIL, "level": 2}],
    ],
    ("history", "history"): lambda: [[{"at": MOMENT, "by": EVIL, "words": EVIL, "detail": EVIL}], EVIL],
    ("keeping", "kept_before"): lambda: [
        {
            "restored": None, "elsewhere": {"kept_at": MOMENT},
            "differing": [Difference(label=EVIL, stored=EVIL, yours=EVIL)],
        }, "",
    ],
    ("keeping", "keeping_line"): lambda: [EVIL, EVIL, EVIL],
    ("page_heading", "page_heading"): lambda: [EVIL, EVIL, DAY, EVIL, EVIL],
    ("pager", "pager"): lambda: [Paginator(range(90), 10).page(4), QueryDict(f"sort={EVIL}"), EVIL],
    ("progress", "progress"): lambda: ["p", EVIL, 1, 2, [{"text": EVIL, "state": "now"}], EVIL],
    ("rag_tag", "rag_tag"): lambda: [EVIL, EVIL],
    ("sparkline", "spark"): lambda: [[1, 2], EVIL],
    ("stat_row", "stat_row"): lambda: [
        [{"value": EVIL, "label": EVIL, "href": EVIL, "note": EVIL, "tone": EVIL}],
    ],
    ("tags", "dq_flag"): lambda: [3, 4, EVIL, EVIL],
    ("tags", "partial_tag"): lambda: [EVIL],
    ("tags", "sign"): lambda: [EVIL, EVIL],
    ("timeline", "timeline"): lambda: [
        [{"on": DAY, "title": EVIL, "text": EVIL, "tone": EVIL, "tags": [EVIL]}], DAY,
    ],
    ("trend_chart", "trend_chart"): lambda: [
        "c", EVIL, EVIL, EVIL, COLUMNS, [[EVIL, EVIL]], EVIL, EVIL,
        [{"letter": EVIL, "on": DAY, "text": EVIL}],
    ],
}  # fmt: skip


class EvilForm(forms.Form):
    name = forms.EmailField(label=EVIL, help_text=EVIL)


@pytest.mark.parametrize("component", CALLS, ids="-".join)
def test_a_component_lets_no_markup_through(component):
    said = macro(*component)(*CALLS[component]())
    assert "<script" not in said
    assert "&lt;script&gt;" in said or "%3Cscript%3E" in said


def test_every_component_with_words_is_tried_and_stands_in_the_gallery():
    shown = "".join(path.read_text() for path in TEMPLATES if "gallery" in path.as_posix())
    names = {path.name.removesuffix(".html.jinja") for path in COMPONENTS}
    assert names == {file for file, _ in CALLS}
    assert {name for name in names if f"ui/components/{name}." not in shown} == {"file_drop"}  # within field


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-12, "Overdue by 12 working days"),
        (-1, "Overdue by 1 working day"),
        (0, "Due today"),
        (1, "Due in 1 working day"),
        (11, "Due in 11 working days"),
        (None, "No date"),
    ],
)
def test_a_duty_says_when_it_is_due(days, said):
    assert said in macro("tags", "due_tag")(days)


def test_a_status_has_a_letter_and_a_word():
    said = lxml.html.fromstring(str(macro("rag_tag", "rag_tag")("A", "near target"))).text_content()
    assert said == "A near target"
    assert "gt-rag--none" in macro("rag_tag", "rag_tag")("", "no target")


def test_a_missing_figure_is_no_zero():
    said = macro("figure_card", "figure_card")("Visits", None, None, "No file of visits was supplied.")
    assert "no figure" in said and "–" in said and ">0<" not in said


def test_a_table_without_rows_says_so():
    said = macro("data_table", "data_table")(
        "t", "Children", [{"text": "Child"}], [], empty="Nobody is overdue."
    )
    assert "Nobody is overdue." in said and "<table" not in said


def test_a_table_names_its_columns_and_rows():
    said = macro("data_table", "data_table")(
        "t", "Children", [{"text": "Child"}, {"text": "Due", "sorted": "ascending", "href": "?sort=-due"}],
        [["30412", None], [{"text": "30413"}, {"text": None, "missing": "never"}]],
    )  # fmt: skip
    table = lxml.html.fromstring(str(said)).find(".//table")
    assert table.findtext("caption") == "Children"
    assert [cell.get("scope") for cell in table.iter("th")] == ["col", "col", "row", "row"]
    assert [cell.get("aria-sort") for cell in table.find("thead").iter("th")] == [None, "ascending"]
    assert [cell.text_content() for cell in table.iter("td")] == ["–not known", "–never"]


def test_pages_of_a_list_keep_the_filters():
    said = macro("pager", "pager")(
        Paginator(range(486), 50).page(3), QueryDict("team=a1&page=9"), "child", "children"
    )
    assert "101 to 150 of 486 children" in said
    assert 'href="?team=a1&amp;page=2"' in said
    assert said.count('aria-current="page"') == 1
    assert "1 child" in macro("pager", "pager")(Paginator([1], 50).page(1), QueryDict(), "child", "children")
    assert "No children" in macro("pager", "pager")(
        Paginator([], 50).page(1), QueryDict(), "child", "children"
    )


def test_the_timeline_draws_a_line_between_what_was_and_what_will_be():
    items = [{"on": date(2018, 4, 1), "title": "Review"}, {"on": date(2018, 3, 1), "title": "Visit"}]
    said = macro("timeline", "timeline")(items, DAY)
    assert said.index("Review") < said.index("Today, 14 March 2018") < said.index("Visit")


# Forms


def test_each_error_leads_to_its_field_and_names_it():
    form = ExampleForm({"title": "", "from_day": "yesterday", "team": "", "reason": "x"})
    found = errors_of(form)
    assert {"text": "Title of the target: not filled in yet.", "href": "#id_title"} in found
    assert {"text": "Enter a valid date.", "href": "#id_from_day"} in found
    assert {"text": "Team: not chosen yet.", "href": "#id_team"} in found
    page = lxml.html.fromstring("".join(str(macro("field", "field")(bound)) for bound in form))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for error in found:
        assert error["href"][1:] in ids


def test_a_field_keeps_what_was_typed():
    form = ExampleForm({"title": "A & B", "from_day": "2018-04-01", "team": "a2", "parts": ["help", "care"]})
    kinds = {bound.name: as_field(bound).kind for bound in form}
    assert kinds == {
        "title": "input",
        "from_day": "input",
        "team": "select",
        "reason": "radios",
        "parts": "checkboxes",
        "is_published": "checkbox",
        "note": "textarea",
        "files": "file",
    }
    assert [choice[0] for choice in as_field(form["team"]).choices if choice[2]] == ["a2"]
    assert [choice[0] for choice in as_field(form["parts"]).choices if choice[2]] == ["help", "care"]
    said = macro("field", "field")(form["title"])
    assert 'value="A &amp; B"' in said
    assert 'value="2018-04-01"' in macro("field", "field")(
        ExampleForm(initial={"from_day": date(2018, 4, 1)})["from_day"]
    )


# Templates


def test_a_misspelt_name_is_an_error_in_our_templates():
    with pytest.raises(UndefinedError):
        environment().from_string("{{ figure.vlaue }}").render(figure={"value": 1})


def test_the_macros_of_others_forgive_what_is_left_out():
    source = (
        '{% from "govuk_frontend_jinja/components/input/macro.html" import govukInput %}'
        '{{ govukInput({"name": "a", "id": "a", "label": {"text": given}}) }}'
    )
    assert "&lt;script&gt;" in environment().from_string(source).render(given=EVIL)


INLINE = {
    "a style attribute": re.compile(r"\bstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\s(on[a-z]+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>|javascript:", re.IGNORECASE),
    "a style in the page": re.compile(r"<style", re.IGNORECASE),
    "something from another server": re.compile(r"(src|href|action)=[\"'](https?:)?//", re.IGNORECASE),
}
UNESCAPED = re.compile(r"(?<![\"'])\s*\|\s*safe\b|\bautoescape false", re.IGNORECASE)
# Reviewed: what is declared safe, and who made it.
DECLARED_SAFE = {"activate_form.html.jinja": "the square of the authenticator, drawn on the server"}


def without_jinja(text):
    return re.sub(r"\{([%{#]).*?[%}#]\}", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what):
    assert TEMPLATES
    found = [path.name for path in TEMPLATES if INLINE[what].search(without_jinja(path.read_text()))]
    assert found == []


def test_nothing_is_put_on_a_page_unescaped():
    found = {path.name for path in TEMPLATES if UNESCAPED.search(path.read_text())}
    assert found == set(DECLARED_SAFE)


def test_the_scan_would_find_them():
    for bad in (
        '<p style="color: red">',
        '<a class="x" onclick="go()">',
        '<b hx-on:click="x">',
        "<script>1</script>",
        '<script src="https://cdn.example/x.js">',
        "<style>",
        '<p {% if x %}style="color: red"{% endif %}>',
    ):
        assert any(pattern.search(without_jinja(bad)) for pattern in INLINE.values()), bad
    assert UNESCAPED.search("{{ x|safe }}") and not UNESCAPED.search('{{ "<br>"|safe }}')


# Pages


@pytest.fixture
def everything(client, db):
    return lxml.html.fromstring(client.get("/ui/gallery").content.decode())


def test_the_gallery_is_sound_html(everything):
    ids = [element.get("id") for element in everything.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    levels = [int(element.tag[1]) for element in everything.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False))
    assert all(table.find("caption") is not None for table in everything.iter("table"))
    for element in everything.iter():
        if isinstance(element.tag, str):
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_links_with_the_same_words_lead_to_the_same_place(everything):
    places = {}
    for link in everything.iter("a"):
        places.setdefault(" ".join(link.text_content().split()), set()).add(link.get("href"))
    assert {said: found for said, found in places.items() if len(found) > 1} == {}


def test_the_gallery_is_for_the_demonstration_only(client, db, settings):
    settings.DEMO = False
    assert client.get("/ui/gallery").status_code == 404


@pytest.mark.parametrize("address", ["/help", "/accessibility", "/privacy"])
def test_everybody_may_read(client, db, address):
    response = client.get(address)
    assert response.status_code == 200
    assert b'lang="en"' in response.content
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "Write to access@council.example or call 01632 960001.",
            "access@council.example or call 01632 960001.",
        ),
        ("", "Tell the performance team of Invented council."),
    ],
)
def test_80_the_accessibility_statement_says_whom_to_tell_and_who_enforces(
    client, db, settings, monkeypatch, said, shown
):
    """From the foot of every page, without signing in: a way to say what does not work, and one beyond it."""
    monkeypatch.setitem(settings.INSTALLATION.council, "help", said)
    council.cache_clear()
    try:
        foot = lxml.html.fromstring(client.get("/help").text).find(".//footer")
        assert "/accessibility" in [link.get("href") for link in foot.iter("a")]
        page = lxml.html.fromstring(client.get("/accessibility").text).find(".//main")
    finally:
        council.cache_clear()
    headings = [one.text_content() for one in page.iter("h2")]
    way = page.xpath("//h2[.='Tell us what does not work for you']/following-sibling::p[1]")[0].text_content()
    assert shown in way and "Say which page it was" in way
    assert headings.index("Tell us what does not work for you") + 1 == headings.index(
        "If you are not content with the answer"
    )
    assert "Equality and Human Rights Commission" in page.text_content()
    assert "What we know is not good enough yet" in headings


def test_the_frame_names_the_council_and_leads_to_help(client, db):
    page = lxml.html.fromstring(client.get("/help").content.decode())
    said = page.text_content()
    assert "Invented council" in said and "Golden Thread" in said
    assert {"/help", "/accessibility", "/privacy"} <= {link.get("href") for link in page.iter("a")}
    assert page.find(".//a[@class='govuk-skip-link']").get("href") == "#main-content"


def test_the_frame_says_when_one_is_signed_out_and_offers_to_stay():
    said = environment().get_template("ui/layout.html.jinja").render(
        session_ends_at=MOMENT, session_keep_alive="/stay", csrf_token="t",
        signed_in={"title": "Head of service", "role": "Head of service", "sign_out": "/out"},
        banners=[{"tone": "warning", "text": EVIL}],
    )  # fmt: skip
    page = lxml.html.fromstring(said)
    assert "You will be signed out at 09:05" in page.text_content()
    box = page.find(".//*[@data-session-ends]")
    assert (box.get("data-keep-alive"), box.get("hidden")) == ("/stay", "")
    form = page.find(".//form[@action='/out']")
    assert form.get("method") == "post"
    assert "<script>alert" not in said


def test_the_colours_of_the_council_are_a_stylesheet(client, db):
    response = client.get("/ui/colours.css")
    assert response.headers["Content-Type"] == "text/css"
    assert response.content.decode() == ":root { --brand: #14304a; --on-brand: #ffffff; --link: #0f4c81; }\n"
    assert "immutable" in response.headers["Cache-Control"]


def test_the_logo_is_shown_where_there_is_one(client, db, settings, tmp_path):
    assert client.get("/ui/logo").status_code == 404
    (tmp_path / "crest.png").write_bytes(b"a picture")
    settings.INSTALLATION = replace(
        settings.INSTALLATION, council={"name": "East", "logo": "crest.png"}, folder=tmp_path
    )
    councils.council.cache_clear()
    try:
        response = client.get("/ui/logo")
        assert (response.headers["Content-Type"], b"".join(response)) == ("image/png", b"a picture")
        response.close()
    finally:
        councils.council.cache_clear()


@pytest.mark.parametrize("status", errors.STATUSES)
def test_each_error_says_what_happened_and_what_to_do(status, db):
    response = errors.error_page(RequestFactory().get("/"), status, "")
    page = lxml.html.fromstring(response.content.decode())
    assert response.status_code == status
    assert len(page.findall(".//h1")) == 1
    assert len(page.findall(".//main//p")) >= 2


def test_a_form_of_another_session_says_where_what_was_typed_is(db):
    response = errors.form_expired(RequestFactory().post("/"))
    page = lxml.html.fromstring(response.content.decode())
    assert response.status_code == 403
    assert page.findtext(".//h1").strip() == "Nothing was saved"
    assert "what it kept is there already" in page.text_content()


def test_an_error_may_say_more(db):
    said = errors.error_page(RequestFactory().get("/"), 403, EVIL).content.decode()
    assert "&lt;script&gt;" in said and EVIL not in said


def test_the_page_of_a_fault_needs_no_database(django_db_blocker):
    with django_db_blocker.block():
        assert errors.fault(RequestFactory().get("/")).status_code == 500


def test_whatever_is_open_bears_the_mark():
    marked = {pattern.name for pattern in urls.urlpatterns if getattr(pattern.callback, "is_open", False)}
    assert marked == {pattern.name for pattern in urls.urlpatterns}
    assert gallery.gallery.is_open


def test_an_address_that_is_not_there_has_our_page(client, db):
    assert get_resolver().resolve_error_handler(404) is errors.not_found
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert b"There is nothing here for you" in response.content


def test_what_is_drawn_may_stand_in_a_cell():
    said = macro("data_table", "data_table")(
        "t", "x", [{"text": "a"}, {"text": "b"}], [["1", drawing.sparkline([1, 2], "up")]]
    )
    assert "<svg" in said and isinstance(said, Markup)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("broken.xlsx is damaged.", "broken.xlsx is damaged."),
        ("referrals of annex a has 3 rows.", "Referrals of Annex A has 3 rows."),
        ("the load as at 2017-12-31 had 288.", "The load as at 31 December 2017 had 288."),
        ("Without a named worker for 1 days.", "Without a named worker for 1 day."),
        ("due every 21 days", "Due every 21 days"),
    ],
)
def test_a_sentence_of_the_library_is_said_as_people_write(text, said):
    assert words.sentence_said(text) == said


def test_a_list_of_a_return_is_named_as_its_guidance_names_it():
    assert words.table_said("annex_a list 4") == "Annex A list 4"
    assert words.table_said("ssda903 ad1") == "SSDA903 ad1"
    assert words.table_said("cp_plans") == "child protection plans"
