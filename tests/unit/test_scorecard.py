import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import pytest
from lxml import html

from goldenthread.commands.scorecard import _print as print_card
from goldenthread.figures.dictionary import dictionary
from goldenthread.figures.scorecard import page
from goldenthread.figures.scorecard.build import About, months, of_figures
from goldenthread.figures.scorecard.charts import chart, sparkline
from goldenthread.figures.targets import AMBER, GREEN, RED, Target, rating, read_targets, target_on
from goldenthread.figures.wording import NUMBER, PERCENT
from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import BadSettings, Settings
from tests.unit.figure_lines import a_figure, a_month, a_series

HOSTILE = "<script>alert('1')</script>"
ABOUT = About(
    council="East",
    on=date(2018, 1, 2),
    as_at_on=date(2017, 12, 31),
    sources=("local_extracts",),
    load_hash="abc" * 20,
    code_version="0.1.0+abc",
    errors=1234,
    warnings=5,
)
RISING = [70, 72, 69, 71, 70, 73, 68, 71, 70, 72, 69, 71, 70, 72, 69, 71, 70, 73, 68, 71, 70, 72, 69, 95]


def a_year(ref, values, of=200):
    """A series that ends in December 2017."""
    return a_series(values, ref, of=of)


def not_computable(ref, count=24):
    note = f"not computable: needs {catalogue()[ref].needs}"
    return [
        a_figure(ref, value=None, unknown=None, month=month, status="not_computable", note=note)
        for month in range(count)
    ]


def some_figures():
    counts = [700 + value for value in RISING]
    return [
        *a_year("FD-01", counts, of=None),
        *a_year("FD-07", RISING),
        *a_year("CP-03", RISING),
        *a_year("CP-19", RISING[:20] + [None] * 4),  # tier 2
        *not_computable("QA-01"),
        *not_computable("LAC-25"),
    ]


def a_card(figures=None, targets=None, findings=None, about=ABOUT, settings=None, **details):
    return of_figures(
        figures or some_figures(), about, settings or Settings(), targets or {}, findings or {}, **details
    )


def a_page(card=None, settings=None):
    return html.document_fromstring(page(card, settings or Settings()) if card else the_usual_page())


@cache
def the_usual_page():
    return page(a_card(), Settings())


def text_of(element):
    return " ".join(element.text_content().split())


def line(card, ref):
    return next(one for one in card.lines if one.ref == ref)


def cells(document, ref):
    row = document.get_element_by_id(f"line-{ref}")
    return {cell.get("data-label"): text_of(cell) for cell in row.iter("td")}


# The page


def test_the_page_says_its_language_its_title_and_one_first_heading():
    document = a_page()
    assert document.get("lang") == "en-GB"
    assert document.findtext(".//title") == "Children’s services scorecard, 2 January 2018: East"
    assert [text_of(h) for h in document.iter("h1")] == ["Children’s services scorecard"]
    assert document.find(".//main") is not None
    assert document.xpath("//a[@class='skip']/@href") == ["#main"]


def test_headings_never_skip_a_level():
    levels = [int(h.tag[1]) for h in a_page().iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False))


def test_the_page_needs_no_network_and_no_scripts():
    text = the_usual_page()
    document = html.document_fromstring(text)
    assert not re.search(r"https?:|//[a-z]|@import|@font-face|url\((?!#)", text)
    assert not list(document.iter("script", "link", "iframe", "img", "object", "embed", "base", "form"))
    assert not [name for element in document.iter() for name in element.attrib if name.startswith("on")]
    assert all(
        target.startswith("#") for target in document.xpath("//@href | //@src | //@*[name()='xlink:href']")
    )
    assert "default-src 'none'" in document.xpath("//meta[@http-equiv]/@content")[0]


def test_every_name_is_there_once_and_every_link_leads_somewhere():
    document = a_page()
    names = document.xpath("//@id")
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert {link[1:] for link in document.xpath("//a/@href")} <= set(names)
    assert {name for ids in document.xpath("//@aria-labelledby") for name in ids.split()} <= set(names)


def test_every_table_has_a_caption_and_heads_that_say_what_they_head():
    tables = list(a_page().iter("table"))
    assert len(tables) > 4
    for table in tables:
        assert text_of(table.find("caption"))
        heads = list(table.iter("th"))
        assert {head.get("scope") for head in heads} == {"col", "row"}
        assert all(row[0].tag == "th" for row in table.find("tbody"))


def test_every_chart_has_a_finding_as_its_title_and_a_table_of_its_months():
    document = a_page()
    charts = list(document.iter("figure"))
    assert [chart.get("id") for chart in charts] == ["chart-FD-01", "chart-FD-07", "chart-CP-03"]
    for drawn in charts:
        title = document.get_element_by_id(drawn.get("aria-labelledby"))
        assert re.search("Rising: 795 is|Worsening: 95.0% is|Improving: 95.0% is", text_of(title))
        [table] = drawn.iter("table")
        assert len(table.find("tbody")) == 24
        assert "usual range" in text_of(drawn)


def test_pictures_are_hidden_or_described():
    pictures = list(a_page().iter("svg"))
    assert len(pictures) > 5
    for picture in pictures:
        assert picture.get("aria-hidden") == "true" or (
            picture.get("role"),
            bool(picture.get("aria-label")),
        ) == (
            "img",
            True,
        )


def test_hostile_text_stays_text():
    series = a_year("CP-03", RISING)
    series[-1] = replace(series[-1], status="partial", note=HOSTILE)
    missing = [replace(one, note=f"not computable: needs {HOSTILE}") for one in not_computable("QA-01")]
    target = {"CP-03": Target(Decimal(90), f"Head {HOSTILE}", date(2016, 1, 1))}
    about = replace(ABOUT, council=HOSTILE, sources=(HOSTILE,), load_hash=HOSTILE, code_version=HOSTILE)
    text = page(a_card([*series, *missing], target, about=about), Settings())
    document = html.document_fromstring(text)
    assert "<script" not in text
    assert not list(document.iter("script"))
    assert text_of(document.find(".//p[@class='council']")) == HOSTILE
    assert HOSTILE in cells(document, "CP-03")["Target"]
    assert HOSTILE in cells(document, "CP-03")["Now"]
    assert HOSTILE in text_of(document.get_element_by_id("missing-QA-01"))


def test_colours_have_enough_contrast():
    css = (files("goldenthread.figures.scorecard") / "scorecard.css").read_text("utf-8")
    named = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", css))
    pairs = [(named[name], "#ffffff") for name in ("ink", "quiet", "link")]
    pairs += [(named["link"], named["tint"]), ("#ffffff", named["brand"])]
    pairs += [
        (m[1], m[0]) for m in re.findall(r"rating\.[GR] \{ background: (#\w{6}); color: (#\w{3,6});", css)
    ]
    pairs += [(named["ink"], re.search(r"rating\.A \{ background: (#\w{6})", css)[1])]
    assert len(pairs) == 8
    assert [pair for pair in pairs if _contrast(*pair) < 4.5] == []


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    colour = colour.lstrip("#")
    colour = "".join(letter * 2 for letter in colour) if len(colour) == 3 else colour
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# What a line says


def test_a_line_says_value_cases_polarity_direction_and_the_year_before():
    found = cells(a_page(), "CP-03")
    assert found["Now"] == "95.0% 190 of 200"
    assert found["Target"] == "none set"
    assert found["Missing the standard"] == "10 conferences"
    assert found["Direction of travel"] == "Improving up 23.5 percentage points"
    assert found["A year before"] == "71.0%"
    row = a_page().get_element_by_id("line-CP-03")
    assert "Higher is better" in text_of(row.find("th"))


def test_a_count_says_no_percentage_and_no_shortfall():
    found = cells(a_page(), "FD-01")
    assert found["Now"] == "795"
    assert found["Direction of travel"].startswith("Rising up 2")


def test_what_england_publishes_stands_beside_what_means_the_same():
    found = cells(a_page(), "FD-07")
    assert found["England"] == "21.9% year to 31 March 2017"
    assert found["London"].endswith("year to 31 March 2017")
    assert cells(a_page(), "CP-19")["England"] == "– nothing comparable"
    assert "Inner London" in cells(a_page(a_card(compared_with=["Inner London"])), "FD-07")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"status": "provisional", "period": a_month(23, cut_to=15)},
            "Provisional: December 2017 is not over",
        ),
        ({"status": "partial", "note": "visits.csv starts late"}, "Partial: visits.csv starts late"),
        ({"unknown": 7}, "(7 not known)"),
    ],
)
def test_caveats_are_said_in_words(changes, expected):
    series = a_year("CP-03", RISING)
    series[-1] = replace(series[-1], **changes)
    assert expected in cells(a_page(a_card(series)), "CP-03")["Now"]


def test_a_share_of_nobody_is_no_cases_also_where_what_is_counted_may_be_none():
    series = a_year("GOV-01", RISING)
    series[-1] = replace(series[-1], numerator=Decimal(0), denominator=Decimal(0), value=Decimal(0))
    assert cells(a_page(a_card(series)), "GOV-01")["Now"].startswith("No cases")


def test_no_cases_and_not_computable_are_never_zero():
    document = a_page()
    assert cells(document, "CP-19")["Now"] == "No cases"
    assert document.xpath("//*[@id='line-QA-01']") == []
    assert text_of(document.get_element_by_id("missing-QA-01")).startswith("QA-01 Audits completed")
    assert "Audits completed against programmeaudits (audit_id" in text_of(
        document.get_element_by_id("missing-QA-01")
    )


def test_the_dictionary_says_what_each_figure_means_with_the_values_used():
    settings = Settings(parameters={"icpc_limit_wd": 20})
    document = a_page(a_card(settings=settings), settings)
    meant = text_of(document.get_element_by_id("means-CP-03").getnext())
    assert "within 20 working days of the strategy discussion" in meant
    assert "icpc_limit_wd = 20 (used by" in text_of(
        document.find(".//section[@aria-labelledby='dictionary']")
    )


def test_every_indicator_has_plain_words():
    assert set(dictionary()) == set(catalogue())
    for entry in dictionary().values():
        assert entry.means.endswith(".")
        assert len(entry.counts) == 2
        assert "{" not in entry.said(Settings())


# What it says in short


def test_in_short_only_headline_indicators_are_claimed():
    told = a_card().summary
    assert [one.line.ref for one in told.improving] == ["CP-03"]
    assert [one.line.ref for one in told.worsening] == ["FD-07"]
    assert [one.line.ref for one in told.moving] == ["FD-01"]
    assert told.in_one_sentence == (
        "Of 3 headline indicators with a figure: 1 really improving, 1 really worsening, "
        "1 really moving where neither high nor low is better."
    )


def test_in_short_what_is_furthest_from_where_it_should_be():
    targets = {"CP-03": Target(Decimal(99), "Head", date(2016, 1, 1))}
    told = a_card(targets=targets).summary
    assert [one.sentence for one in told.off_target] == [
        "95.0% against a target of 99.0%: 8 more conferences to reach 99.0%."
    ]
    assert [(one.line.ref, one.sentence) for one in told.behind] == [
        (
            "FD-07",
            "95.0% against 21.9% in England (year to 31 March 2017): 73.1 percentage points worse.",
        )
    ]


def test_in_short_only_children_are_counted_as_children():
    card = a_card([*some_figures(), *a_year("SO-01", RISING), *a_year("WF-12", RISING)])
    assert [(one.line.ref, one.sentence) for one in card.summary.most_children] == [
        ("SO-01", "10 children (95.0%).")
    ]


def test_in_short_why_something_cannot_be_worked_out():
    told = a_card().summary
    assert [one.ref for one in told.kept_elsewhere] == ["QA-01"]
    assert [one.ref for one in told.not_delivered] == ["LAC-25"]


@pytest.mark.parametrize(
    ("on", "as_at_on", "sentence"),
    [
        (date(2017, 12, 31), date(2017, 12, 31), "of this very day"),
        (date(2018, 1, 1), date(2017, 12, 31), "1 day old on 1 January 2018"),
        (date(2018, 2, 19), date(2017, 12, 31), "50 days old on 19 February 2018"),
    ],
)
def test_in_short_how_old_the_data_is(on, as_at_on, sentence):
    document = a_page(a_card(about=replace(ABOUT, on=on, as_at_on=as_at_on)))
    assert sentence in text_of(document.find(".//section[@aria-labelledby='in-short']"))


def test_a_month_may_change_until_it_is_closed():
    # Ten working days after 31 December 2017, past New Year's Day: 15 January.
    assert a_card().provisional_until == date(2018, 1, 15)
    assert a_card(about=replace(ABOUT, as_at_on=date(2018, 1, 15))).provisional_until is None


def test_24_months_end_with_the_day_or_with_the_data():
    found = months(date(2018, 2, 10), date(2017, 12, 31))
    assert (len(found), found[0].starts_on, found[-1].ends_on) == (24, date(2016, 1, 1), date(2017, 12, 31))
    cut = months(date(2017, 11, 15), date(2017, 12, 31))[-1]
    assert (cut.ends_on, cut.is_provisional) == (date(2017, 11, 15), True)


# Targets


@pytest.mark.parametrize(
    ("ref", "n", "of", "expected"),
    [
        ("CP-03", 90, 100, GREEN),
        ("CP-03", 899, 1000, AMBER),
        ("CP-03", 85, 100, AMBER),
        ("CP-03", 849, 1000, RED),
        ("CP-03", 8996, 10000, AMBER),
        ("FD-07", 90, 100, GREEN),
        ("FD-07", 95, 100, AMBER),
        ("FD-07", 951, 1000, RED),
        ("FD-03", 95, 100, GREEN),
        ("FD-03", 84, 100, RED),
        ("CP-03", 0, 0, None),
        ("CP-03", 9, 9, None),
    ],
    ids=[
        "high: exactly on target",
        "just below",
        "on the edge of the margin",
        "beyond it",
        "prints as 90.0% and is not",
        "low: exactly on target",
        "on the edge of the margin",
        "beyond it",
        "neither: within the margin",
        "beyond it",
        "no cases",
        "small numbers",
    ],
)
def test_a_rating(ref, n, of, expected):
    target = Target(Decimal(90), "Head", date(2016, 1, 1))
    assert rating(a_figure(ref, n, of), catalogue()[ref], PERCENT, target, Decimal(5)) is expected


def test_a_count_is_at_target_or_off_it():
    target = Target(Decimal(10), "Head", date(2016, 1, 1))
    backlog = catalogue()["FD-04"]
    assert rating(a_figure("FD-04", 10), backlog, NUMBER, target, Decimal(5)) is GREEN
    assert rating(a_figure("FD-04", 11), backlog, NUMBER, target, Decimal(5)) is RED


def test_a_tolerance_of_its_own_is_how_near_a_target_is_near():
    target = Target(Decimal(10), "Head", date(2016, 1, 1), tolerance=Decimal(2))
    backlog = catalogue()["FD-04"]
    found = [rating(a_figure("FD-04", n), backlog, NUMBER, target, Decimal(5)) for n in (10, 12, 13)]
    assert found == [GREEN, AMBER, RED]


def test_a_card_has_a_line_for_each_indicator():
    refs = [one.ref for one in a_card().lines]
    assert sorted(refs) == ["CP-03", "CP-19", "FD-01", "FD-07", "LAC-25", "QA-01"]


def test_a_card_on_which_nothing_is_missing_says_so_by_silence(capsys):
    print_card(a_card([*a_year("CP-03", RISING)]))
    assert "cannot be worked out" not in capsys.readouterr().out
    print_card(a_card())
    assert "2 indicators cannot be worked out" in capsys.readouterr().out


def test_a_rating_is_a_letter_and_a_word():
    targets = {"CP-03": Target(Decimal(99), "Head of Safeguarding", date(2016, 1, 1))}
    assert (
        cells(a_page(a_card(targets=targets)), "CP-03")["Target"]
        == "99.0% A near target Head of Safeguarding"
    )


def test_the_margin_of_amber_is_a_parameter():
    targets = {"CP-03": Target(Decimal(99), "Head", date(2016, 1, 1))}
    settings = Settings(parameters={"rag_amber_margin_pp": 3})
    assert line(a_card(targets=targets, settings=settings), "CP-03").rating is RED


def test_a_target_counts_from_its_day():
    targets = {"CP-03": Target(Decimal(90), "Head", date(2018, 1, 1))}
    assert target_on(targets, "CP-03", date(2017, 12, 31)) is None
    assert target_on(targets, "CP-03", date(2018, 1, 1)) is targets["CP-03"]
    assert line(a_card(targets=targets), "CP-03").rating is None


def test_targets_are_read_from_the_settings(tmp_path):
    path = tmp_path / "settings.toml"
    assert read_targets(path) == {}
    path.write_text('[targets."CP-03"]\nvalue = 90.5\nowner = "Head"\nfrom = 2017-04-01\n', "utf-8")
    assert read_targets(path) == {"CP-03": Target(Decimal("90.5"), "Head", date(2017, 4, 1))}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[targets."XX-01"]\nvalue = 1\nowner = "A"\nfrom = 2017-04-01', "is of no indicator"),
        ('[targets."CP-03"]\nvalue = 1\nowner = "A"', "needs a value, an owner and the day"),
        (
            '[targets."CP-03"]\nvalue = "90"\nowner = "A"\nfrom = 2017-04-01',
            "value must be a number, not '90'",
        ),
        ('[targets."CP-03"]\nvalue = true\nowner = "A"\nfrom = 2017-04-01', "value must be a number"),
        ('[targets."CP-03"]\nvalue = nan\nowner = "A"\nfrom = 2017-04-01', "value must be a number"),
        ('[targets."CP-03"]\nvalue = 1\nowner = " "\nfrom = 2017-04-01', "owner must name the post"),
        ('[targets."CP-03"]\nvalue = 1\nowner = "A"\nfrom = "soon"', "from must be a date"),
        ("targets = 3", "targets is not a table"),
        ("[targets", "cannot be read as TOML"),
    ],
)
def test_bad_targets_are_refused_in_one_sentence(tmp_path, text, sentence):
    (tmp_path / "settings.toml").write_text(text, "utf-8")
    with pytest.raises(BadSettings, match=sentence):
        read_targets(tmp_path / "settings.toml")


# Findings


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"error": 1, "warning": 12, "info": 3}, "1 error, 12 warnings"),
        ({"warning": 1234}, "1,234 warnings"),
        ({"info": 3}, "none open"),
        ({}, "none open"),
    ],
)
def test_open_findings_on_what_an_indicator_reads_stand_beside_it(counts, said):
    document = a_page(a_card(findings={"CP-03": counts}))
    assert cells(document, "CP-03")["Data findings"] == said
    assert cells(document, "FD-01")["Data findings"] == "none open"


def test_the_public_sees_only_whether_findings_are_open():
    document = a_page(a_card(findings={"CP-03": {"error": 2}}, for_public=True))
    assert cells(document, "CP-03")["Data findings"] == "some open"


# For the public


def test_small_numbers_are_nowhere_on_the_public_page():
    # The rest of 45,676 is 3; beside it a month with 2 of 45,681.
    figures = a_series([50] * 22, "CP-03", of=1000)
    figures += [a_figure("CP-03", 2, 45681, month=22), a_figure("CP-03", 45673, 45676, month=23)]
    card = a_card([*figures, *a_year("FD-01", [100] * 23 + [4], of=None)], for_public=True)
    text = page(card, Settings())
    assert "45,673" not in text and "45673" not in text
    found = cells(html.document_fromstring(text), "CP-03")
    assert found["Now"] == "c c of 45,676"
    assert found["Missing the standard"] == "– not counted"
    assert found["Direction of travel"] == "Small numbers"
    assert cells(html.document_fromstring(text), "FD-01")["Now"] == "c"
    assert "45673" in page(a_card(figures), Settings()).replace(",", "")


def test_the_public_page_says_that_it_is_one():
    document = a_page(a_card(for_public=True))
    assert text_of(document.find(".//p[@class='notice']")).startswith(
        "Made for the public: small numbers (1 to 5)"
    )
    assert a_page().find(".//p[@class='notice']") is None


# Pictures


def test_a_sparkline_says_its_course_and_leaves_gaps():
    card = a_card(a_year("CP-03", [None, 70, 72, None, 69, *RISING[5:]]))
    picture = html.fragment_fromstring(sparkline(line(card, "CP-03")))
    assert picture.get("aria-label") == (
        "From 70.0% in February 2016 to 95.0% in December 2017, lowest 68.0%, highest 95.0%"
    )
    assert len(picture.findall("path")) == 2


def test_a_series_that_does_not_move_is_drawn():
    picture = html.fragment_fromstring(sparkline(line(a_card(a_year("CP-03", [70] * 24)), "CP-03")))
    assert len(picture.findall("path")) == 1


def test_a_chart_draws_every_month_and_the_usual_range():
    drawn = html.fragment_fromstring(chart(line(a_card(), "CP-03")))
    assert drawn.get("viewbox") or drawn.get("viewBox")
    texts = {text_of(text) for text in drawn.iter("text")}
    assert {"Jun 2016", "Dec 2016", "Jun 2017", "Dec 2017", "95.0%"} <= texts
    assert (
        len([path for path in drawn.iter("path") if "mark-symbol" in (path.getparent().get("class") or "")])
        == 24
    )


def test_a_chart_without_limits_is_drawn():
    few = line(a_card(a_series([50, 60, 55], "CP-03", of=100)), "CP-03")
    assert few.direction.limits is None
    assert chart(few).startswith("<svg")
