"""Powers a role may hold. Which role holds which is data: `peelian/walls/roles.toml`."""

from enum import StrEnum


class Permission(StrEnum):
    """Each member's value is the key used in `roles.toml`; `.words` says it to a person."""

    READ_MATTERS = "read_matters"
    READ_PLACED_MATTERS = "read_placed_matters"
    READ_PEOPLE = "read_people"
    READ_INTAKE = "read_intake"
    READ_LOADS = "read_loads"
    READ_LAW = "read_law"
    READ_JOURNAL = "read_journal"
    READ_UNIT_WORK = "read_unit_work"
    READ_BREAK_GLASS = "read_break_glass"
    READ_ALERTS = "read_alerts"
    SEARCH = "search"
    EXPORT = "export"
    RECEIVE = "receive"
    ASSESS = "assess"
    RECORD_MATTER = "record_matter"
    RECORD_EVENT = "record_event"
    ALLOCATE = "allocate"
    RESTRICT = "restrict"
    EDIT_PEOPLE = "edit_people"
    IDENTIFY_PERSON = "identify_person"
    LOAD = "load"
    BREAK_GLASS = "break_glass"
    DELEGATE = "delegate"
    MANAGE_USERS = "manage_users"
    MANAGE_JOBS = "manage_jobs"
    ERASE = "erase"
    ASSESS_CONDUCT = "assess_conduct"
    INVESTIGATE = "investigate"
    DETERMINE = "determine"
    SIT = "sit"
    COUNTERSIGN = "countersign"
    KEEP_EVIDENCE = "keep_evidence"
    WRITE_LETTERS = "write_letters"
    APPROVE_LETTERS = "approve_letters"
    DISCLOSE = "disclose"
    APPROVE_DISCLOSURE = "approve_disclosure"
    LOOK_BACK = "look_back"
    REVIEW_PAST = "review_past"
    READ_VETTING = "read_vetting"
    VET = "vet"
    DECIDE_VETTING = "decide_vetting"
    OVERRIDE_VETTING = "override_vetting"
    READ_MATCHES = "read_matches"
    JUDGE_MATCHES = "judge_matches"
    KEEP_RECOMMENDATIONS = "keep_recommendations"
    DECLARE_OWN = "declare_own"
    READ_DISPARITY = "read_disparity"
    KEEP_RETURNS = "keep_returns"
    READ_OWN_STAFF = "read_own_staff"
    SIGN_OWN_STAFF = "sign_own_staff"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS: dict[Permission, str] = {
    Permission.READ_MATTERS: "see every matter that no wall hides",
    Permission.READ_PLACED_MATTERS: "see the matters on which one has a place",
    Permission.READ_PEOPLE: "see the register of people",
    Permission.READ_INTAKE: "see what has arrived",
    Permission.READ_LOADS: "see loads of outside files and their reports",
    Permission.READ_LAW: "read the law tables",
    Permission.READ_JOURNAL: "read and verify the journal",
    Permission.READ_UNIT_WORK: "see the duties of one's whole unit",
    Permission.READ_BREAK_GLASS: "see every use of break-glass",
    Permission.READ_ALERTS: "see who looked at a matter though connected with a person concerned",
    Permission.SEARCH: "search",
    Permission.EXPORT: "export a list",
    Permission.RECEIVE: "take in a report or a concern",
    Permission.ASSESS: "assess what has arrived",
    Permission.RECORD_MATTER: "record a complaint, conduct matter or DSI matter and its allegations",
    Permission.RECORD_EVENT: "record what was done on a matter",
    Permission.ALLOCATE: "give a person a place on a matter",
    Permission.RESTRICT: "make a matter sensitive and name who may see it",
    Permission.EDIT_PEOPLE: "change the register of people",
    Permission.IDENTIFY_PERSON: "identify an unknown person complained against",
    Permission.LOAD: "load an outside file",
    Permission.BREAK_GLASS: "open a walled record with a reason",
    Permission.DELEGATE: "appoint a delegate to stand in for the head of professional standards",
    Permission.MANAGE_USERS: "manage users and their roles",
    Permission.MANAGE_JOBS: "cancel any job",
    Permission.ERASE: "erase a person's text",
    Permission.ASSESS_CONDUCT: "decide on severity, referral and handling",
    Permission.INVESTIGATE: "investigate: plan, lines of enquiry, notices, interviews, the report",
    Permission.DETERMINE: "decide for the appropriate authority",
    Permission.SIT: "sit on a panel and decide in proceedings",
    Permission.COUNTERSIGN: "sign another's decision as the second, independent person",
    Permission.KEEP_EVIDENCE: "book in, hand over and look after exhibits and files",
    Permission.WRITE_LETTERS: "write letters and notices and record their service",
    Permission.APPROVE_LETTERS: "approve a letter or notice before it leaves",
    Permission.DISCLOSE: "decide what is given to whom, make redacted copies and packs, and give them",
    Permission.APPROVE_DISCLOSURE: "confirm as a second person what is withheld, and approve a pack before it is given",
    Permission.LOOK_BACK: "choose a cohort of past matters and follow its reviews",
    Permission.REVIEW_PAST: "review past matters of a cohort",
    Permission.READ_VETTING: "see vetting: applications, clearances and what stands against them",
    Permission.VET: "ask sources, record what they answer, and recommend whether somebody is cleared",
    Permission.DECIDE_VETTING: "decide on clearance, on a recommendation of somebody else",
    Permission.OVERRIDE_VETTING: "decide against a vetting recommendation, and hear appeals from a withdrawal",
    Permission.READ_MATCHES: "see what the wash found about people who work here, and what was made of it",
    Permission.KEEP_RECOMMENDATIONS: "keep recommendations of reports, and say what was done about them",
    Permission.DECLARE_OWN: "declare for oneself what the vetting authority must be told",
    Permission.READ_OWN_STAFF: "see where the clearance of those whom one manages stands",
    Permission.SIGN_OWN_STAFF: "record and sign the annual review of those whom one manages",
    Permission.READ_DISPARITY: "see how rates compare between groups of the workforce, in figures alone",
    Permission.KEEP_RETURNS: "keep the returns of the force: quarterly data, bulletins, answers to super-complaints",
    Permission.JUDGE_MATCHES: "judge whether a record that the wash found is about somebody who works here",
}
