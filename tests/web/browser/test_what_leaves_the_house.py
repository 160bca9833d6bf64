"""Does anything that leaves the house name a worker? The papers of the small council, word for word."""

import re

# What a board, a forum or everybody reads, by table and column.
LEAVES = {
    "reports_report": ("document", "figures", "remarks"),
    "reports_release": ("document", "figures", "html"),
    "governance_pack": ("content",),
    "practice_weeks_weekreport": ("strengths", "in_the_way", "follows", "numbers"),
    "case_audits_learningoutcome": ("text",),
    "figures_figureline": ("breakdown_value",),
}
WORKER = re.compile(r"\bW\d{4}\b")  # how the invented council numbers its workers


def test_82_no_paper_of_the_council_names_a_worker(tables):
    assert any(WORKER.fullmatch(one["worker_id"]) for one in tables.rows("case_audits_caseaudit"))
    for table, columns in LEAVES.items():
        assert tables.rows(table), f"{table} holds something that could name one"
        named = [
            (one["id"], column) for one in tables.rows(table) for column in columns if names(one[column])
        ]
        assert named == [], table


def names(text):
    """Whether a text, or bytes, hold the number of a worker."""
    return WORKER.search(text.decode() if isinstance(text, bytes) else text or "")
