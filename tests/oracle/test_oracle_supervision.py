"""SO-01 to SO-05 and SO-08 by hand. RD is 31 December 2017; the 25th and 26th are bank holidays."""

from tests.oracle.compare import months, oracle_figures
from tests.oracle.conventions import Data, rows
from tests.oracle.test_oracle_workforce import held, posts
from tests.oracle.worked import P0, P1, figure, verdicts

PLAN = "cin_plan_id child_id started_on ended_on".split()
REFERRAL = "referral_id child_id received_on closed_on is_nfa chronology_updated_on".split()


def cases(*, plans=(), referrals=(), **more):
    """Open cases: child in need plans (child, started_on), referrals (child, received_on, chronology)."""
    return Data.of(
        {
            "cin_plans": [dict(zip(PLAN, (child, child, start, ""), strict=True)) for child, start in plans],
            "referrals": [
                dict(zip(REFERRAL, (child, child, start, "", "", chronology), strict=True))
                for child, start, chronology in referrals
            ],
            "cp_plans": [],
            "care_periods": [],
            "assessments": [],
            **more,
        }
    )


def test_so_01_overseen_in_fifty_six_days():
    noted = [
        ("equal", "oversight", "2017-11-05"),  # 56 days
        ("late", "case_supervision", "2017-11-04"),
        ("before", "oversight", "2017-10-31"),  # before the case opened
        ("other kind", "iro_midpoint", "2017-12-30"),
        ("checkpoint", "assessment_checkpoint", "2017-12-30"),
        ("tomorrow", "oversight", "2018-01-01"),
    ]
    old = [(child, "2017-01-02") for child in ("equal", "late", "other kind", "checkpoint", "tomorrow")]
    data = cases(
        plans=[*old, ("before", "2017-11-01"), ("new", "2017-11-05"), ("old", "2017-11-04")],
        management_oversights=[
            {"oversight_id": str(n), "child_id": c, "kind": k, "overseen_on": d}
            for n, (c, k, d) in enumerate(noted)
        ],
    )
    expected = {
        "equal": "met+",
        "late": "not_met-",
        "before": "not_met-",
        "other kind": "not_met-",
        "checkpoint": "met+",
        "tomorrow": "not_met-",
        "new": "not_due",
        "old": "not_met-",
    }
    assert verdicts("SO-01", data) == expected
    assert figure("SO-01", data) == (2, 7, 0, 28.6, "final")
    new = verdicts("SO-01", data, parameters={"oversight_include_new": True})
    assert new == {**expected, "new": "not_met-"}


def supervisions(*given):
    """(worker_id, held_on, kind)."""
    found = []
    for n, (worker, day, *kind) in enumerate(given):
        found.append(
            {
                "supervision_id": f"s{n}",
                "worker_id": worker,
                "held_on": day,
                "kind": kind[0] if kind else "one_to_one",
            }
        )
    return found


def test_so_02_one_to_one_in_thirty_one_days():
    workers = ("equal", "late", "group", "never", "leave", "short", "long", "broken", "DUTY_1")
    data = posts(
        *({"post_id": w, "worker_id": w} for w in ("equal", "late", "group", "never", "DUTY_1")),
        {"post_id": "leave", "worker_id": "leave", "long_leave_from_on": "2017-12-31"},
        {"post_id": "short", "worker_id": "short", "started_on": "2017-11-30"},  # 31 days
        {"post_id": "long", "worker_id": "long", "started_on": "2017-12-20"},
        {"post_id": "long 1", "worker_id": "long", "started_on": "2017-11-29", "ended_on": "2017-12-20"},
        {"post_id": "broken", "worker_id": "broken", "started_on": "2017-12-20"},
        {"post_id": "broken 1", "worker_id": "broken", "started_on": "2017-01-02", "ended_on": "2017-12-19"},
        {"post_id": "no case", "worker_id": "no case"},
        allocations=held(*((worker, 1) for worker in (*workers, "no post"))),
        supervisions=supervisions(
            ("equal", "2017-11-30"),
            ("equal", "2018-01-01"),
            ("late", "2017-11-29"),
            ("group", "2017-12-30", "group"),
            ("long", "2017-12-30"),
        ),
    )
    assert verdicts("SO-02", data) == {
        "equal": "met+",
        "late": "not_met-",
        "group": "not_met-",
        "never": "not_met-",
        "short": "not_due",
        "long": "met+",
        "broken": "not_due",
    }
    assert figure("SO-02", data) == (2, 5, 0, 40.0, "final")


def test_so_03_reviewed_at_the_next_session_and_done_by_the_due_date():
    actions = [
        ("reviewed", "s0", "2017-12-15", "2017-12-15", "s3"),
        ("in another", "s0", "2017-12-15", "2017-12-16", "s4"),
        ("not yet", "s4", "2017-12-30", "", ""),
        ("lost", "gone", "2017-12-31", "", "s3"),
        ("no date", "s0", "", "2017-12-01", "s3"),
        ("other month", "s1", "2018-01-05", "", "s0"),
    ]
    columns = "action_id supervision_id due_on completed_on reviewed_in_supervision_id".split()
    data = posts(
        {"post_id": "1", "worker_id": "w", "team": "A", "ended_on": "2017-12-10"},
        {"post_id": "2", "worker_id": "w", "team": "B", "started_on": "2017-12-10"},
        supervisions=supervisions(
            ("w", "2017-11-30"),  # s0: the next one-to-one is s3 (s2 is a group, s4 the same day)
            ("w", "2017-11-01"),  # s1: the next is s0, in November
            ("w", "2017-12-01", "group"),
            ("w", "2017-12-08"),
            ("w", "2017-12-08"),
        ),
        supervision_actions=[dict(zip(columns, line, strict=True)) for line in actions],
    )
    assert verdicts("SO-03", data) == {
        "reviewed": "met+",
        "in another": "not_met-",
        "not yet": "not_due",
        "no date": "met+",
    }
    assert verdicts("SO-03", data, "completed_by_due") == {
        "reviewed": "met+",
        "in another": "not_met-",
        "not yet": "not_met-",
        "lost": "not_due",  # due on RD
    }
    placed = {(r["part"], r["key"]): (r["team"], r["worker_id"]) for r in rows("SO-03", data, P0, P1, P1)}
    assert placed["", "reviewed"] == ("A", "w")  # on the 8th
    assert placed["completed_by_due", "reviewed"] == ("B", "w")  # on the 15th
    assert placed["completed_by_due", "lost"] == ("not known", "not known")


def test_so_04_no_activity_for_more_than_twenty_eight_days():
    visits = [("equal", "2017-12-03T09:00"), ("late", "2017-12-02"), ("tomorrow", "2018-01-01")]
    data = cases(
        plans=[
            *((c, "2017-01-02") for c in ("equal", "late", "tomorrow", "noted", "reviewed")),
            ("opened", "2017-12-03"),
        ],
        visits=[
            {"visit_id": c, "child_id": c, "visited_at": at, "kind": "other", "is_seen": "false"}
            for c, at in visits
        ],
        management_oversights=[
            {"oversight_id": "1", "child_id": "noted", "overseen_on": "2017-12-31", "kind": "iro_midpoint"}
        ],
        peps=[{"pep_id": "1", "child_id": "reviewed", "held_on": "2017-12-04"}],
    )
    assert verdicts("SO-04", data) == {
        "equal": "met-",
        "late": "not_met+",
        "tomorrow": "not_met+",
        "noted": "met-",
        "reviewed": "met-",
        "opened": "met-",
    }
    assert figure("SO-04", data) == (2, 6, 0, 33.3, "partial")  # meetings and others are not supplied


def test_so_05_resolved_in_twenty_working_days():
    raised = [
        ("equal", "iro", "2017-12-01", "2018-01-02"),  # 1 January is a bank holiday: 2 January is day 19
        ("late", "cp_chair", "2017-12-01", "2018-01-04"),
        ("before", "iro", "2017-12-02", "2017-12-01"),
        ("open", "iro", "2017-12-29", ""),
        ("other", "other", "2017-12-05", "2017-12-06"),
        ("after", "iro", "2018-01-01", ""),
    ]
    columns = "escalation_id raised_by raised_on resolved_on".split()
    data = Data.of(
        {
            "escalations": [{"child_id": "c", **dict(zip(columns, x, strict=True))} for x in raised],
            "children": [
                {"child_id": "old", "born_on": "1999-12-31"},
                {"child_id": "y", "born_on": "2000-01-01"},
            ],
            "care_periods": [
                {
                    "care_period_id": c,
                    "child_id": c,
                    "started_on": "2017-01-02",
                    "ended_on": "",
                    "legal_status": "C2",
                }
                for c in ("old", "y", "both")
            ],
            "cp_plans": [
                {"cp_plan_id": c, "child_id": c, "started_on": "2017-01-02", "ended_on": end}
                for c, end in (("both", ""), ("plan", ""), ("ended", "2017-12-31"))
            ],
        }
    )
    as_at = P1.replace(year=2018, month=1)
    assert verdicts("SO-05", data, as_at=as_at) == {
        "equal": "in_time+",
        "late": "late-",
        "before": "unknown",
        "open": "overdue-",  # 22 working days to 31 January
    }
    assert figure("SO-05", data, as_at=as_at) == (1, 3, 1, 33.3, "final")
    assert figure("SO-05", data, "rate", as_at=as_at)[:2] == (4, 3)  # y, both and plan
    assert figure("SO-05", data, "rate", as_at=as_at)[3] == 133.3


def test_so_05_rate_of_a_team_without_an_escalation_is_zero_and_not_no_cases():
    """The denominator is children and not rows: nothing in the rule gives a child a team of escalations."""
    data = Data.of(
        {
            "escalations": [
                {
                    "escalation_id": n,
                    "child_id": "c",
                    "raised_by": "iro",
                    "raised_on": d,
                    "resolved_on": "",
                    "team": t,
                }
                for n, d, t in (("1", "2017-11-07", "A"), ("2", "2017-12-05", "B"))
            ],
            "children": [{"child_id": "c", "born_on": "2010-01-01"}],
            "care_periods": [
                {
                    "care_period_id": "p",
                    "child_id": "c",
                    "started_on": "2017-01-02",
                    "ended_on": "",
                    "legal_status": "C2",
                }
            ],
            "cp_plans": [
                {"cp_plan_id": c, "child_id": c, "started_on": s, "ended_on": ""}
                for c, s in (("c", "2017-01-02"), ("d", "2017-12-01"))
            ],
        }
    )
    lines = oracle_figures("SO-05", data, months(P1, 2), P1, by=("team",))
    found = {
        (line["period_start"].month, line["team"]): (line["numerator"], line["denominator"], line["status"])
        for line in lines
        if line["part"] == "rate"
    }
    assert found == {
        (11, "A"): (1, 1, "final"),
        (11, "B"): (0, 1, "final"),
        (12, "A"): (0, 2, "final"),
        (12, "B"): (1, 2, "final"),
    }


def test_so_08_chronology_of_the_open_referral():
    data = cases(
        referrals=[
            ("equal", "2017-01-02", "2017-07-01"),  # 183 days
            ("late", "2017-01-02", "2017-06-30"),
            ("new", "2017-07-01", ""),
            ("old", "2017-06-30", ""),
            ("young", "2017-12-20", ""),  # 45 working days are not over: no open case
        ],
        plans=[("plan only", "2017-06-30")],
    )
    assert verdicts("SO-08", data) == {
        "equal": "met+",
        "late": "not_met-",
        "new": "not_due",
        "old": "not_met-",
        "plan only": "not_met-",
    }
