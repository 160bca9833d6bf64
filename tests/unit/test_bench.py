"""What the bench measures is the work itself, on the numbers it says."""

from math import isclose

import pytest

from goldenthread.measuring import censuses, drawing, figures, limits
from goldenthread.measuring.apart import NotDone, Reading, reading
from goldenthread.measuring.jobs import Measured, Size, exponent, measured


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return drawing.authorities(
        str(tmp_path_factory.mktemp("jobs") / "small"), number=2, children=60, together=1
    )


@pytest.fixture(scope="module")
def lines(drawn):
    return figures.by_team(drawn["folders"][0])


def _one(job, children, cpu_seconds):
    return Measured(
        job=job,
        what="",
        authorities=1,
        children=children,
        rows=1,
        lines=1,
        wall_seconds=1.0,
        cpu_seconds=cpu_seconds,
        peak_mebibytes=1.0,
        bare_wall_seconds=0.25,
    )


def test_every_line_of_figures_has_its_sums(drawn, lines):
    sums = figures.sums_by_team(drawn["folders"][:1], at_once=1)
    assert 0 < sums["lines"] <= lines["lines"]  # a period in which nothing fell has a line, and no sum
    both = figures.sums_by_team(drawn["folders"], at_once=1)
    assert both["lines"] > sums["lines"]
    assert both["tables"] == lines["tables"]


def test_the_bare_reading_is_of_every_row_of_the_same_tables(drawn, lines):
    assert set(lines["tables"]) >= {"children", "referrals", "visits"}
    assert 0 < limits.scan(drawn["folders"], lines["tables"])["rows"] <= drawn["rows"]


def test_the_worklist_of_a_day_has_lines_and_reads_what_it_says(drawn):
    found = figures.days_worklist(drawn["folders"][0])
    assert found["lines"] > 0
    assert "visits" in found["tables"]


def test_a_census_is_read_whole(tmp_path):
    path = str(tmp_path / "census.xml")
    assert drawing.census(path, children=25)["bytes"] > 0
    assert censuses.whole(path)["lines"] == 25
    assert limits.elements(path)["elements"] > 25


def test_work_is_done_in_a_process_of_its_own_which_says_what_it_took(tmp_path):
    took = reading("drawing:census", path=tmp_path / "census.xml", children=10)
    assert (tmp_path / "census.xml").is_file()
    assert took.wall_seconds > 0
    assert took.peak_mebibytes > 10


def test_work_that_fails_says_why(tmp_path):
    with pytest.raises(NotDone, match=r"censuses:whole could not be measured: .*nothing\.xml"):
        reading("censuses:whole", path=tmp_path / "nothing.xml")


def test_growth_is_the_power_of_the_number_of_children():
    in_step = [_one("growth", n, n * 0.001) for n in (1000, 2000, 4000)]
    assert isclose(exponent(in_step), 1.0)
    squared = [_one("growth", n, n * n * 1e-6) for n in (1000, 2000, 4000)]
    assert isclose(exponent([_one("figures", 7, 900.0), *squared]), 2.0)
    assert exponent(in_step[:1]) is None


def test_the_ratio_is_to_the_bare_reading():
    assert _one("figures", 10, 1.0).ratio == 4.0


def test_jobs_are_measured_one_after_the_other_and_said(monkeypatch, tmp_path):
    asked, said = [], []

    def instead(work, **given):
        asked.append(work)
        did = {"folders": ["one"], "rows": 9, "lines": 3, "tables": ["children"]}
        return Reading(wall_seconds=2.0, cpu_seconds=1.0, peak_mebibytes=5.0, start_cpu_seconds=0.1, did=did)

    monkeypatch.setattr("goldenthread.measuring.jobs.reading", instead)
    found = list(measured(tmp_path, Size(authorities=3), at_once=2, england=True, say=said.append))
    jobs = [one.job for one in found]
    assert jobs == ["figures", "worklist", "census", "region", "England", *["growth"] * 4]
    assert [one.authorities for one in found][3:5] == [3, 153]
    assert found[4].children == 153 * Size.of_an_authority
    assert "limits:elements" in asked
    assert len(said) == 8
