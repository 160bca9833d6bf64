"""Data quality: the rules are run over a load, and what they find is told by rule, team and indicator."""

from goldenthread.checking.running import (
    RULE_FAILED,
    RULES_RUN,
    Checked,
    check_load,
    check_snapshot,
    run_rules,
    skipped_rules,
)

__all__ = [
    "RULES_RUN",
    "RULE_FAILED",
    "Checked",
    "check_load",
    "check_snapshot",
    "run_rules",
    "skipped_rules",
]
