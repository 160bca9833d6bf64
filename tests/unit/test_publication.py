import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from goldenthread.figures import publication as module
from goldenthread.figures.frozen import figures_of, frozen, public_csv
from goldenthread.figures.public import public
from goldenthread.figures.publication import Asked, NotPublished, publication_names, publish, read
from goldenthread.figures.restatement import causes, differences, published_periods
from goldenthread.settings import Settings
from tests.unit.figure_lines import a_figure, a_month

LOADS = [SimpleNamespace(as_at_on=date(2017, 12, 31), hash="abc")]
ASKED = Asked(on=date(2017, 12, 31), indicators=("CP-03",))


def publish_some(store, figures, name="Board December 2017", **details):
    details = {"asked": ASKED, "settings": Settings(), "loads": LOADS} | details
    made, warnings = publish(store, name, figures, **details)
    return made, warnings


def files_of(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_figures_come_back_as_they_were(tmp_path):
    figures = [
        a_figure("CP-03", 17, 21, unknown=2, note="partial: why", status="partial", part="d0_10"),
        a_figure("WF-01", "63.8", "153.4", breakdown={"team": "Équipe <b>", "service": "North, South"}),
        a_figure("AS-03", value="37.5", of=271, period=a_month(3, cut_to=9), status="provisional"),
        a_figure("CIN-10", value=None, unknown=None, status="not_computable"),
        a_figure("WF-07", "84.1234567891", "90.5", value="93.0"),  # shares of days are exact to ten places
    ]
    assert figures_of(frozen(figures)) == figures
    made, _ = publish_some(tmp_path, figures)
    assert made.figures() == figures
    assert read(tmp_path, made.name).figures() == figures


def test_a_publication_says_everything_behind_it(tmp_path):
    settings = Settings(parameters={"icpc_limit_wd": 20}, timeliness_basis={"AS-02": "due"})
    made, _ = publish_some(tmp_path, [a_figure("CP-03", 17, 21)], settings=settings)
    manifest = made.manifest
    assert manifest["asked"] == {"on": "2017-12-31", "every": None, "indicators": ["CP-03"], "by": []}
    assert manifest["loads"] == [{"as_at_on": "2017-12-31", "hash": "abc"}]
    assert manifest["authority"] == "991"
    assert manifest["parameters"]["icpc_limit_wd"] == 20
    assert manifest["parameters"]["cp_visit_interval_wd"] == 10
    assert manifest["parameters"]["timeliness_basis of single indicators"] == {"AS-02": "due"}
    assert manifest["definitions"] == {"CP-03": module.definition_version("CP-03")}
    assert manifest["code_version"] == module.code_version()
    assert manifest["public"] is None and not made.is_public
    assert made.asked == ASKED


def test_definitions_have_versions_of_their_own():
    assert module.definition_version("CP-03") != module.definition_version("CP-04")
    assert len(module.definition_version("CP-03")) == 12


def test_the_same_name_again_is_refused_and_nothing_changes(tmp_path):
    publish_some(tmp_path, [a_figure("CP-03", 17, 21)])
    before = files_of(tmp_path)
    with pytest.raises(NotPublished, match="Board December 2017 was published already and stays as it is"):
        publish_some(tmp_path, [a_figure("CP-03", 21, 21)])
    assert files_of(tmp_path) == before


def test_somebody_else_who_took_the_name_meanwhile_wins(tmp_path, monkeypatch):
    publish_some(tmp_path, [a_figure("CP-03", 17, 21)])
    before = files_of(tmp_path)
    monkeypatch.setattr(module, "check_name", lambda store, name: None)
    with pytest.raises(NotPublished, match="was published already"):
        publish_some(tmp_path, [a_figure("CP-03", 21, 21)])
    assert files_of(tmp_path) == before


@pytest.mark.parametrize("name", ["", "../elsewhere", "a/b", ".hidden", "x" * 81, "new\nline", "dots."])
def test_names_that_are_no_plain_folder_are_refused(tmp_path, name):
    with pytest.raises(NotPublished, match="cannot be the name of a publication"):
        publish_some(tmp_path / "store", [a_figure("CP-03", 17, 21)], name=name)
    assert list(tmp_path.iterdir()) == []


def test_what_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(path):
        raise OSError("no space left on device")

    monkeypatch.setattr(module, "_flush", full)
    with pytest.raises(OSError, match="no space"):
        publish_some(tmp_path, [a_figure("CP-03", 17, 21)])
    assert files_of(tmp_path) == {}
    assert publication_names(tmp_path) == []


def test_files_in_place_cannot_be_written(tmp_path):
    made, _ = publish_some(tmp_path, [a_figure("CP-03", 17, 21)])
    assert {path.stat().st_mode & 0o222 for path in made.folder.iterdir()} == {0}


@pytest.mark.parametrize("name", ["figures.parquet", "publication.json", "public.csv"])
def test_a_publication_that_was_changed_is_not_read(tmp_path, name):
    made, _ = publish_some(tmp_path, [a_figure("CP-03", 17, 21)], for_public=True)
    path = made.folder / name
    path.chmod(0o644)
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"abc"', b'"abd"') if name.endswith("json") else content + b"x")
    with pytest.raises(NotPublished, match=rf"not as it was published \({name}\): restore it from a backup"):
        read(tmp_path, made.name)


@pytest.mark.parametrize("name", ["figures.parquet", "publication.json"])
def test_a_publication_without_a_file_is_not_read(tmp_path, name):
    made, _ = publish_some(tmp_path, [a_figure("CP-03", 17, 21)])
    made.folder.chmod(0o755)
    (made.folder / name).unlink()
    with pytest.raises(NotPublished, match=rf"not as it was published \({name} cannot be read\): restore it"):
        read(tmp_path, made.name)


def test_a_manifest_cut_short_is_not_read(tmp_path):
    made, _ = publish_some(tmp_path, [a_figure("CP-03", 17, 21)])
    path = made.folder / "publication.json"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(NotPublished, match=r"not as it was published \(publication.json\): restore it"):
        read(tmp_path, made.name)


def test_a_name_that_is_not_there_says_which_are(tmp_path):
    publish_some(tmp_path, [a_figure("CP-03", 17, 21)], name="A")
    publish_some(tmp_path, [a_figure("CP-03", 17, 21)], name="B")
    with pytest.raises(NotPublished, match="there are: A, B"):
        read(tmp_path, "C")


# For the public


def test_the_public_file_hides_small_numbers_and_is_safe_in_a_spreadsheet(tmp_path):
    figures = [
        a_figure("CP-03", 3, 40),
        a_figure("CP-03", 30, 40, breakdown={"team": "=HYPERLINK(1)"}, month=1),
    ]
    made, _ = publish_some(tmp_path, figures, asked=replace(ASKED, by=("team",)), for_public=True)
    lines = (made.folder / "public.csv").read_text("utf-8").splitlines()
    assert lines[0].endswith("team,period_start,period_end,numerator,denominator,unknown,value,status,note")
    assert lines[1].endswith(",,2016-01-01,2016-01-31,c,40,0,c,final,")
    assert lines[2].endswith(",'=HYPERLINK(1),2016-02-01,2016-02-29,30,40,0,75.0,final,")
    assert [line.hidden for line in made.public_figures()] == [{"numerator", "value"}, frozenset()]
    assert made.manifest["public"] == {"suppress_below": 6, "round_to": None}


def test_82_nothing_published_for_the_public_names_a_worker(tmp_path):
    figures = [a_figure("CP-03", 30, 40), a_figure("CP-03", 30, 40, breakdown={"worker": "W1"})]
    by_worker = replace(ASKED, by=("worker",))
    with pytest.raises(NotPublished, match="names no worker"):
        publish_some(tmp_path, figures, asked=by_worker, for_public=True)
    assert not list(tmp_path.rglob("public.csv"))
    made, _ = publish_some(tmp_path, figures, asked=by_worker)  # for managers it may be told apart
    assert len(made.figures()) == 2 and not made.is_public


def test_the_next_publication_is_checked_against_the_last(tmp_path):
    publish_some(tmp_path, [a_figure("FD-01", 12)], name="Cabinet", for_public=True)
    made, warnings = publish_some(tmp_path, [a_figure("FD-01", 14)], name="Scrutiny", for_public=True)
    assert [line.hidden for line in made.public_figures()] == [{"numerator", "value"}]
    assert "was published as 12 in Cabinet" in warnings[0]


def test_publications_that_are_not_public_tell_the_public_nothing(tmp_path):
    publish_some(tmp_path, [a_figure("FD-01", 12)], name="Managers")
    made, warnings = publish_some(tmp_path, [a_figure("FD-01", 14)], name="Scrutiny", for_public=True)
    assert ([line.hidden for line in made.public_figures()], warnings) == ([frozenset()], ())


def test_rounding_is_kept_with_the_publication(tmp_path):
    made, _ = publish_some(tmp_path, [a_figure("CP-03", 23, 48)], for_public=True, round_to=5)
    assert ",25,50,0,50.0,final," in (made.folder / "public.csv").read_text("utf-8")
    assert made.figures()[0].numerator == 23


def test_no_hidden_number_is_anywhere_in_the_public_file():
    figures = [a_figure("CP-03", 3, 45678), a_figure("CP-07", 45673, 45676)]
    text = public_csv(public(figures).figures, ())
    assert "45673" not in text and "45678" in text and "45676" in text


# Restated


def compared(then, now):
    return [(one.line.part, one.is_flagged) for one in differences(then, now)]


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ((800, 1000), (800, 1000), []),
        ((800, 1000), (805, 1000), [("", False)]),
        ((800, 1000), (806, 1000), [("", True)]),
        ((800, 1000), (800, 1005), [("", False)]),
        ((800, 1000), (800, 1006), [("", True)]),
        ((80, 100), (81, 100), [("", False)]),
        ((80, 100), (82, 100), [("", True)]),
        ((0, 0), (0, 0), []),
        ((0, 0), (1, 1), [("", True)]),
    ],
    ids=[
        "equal",
        "5 children, half a point",
        "6 children",
        "5 more in the denominator",
        "6 more in the denominator",
        "1.0 points exactly",
        "2 points, 2 children",
        "no cases still",
        "no cases then",
    ],
)
def test_differences_are_listed_and_large_ones_flagged(then, now, expected):
    assert compared([a_figure("CP-03", *then)], [a_figure("CP-03", *now)]) == expected


def test_a_count_is_flagged_by_children_not_by_points():
    assert compared([a_figure("FD-01", 100)], [a_figure("FD-01", 105)]) == [("", False)]
    assert compared([a_figure("FD-01", 100)], [a_figure("FD-01", 106)]) == [("", True)]


def test_a_number_that_is_counted_now_and_was_not_is_flagged():
    then, now = a_figure("AS-03", value=37, of=40), a_figure("AS-03", 12, 40, value=37)
    assert compared([then], [now]) == [("", True)]


def test_lines_that_went_or_came_are_listed():
    then = [a_figure("CP-03", 1, 2, breakdown={"team": "A"})]
    now = [a_figure("CP-03", 1, 2, breakdown={"team": "B"})]
    found = differences(then, now)
    assert [(one.published is None, one.present is None, one.is_flagged) for one in found] == [
        (False, True, True),
        (True, False, True),
    ]
    assert [one.line.breakdown["team"] for one in found] == ["A", "B"]


def test_a_cut_month_is_compared_over_the_days_published():
    cut = a_figure("FD-01", 12, period=a_month(0, cut_to=15))
    [period] = published_periods([cut, cut])
    assert (period.ends_on, period.full_ends_on) == (date(2016, 1, 15), date(2016, 1, 15))
    assert compared([cut], [replace(cut, period=period)]) == []


def test_zeros_behind_the_point_are_no_difference():
    then = figures_of(frozen([a_figure("CP-03", 17, 20)]))
    now = [replace(a_figure("CP-03", 17, 20), numerator=Decimal("17.0000"))]
    assert compared(then, now) == []


def test_what_changed_since_is_said(tmp_path):
    made, _ = publish_some(tmp_path, [a_figure("CP-03", 17, 21)])
    assert causes(made, Settings(), LOADS) == []
    later = [SimpleNamespace(as_at_on=date(2018, 1, 31), hash="def")]
    assert causes(made, Settings(parameters={"icpc_limit_wd": 20}), later) == [
        "Other data is loaded than was published from (as at 2018-01-31).",
        "The parameter icpc_limit_wd is 20; it was 15.",
    ]


def test_changed_words_and_code_are_said(tmp_path):
    made, _ = publish_some(tmp_path, [a_figure("CP-03", 17, 21)])
    manifest = json.loads(json.dumps(dict(made.manifest)))
    manifest |= {"definitions": {"CP-03": "older", "XX-01": "gone"}, "code_version": "0.0.9+abc"}
    found = causes(replace(made, manifest=manifest), Settings(), LOADS)
    assert found == [
        "The words of these definitions have changed: CP-03, XX-01.",
        f"The code is {module.code_version()}; it was 0.0.9+abc.",
    ]
