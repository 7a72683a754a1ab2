"""Signed notes against the published examples of the format, and the canonical form against RFC 8785's own."""

import pytest

from peelian.journal.keys import Signer
from peelian.journal.verifier import canonical, opened_checkpoint, opened_note, plain

GO_SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_NOTE = (
    GO_TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
SPEC_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def test_a_key_signs_the_published_note_byte_for_byte():
    signer = Signer.of(GO_SKEY)
    assert signer.signed(GO_TEXT) == GO_NOTE
    assert (signer.vkey, signer.skey) == (GO_VKEY, GO_SKEY)


def test_published_notes_open_with_their_published_keys():
    assert opened_note(GO_NOTE, GO_VKEY) == GO_TEXT
    assert opened_note(SPEC_NOTE, SPEC_VKEY) == "This is an example message.\n"


def test_signatures_of_others_are_passed_over():
    both = GO_NOTE + SPEC_NOTE.rpartition("\n\n")[2]
    assert opened_note(both, GO_VKEY) == GO_TEXT


@pytest.mark.parametrize(
    "note",
    [
        GO_NOTE.replace("cryptography", "Cryptography"),
        GO_NOTE.replace("x08go/Z", "x08go/Y"),
        GO_NOTE.replace("— PeterNeumann", "— SomebodyElse"),
        GO_TEXT,
        "",
    ],
)
def test_a_note_that_was_changed_does_not_open(note):
    with pytest.raises(ValueError):
        opened_note(note, GO_VKEY)


def test_a_key_whose_number_does_not_fit_it_opens_nothing():
    with pytest.raises(ValueError):
        opened_note(GO_NOTE, GO_VKEY.replace("c74f20a3", "c74f20a4"))


def test_a_checkpoint_of_another_journal_is_refused_even_when_it_is_signed():
    note = Signer.of(GO_SKEY).signed("another/journal\n3\nAAAA\n")
    with pytest.raises(ValueError, match="another journal"):
        opened_checkpoint(note, GO_VKEY)


def test_the_canonical_form_writes_characters_as_rfc_8785_does():
    given = {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/", "literals": [None, True, False], "numbers": [1]}
    # RFC 8785 section 3.2.2 to 3.2.4: its own example of strings and literals, whole numbers only
    expected = '{"literals":[null,true,false],"numbers":[1],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical(given) == expected.encode()


@pytest.mark.parametrize("value", [1.5, {"é": 1}, {1: "a"}, 2**53, b"bytes", {"a": [object()]}])
def test_what_has_no_certain_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        plain(value)
