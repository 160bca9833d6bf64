"""Single values and columns of text: what they mean, at the edges the rules leave to the types."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from goldenthread.ingest.columns import ColumnReader
from goldenthread.ingest.returns.cells import years_in_words
from goldenthread.ingest.values import (
    Unreadable,
    as_written,
    london_instant,
    read_decimal,
    read_integer,
    read_moment,
)
from goldenthread.standard.schema import table

VISITED = table("visits").column["visited_at"]


def test_every_half_hour_of_a_year_is_the_instant_the_time_zone_gives() -> None:
    first = datetime(2017, 1, 1)
    times = [first + timedelta(minutes=30 * n) for n in range(2 * 24 * 365)]
    read = ColumnReader(VISITED).read(pa.array([time.isoformat(timespec="minutes") for time in times]))
    skipped = [text for _, text, _ in read.unreadable]
    assert skipped == ["2017-03-26T01:00", "2017-03-26T01:30"], "the hour that does not occur"
    london = ZoneInfo("Europe/London")
    for time, utc in zip(times, read.fields["visited_at_utc"].to_pylist(), strict=True):
        if utc is not None:
            assert utc == time - time.replace(tzinfo=london, fold=0).utcoffset(), time


def test_a_day_that_does_not_exist_has_no_times() -> None:
    read = ColumnReader(VISITED).read(pa.array(["2017-02-30T10:00", "0000-01-01T10:00", "2016-02-29T10:00"]))
    assert [at for at, _, _ in read.unreadable] == [0, 1]
    assert read.fields["visited_at"].to_pylist()[2] == datetime(2016, 2, 29, 10)


def test_times_at_the_ends_of_the_calendar() -> None:
    assert read_moment("9999-12-31T23:59").utc == datetime(9999, 12, 31, 23, 59)
    assert read_moment("9999-12-31").utc is None
    assert london_instant(datetime.min) == datetime(1, 1, 1, 0, 1, 15)  # before there were time zones
    assert london_instant(datetime.max) == datetime.max
    with pytest.raises(Unreadable, match="does not occur"):
        london_instant(datetime(2018, 3, 25, 1, 15))


def test_a_column_reads_on_when_it_remembers_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldenthread.ingest.columns._REMEMBERED", 2)
    reader = ColumnReader(table("health_checks").column["score"], (0, 40))
    texts = pa.array(["1", "2", "x", "3", "41", "x"])
    for _ in range(2):
        read = reader.read(texts)
        assert read.fields["score"].to_pylist() == [1, 2, None, 3, None, None]
        assert [(at, why) for at, _, why in read.unreadable] == [
            (2, "is not a whole number"),
            (4, "is outside 0 to 40"),
            (5, "is not a whole number"),
        ]


def test_a_list_of_codes_holds_one_at_least() -> None:
    read = ColumnReader(table("assessments").column["factors"]).read(pa.array(["1A;;3B", " ; ;", "1A;1A"]))
    assert read.fields["factors"].to_pylist() == [["1A", "3B"], None, ["1A"]]
    assert [(at, why) for at, _, why in read.unreadable] == [(1, "holds no code")]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(2019, None, "from 2019"), (None, 2021, "to 2021"), (2019, 2021, "2019 to 2021")],
)
def test_the_years_of_an_item_are_said(first: int | None, last: int | None, said: str) -> None:
    assert years_in_words(first, last) == said


@pytest.mark.parametrize("text", ["9" * 30, "-" + "9" * 5000, str(2**63)])
def test_a_number_that_no_column_holds_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable, match="too large"):
        read_integer(text)


def test_a_decimal_is_kept_to_four_places_and_says_so() -> None:
    assert read_decimal("99999999999999.5") == Decimal("99999999999999.5")
    read = ColumnReader(table("budget_lines").column["budget_amount"]).read(
        pa.array(["0.33335", "0.3333000", "100000000000000"])
    )
    assert read.fields["budget_amount"].to_pylist() == [Decimal("0.3334"), Decimal("0.3333"), None]
    assert [(at, what) for at, _, what in read.altered] == [(0, "was rounded to four decimals")]
    assert [(at, why) for at, _, why in read.unreadable] == [(2, "is too large a number")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (["1A", "2B"], "1A;2B"),
        (Decimal("10.5000"), "10.5"),
        (Decimal("100.0000"), "100"),
        (datetime(2017, 6, 1), "2017-06-01"),
        (datetime(2017, 6, 1, 9, 5), "2017-06-01T09:05"),
        (7, "7"),
    ],
)
def test_a_stored_value_is_shown_as_the_extracts_write_it(value: object, text: str) -> None:
    assert as_written(value) == text
