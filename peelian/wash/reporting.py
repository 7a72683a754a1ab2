"""`report`: what was washed against what, what was found, and the proof that nobody was skipped."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from peelian.terms.stored_forms import day_said
from peelian.wash.accounts import grade_account, people_account, reconcile, source_accounts
from peelian.wash.errors import WashError
from peelian.wash.handing import OUTPUT, handed_sql
from peelian.wash.manifest import BASIS, read_basis
from peelian.wash.model import read_model
from peelian.wash.nightly import Night
from peelian.wash.normal import quoted
from peelian.wash.store import Store

CHANGES = "changes.csv"
CHANGED = "person_id, source, record_id, why, link, purpose, was_band, band, was_weight, weight"


def report(store: Store) -> dict[str, Any]:
    """The figures of the last run. Raises WashError before a run, DoesNotReconcile where they do not come out."""
    if not store.get("run"):
        raise WashError("Nothing was washed in this store yet. Say: peelian wash run")
    reconcile(store)
    return {
        "on": store.get("on"),
        "last_night_on": store.get("night_on"),
        "model": store.get("model_version"),
        "basis": read_basis(store.get("basis")),
        "sources": [asdict(one) for one in source_accounts(store)],
        "people_rows": people_rows(store),
        "people": asdict(people_account(store)),
        "pairs": grade_account(store),
        "pairs_looked_at": int(store.get("looked_at") or 0),
        "for_welfare_only": int(store.one("SELECT count(*) FROM pair WHERE purpose = 'welfare'")),
        "to_raise_today": int(store.one("SELECT count(*) FROM pair WHERE same_day")),
        "associations": int(store.one("SELECT count(*) FROM pair WHERE link = 'association'")),
        "unsure_because": dict(
            store.rows("SELECT unsure, count(*) FROM pair WHERE unsure <> '' GROUP BY 1 ORDER BY 2 DESC, 1")
        ),
    }


def people_rows(store: Store) -> dict[str, int]:
    """Rows of the workforce's files: all of them = `accepted` + `already_held` + `set_aside`. Who was set aside is not
    washed, and stands in no number of people."""
    rows = int(store.one("SELECT coalesce(sum(rows), 0) FROM staged WHERE src = 0"))
    counted = dict(store.rows("SELECT kind, sum(rows) FROM account WHERE src = 0 GROUP BY kind"))
    kinds = ("accepted", "already held", "set aside")
    return {"rows": rows} | {kind.replace(" ", "_"): int(counted.get(kind, 0)) for kind in kinds}


def write_pairs(store: Store, path: Path | None = None) -> Path:
    """The pairs as Parquet, highest weight first."""
    path = path or store.folder / OUTPUT
    part = path.with_suffix(".part")
    handed = handed_sql(read_model(store.get("model")), int(store.get("population")))
    store.db.execute(f"COPY ({handed}) TO {quoted(str(part))} (FORMAT parquet)")
    part.replace(path)
    return path


def write_changes(store: Store, path: Path | None = None) -> Path:
    """What the last night changed, as CSV: what is to be raised today first, then by weight."""
    path = path or store.folder / CHANGES
    part = path.with_suffix(".part")
    store.db.execute(
        f"COPY (SELECT same_day AS raise_today, {CHANGED} FROM change"
        " WHERE night_no = (SELECT max(night_no) FROM night)"
        " ORDER BY same_day DESC, coalesce(weight, was_weight) DESC, person_id, source, record_id)"
        f" TO {quoted(str(part))} (HEADER)"
    )
    part.replace(path)
    return path


def night_text(night: Night) -> str:
    """One night for people: what is raised today first, then what came, and what it changed."""
    raised = f"RAISE TODAY: {night.same_day:,}" if night.same_day else "Nothing is to be raised today"
    return "\n".join(
        (
            f"Night of {day_said(str(night.night_on))}",
            f"{raised} (hits on the record of a sexual offence that nobody has resolved)",
            f"People: {night.new_people:,} new, {night.changed_people:,} changed",
            f"Records: {night.new_records:,} new, {night.changed_records:,} changed,"
            f" {night.records_gone - night.changed_records:,} withheld from now on",
            f"Pairs to judge: {night.appeared:,} appeared, {night.moved:,} seen otherwise, {night.went:,} went",
        )
    )


def basis_words(basis: dict[str, str]) -> str:
    """Purpose, lawful basis, impact assessment, approver and last day in one line; what is not recorded says so."""
    return "; ".join(f"{name.replace('_', ' ')}: {day_said(basis.get(name) or 'not recorded')}" for name in BASIS)


def report_text(found: dict[str, Any]) -> str:
    """The report for people. What was not washed comes first."""
    night = f", last night {day_said(found['last_night_on'])}" if found["last_night_on"] else ""
    lines = [f"Wash of {day_said(found['on'])}{night}"]
    lines.append("")
    out = [one for one in found["sources"] if one["state"] != "washed"]
    lines.append("NOT WASHED" if out else "Every source of the manifest was washed.")
    for one in out:
        lines.append(f"  {one['title']}: {one['state']}: {one['reason']}")
        if any(one["basis"].get(name) for name in BASIS):
            lines.append(f"    {basis_words(one['basis'])}")
    if out:
        lines.append("  To wash them: mend the manifest or bring the file, and build in another folder.")
    lines += ["", "On what basis", f"  The workforce: {basis_words(found['basis'])}"]
    for one in found["sources"]:
        if one["state"] == "washed":
            lines.append(f"  {one['title']}: {basis_words(one['basis'])}; victims and witnesses: {one['protected']}")
    people, rows = found["people"], found["people_rows"]
    again = f" + {rows['already_held']:,} held already" if rows["already_held"] else ""
    aside = f" + {rows['set_aside']:,} set aside" + (", NOT WASHED: see set_aside.csv" if rows["set_aside"] else "")
    lines += ["", f"The workforce: {rows['rows']:,} rows in = {rows['accepted']:,} accepted{again}{aside}"]
    lines += [f"People: {people['people']:,} in, of whom {people['associates']:,} are associates"]
    lines += [
        f"  = {people['with_pairs']:,} with pairs to judge + {people['no_trace']:,} no trace"
        f" + {people['too_little_known']:,} not washed: too little known +"
        f" {people['without_a_name']:,} not washed: no name"
    ]
    for one in found["sources"]:
        if one["state"] != "washed":
            continue
        as_of = f", as of {day_said(one['as_of'])}" if one["as_of"] else ""
        lines += ["", f"{one['title']}{as_of}: {one['rows']:,} rows in"]
        again = f" + {one['already_held']:,} held already" if one["already_held"] else ""
        lines.append(
            f"  = {one['accepted']:,} accepted{again} + {one['set_aside']:,} set aside"
            f" + {one['withheld']:,} withheld (victims and witnesses)"
        )
        gone = f" (accepted less {one['gone']:,} in whose place a later row stands)" if one["gone"] else ""
        lines.append(
            f"  records held{gone}: {one['in_pairs']:,} in pairs + {one['in_none']:,} in none +"
            f" {one['too_little_known']:,} of too little"
        )
    pairs = found["pairs"]
    lines += [
        "",
        f"Pairs to judge: {sum(pairs.values()):,} = " + " + ".join(f"{n:,} {name}" for name, n in pairs.items()),
    ]
    lines.append(
        f"  {found['to_raise_today']:,} are about a sexual offence that nobody has resolved:"
        " raise them the day they are found"
    )
    lines.append(
        f"  {found['for_welfare_only']:,} are victims' or witnesses' records: for their support, never discipline"
    )
    lines.append(f"  {found['associations']:,} are associations, not the person")
    lines += [f"  unsure: {number:,}: {why}" for why, number in found["unsure_because"].items()]
    lines += ["", f"{found['pairs_looked_at']:,} pairs of forms were compared, by model {found['model']}."]
    lines.append("A grade is an offer. Whether a record is about a person, a person decides, with reasons.")
    return "\n".join(lines) + "\n"
