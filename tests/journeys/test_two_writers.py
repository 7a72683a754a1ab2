"""Two people decide the same thing at the same time: nothing is lost, the second sees both versions and chooses."""

from tests.journeys.casework import Case
from tests.journeys.stretches import told_of


def test_the_second_writer_sees_both_versions_and_chooses(case: Case) -> None:
    case.concerns("Celia Marsh", "conduct_matter")
    told_of(case, "She left the gate open.", heading="A gate left open", alleged="She left it open.")
    first, second = case.desk("assessor"), case.desk("supervisor")
    first.opens("referral").answers("referral", "no")
    second.opens("referral").answers("referral", "no")
    first.types("Reasons", "The first reasons.").presses("Record the decision").succeeds("was recorded")
    second.types("Reasons", "The second reasons.").presses("Record the decision")
    second.sees("Somebody decided this meanwhile", "What stands now", "The first reasons.", "Aster Lee")
    assert second.page.get_by_label("Reasons", exact=True).input_value() == "The second reasons."
    second.goes(f"/matters/{case.ref}/casework/").sees_no("The second reasons.")
    second.opens("referral").sees("The first reasons.").answers("referral", "no")
    second.types("Reasons", "Both: the second after the first.").presses("Record the decision").succeeds("was recorded")
    said = second.goes(f"/matters/{case.ref}/casework/").page.content()
    assert "The first reasons." in said, "what was replaced stays to be read"
    assert "Both: the second after the first." in said


def test_the_second_writer_of_a_narrative_sees_both_and_chooses(case: Case) -> None:
    case.concerns("Celia Marsh", "conduct_matter")
    told_of(case, "She let the dog out.", heading="A dog let out", alleged="She let it out.")
    first, second = case.desk("assessor"), case.desk("supervisor")
    for desk in (first, second):
        desk.goes(f"/matters/{case.ref}/").follows("Change the narrative")
        desk.types("Why does it change?", "More was said.")
    words = "What happened, in their words"
    first.types(words, "She let the dog out, and it came back.").presses("Change the narrative")
    second.types(words, "She let the dog out at noon.").presses("Change the narrative")
    second.sees("She let the dog out, and it came back.")
    box = second.page.get_by_label(words, exact=True)
    assert box.input_value() == "She let the dog out at noon."
    second.presses("Change the narrative").succeeds("The narrative was changed.").sees("at noon.")
