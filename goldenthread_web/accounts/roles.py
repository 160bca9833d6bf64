"""Which roles are there, and what may each do? Read from roles.toml and permissions.toml."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

_HERE = files("goldenthread_web.accounts")


class Permission(StrEnum):
    """What a person may do. Its words are in permissions.toml."""

    SEE_FIGURES = "see_figures"
    SEE_DEFINITIONS = "see_definitions"
    SEE_CHILDREN = "see_children"
    SEE_CHILDREN_BEHIND_FIGURES = "see_children_behind_figures"
    EXPORT_CHILDREN = "export_children"
    APPROVE_EXPORTS = "approve_exports"
    SEE_WORKLIST = "see_worklist"
    RECORD_OVERSIGHT = "record_oversight"
    SEE_COMPLIANCE = "see_compliance"
    SEE_FRONT_DOOR = "see_front_door"
    SEE_DATA_QUALITY = "see_data_quality"
    SEE_LOADS = "see_loads"
    LOAD_EXTRACTS = "load_extracts"
    SET_TARGETS = "set_targets"
    APPROVE_SETTINGS = "approve_settings"
    SEE_TRAIL = "see_trail"
    BREAK_GLASS = "break_glass"
    REVIEW_BREAK_GLASS = "review_break_glass"
    MANAGE_PEOPLE = "manage_people"
    APPROVE_ROLES = "approve_roles"
    RESTRICT_CHILDREN = "restrict_children"
    APPROVE_RESTRICTIONS = "approve_restrictions"
    WITHDRAW_RELATIONS = "withdraw_relations"
    SEE_JOBS = "see_jobs"
    SEE_PLAN = "see_plan"
    EDIT_PLAN = "edit_plan"
    UPDATE_ACTIONS = "update_actions"
    VERIFY_IMPACT = "verify_impact"
    SEE_INSPECTIONS = "see_inspections"
    MARK_FINDINGS = "mark_findings"
    DISPOSE_FINDINGS = "dispose_findings"
    HAND_OVER_EVIDENCE = "hand_over_evidence"
    SEE_MEETINGS = "see_meetings"
    KEEP_MEETINGS = "keep_meetings"
    ASK_AT_MEETINGS = "ask_at_meetings"
    RECORD_DECISIONS = "record_decisions"
    SEE_RISKS = "see_risks"
    KEEP_RISKS = "keep_risks"
    SEE_MONEY = "see_money"
    KEEP_MONEY = "keep_money"
    SIGN_OFF_MONEY = "sign_off_money"
    SEE_REPORTS = "see_reports"
    WRITE_REPORTS = "write_reports"
    SIGN_OFF_SECTIONS = "sign_off_sections"
    APPROVE_REPORTS = "approve_reports"
    SEE_STANDARDS = "see_standards"
    KEEP_STANDARDS = "keep_standards"
    ADOPT_STANDARDS = "adopt_standards"
    SEE_PRACTICE = "see_practice"
    LEAD_CASE_AUDITS = "lead_case_audits"
    AUDIT_CASES = "audit_cases"
    MODERATE_CASE_AUDITS = "moderate_case_audits"
    ACT_ON_CASE_AUDITS = "act_on_case_audits"
    ANSWER_CONCERNS = "answer_concerns"
    SEE_CONCERNS = "see_concerns"
    KEEP_PRACTICE_WEEKS = "keep_practice_weeks"
    OBSERVE_PRACTICE = "observe_practice"
    SUPERVISE = "supervise"
    SEE_OWN_SUPERVISION = "see_own_supervision"
    SEE_SUPERVISION_COMPLIANCE = "see_supervision_compliance"
    DIRECT_ALLOCATIONS = "direct_allocations"
    RAISE_CHALLENGES = "raise_challenges"
    ANSWER_CHALLENGES = "answer_challenges"
    SEE_CHALLENGES = "see_challenges"
    RUN_CLINICS = "run_clinics"
    SEE_CLINICS = "see_clinics"
    SEE_VOICE = "see_voice"
    RECORD_FEEDBACK = "record_feedback"
    KEEP_VOICE = "keep_voice"
    ANSWER_SURVEYS = "answer_surveys"
    KEEP_REGISTERS = "keep_registers"

    @property
    def words(self) -> str:
        """What it lets a person do, to be read after "to"."""
        return _permissions()[self]["words"]

    @property
    def ask(self) -> str:
        """Whom a person without it should ask."""
        return _permissions()[self]["ask"]


class Reach(StrEnum):
    """Whose children a role can see."""

    NONE = "none"
    OWN = "own"
    TEAM = "team"
    SERVICE = "service"
    AUTHORITY = "authority"
    ASSIGNED = "assigned"


@dataclass(frozen=True, kw_only=True)
class Role:
    """What a kind of person may do and see."""

    code: str
    title: str
    description: str
    reach: Reach
    permissions: frozenset[Permission]
    needs_reason: bool = False  # a reason is asked before the children behind a figure are shown
    is_public_view: bool = False  # small numbers are hidden in whatever they see
    is_time_boxed: bool = False  # the account has an end date
    begins_at: str = ""  # the name of the page they come to first; blank: the first of their menu

    @property
    def sees_children(self) -> bool:
        """Whether there are children the role can see at all."""
        return self.reach is not Reach.NONE


@cache
def roles() -> dict[str, Role]:
    """Every role by its code, in the order of the file."""
    data = tomllib.loads((_HERE / "roles.toml").read_text("utf-8"))
    return {
        code: Role(
            code=code,
            title=entry["title"],
            description=entry["description"],
            reach=Reach(entry["reach"]),
            permissions=frozenset(Permission(name) for name in entry["may"]),
            needs_reason=entry.get("needs_reason", False),
            is_public_view=entry.get("is_public_view", False),
            is_time_boxed=entry.get("is_time_boxed", False),
            begins_at=entry.get("begins_at", ""),
        )
        for code, entry in data.items()
    }


@cache
def _permissions() -> dict[str, dict[str, str]]:
    return tomllib.loads((_HERE / "permissions.toml").read_text("utf-8"))
