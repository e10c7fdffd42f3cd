"""`verify_audit`: it finds what somebody who owns the database did to the record, and says to which entry."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from people import audit
from people.audit_chain import GENESIS, digest
from people.models import AuditEntry, AuditHead
from tests.conftest import unsealed_record

ENTRIES = 40


@pytest.fixture
def chain(db: None) -> Iterator[None]:
    """A record of forty entries, open to whoever owns the database."""
    audit.record_all(
        [audit.Deed("people.role.granted", None, {"number": number}) for number in range(ENTRIES)], by=None
    )
    with unsealed_record():
        yield


def verify(**options: str) -> tuple[str, str]:
    """What the command says, and what it finds; a finding is exit code 1."""
    out, err = StringIO(), StringIO()
    ended = None
    try:
        call_command("verify_audit", stdout=out, stderr=err, **options)
    except CommandError as refusal:
        ended = refusal
    assert (ended is None) == (not err.getvalue())
    assert ended is None or (ended.returncode == 1 and "not as it was written" in str(ended))
    return out.getvalue(), err.getvalue()


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def renumber(first: int, by: int) -> None:
    """Move all entries from a number on."""
    numbers = list(AuditEntry.objects.filter(sequence__gte=first).values_list("sequence", flat=True))
    for number in sorted(numbers, reverse=by > 0):
        sql("UPDATE people_auditentry SET sequence = %s WHERE sequence = %s", number + by, number)


def forge(sequence: int) -> None:
    """An entry with a true hash that follows the one before it."""
    before = AuditEntry.objects.filter(sequence=sequence - 1).first()
    model = AuditEntry.objects.get(sequence=1)
    entry = AuditEntry(
        sequence=sequence, at=model.at, action="people.role.granted", data={"forged": True},
        previous_sha256=before.sha256 if before else GENESIS,
    )  # fmt: skip
    entry.sha256 = digest(entry.row)
    AuditEntry.objects.bulk_create([entry])


def test_a_whole_record_says_so_and_names_its_head(chain: None) -> None:
    out, err = verify()
    head = AuditHead.objects.get().sha256
    assert f"{ENTRIES} entries" in out and head in out and not err
    assert "Head" in verify(head=head.upper())[0]


def test_an_empty_record_is_whole(db: None) -> None:
    AuditHead.objects.all().delete()
    assert GENESIS in verify()[0]


@pytest.mark.parametrize(
    "change",
    [
        "action = 'people.role.ended'", "actor_id = 7", "concerns_id = 1", "object_id = '9'", "acting_for_id = 2",
        "data = '{\"number\": 1000}'", "before = '{\"a\": 1}'", "after = '{\"a\": 1}'", "at = '2020-01-01 00:00:00'",
        "object_type = 'people.user'", f"sha256 = '{'a' * 64}'", f"previous_sha256 = '{'b' * 64}'",
    ],
)  # fmt: skip
def test_a_changed_entry_is_named(chain: None, change: str) -> None:
    sql(f"UPDATE people_auditentry SET {change} WHERE sequence = 17")
    assert "Entry 17 was changed." in verify()[1].splitlines()


def test_a_changed_entry_with_a_new_hash_is_named(chain: None) -> None:
    entry = AuditEntry.objects.get(sequence=17)
    entry.action = "people.role.ended"
    sql("UPDATE people_auditentry SET action = %s, sha256 = %s WHERE sequence = 17", entry.action, digest(entry.row))
    assert verify()[1].splitlines() == ["Entry 17 was replaced: the next one was written after another."]


def test_removed_entries_are_named(chain: None) -> None:
    sql("DELETE FROM people_auditentry WHERE sequence IN (9, 20, 21, 22)")
    assert verify()[1].splitlines() == ["Entry 9 was removed.", "Entries 20 to 22 were removed."]


def test_a_removed_entry_is_named_when_the_gap_was_closed(chain: None) -> None:
    sql("DELETE FROM people_auditentry WHERE sequence = 20")
    renumber(21, -1)
    assert "Entry 20 was removed." in verify()[1].splitlines()


def test_an_entry_inserted_between_others_is_named(chain: None) -> None:
    renumber(20, +1)
    forge(20)
    assert "Entry 20 was inserted." in verify()[1].splitlines()


def test_an_entry_added_behind_the_head_is_named(chain: None) -> None:
    forge(ENTRIES + 1)
    assert verify()[1].splitlines() == [f"Entry {ENTRIES + 1} was inserted."]


def test_a_cut_tail_is_noticed(chain: None) -> None:
    sql("DELETE FROM people_auditentry WHERE sequence > 35")
    assert verify()[1].splitlines() == ["Entries 36 to 40 were removed."]


def test_a_cut_tail_is_noticed_by_a_kept_head_even_when_the_head_was_set_back(chain: None) -> None:
    kept = AuditHead.objects.get().sha256
    sql("DELETE FROM people_auditentry WHERE sequence > 35")
    last = AuditEntry.objects.get(sequence=35)
    AuditHead.objects.update(sequence=35, sha256=last.sha256)
    assert not verify()[1]
    assert "head that was kept elsewhere is not in the record" in verify(head=kept)[1]


def test_a_head_that_was_kept_earlier_stays_good(chain: None) -> None:
    early = AuditEntry.objects.get(sequence=10).sha256
    assert "entry 10." in verify(head=early)[0]


def test_a_record_written_anew_is_noticed_by_a_kept_head(chain: None) -> None:
    kept = AuditHead.objects.get().sha256
    sql("DELETE FROM people_auditentry")
    sql("UPDATE people_audithead SET sequence = 0, sha256 = %s", GENESIS)
    audit.record_all([audit.Deed("people.role.ended", None)] * ENTRIES, by=None)
    assert not verify()[1]
    assert "kept elsewhere" in verify(head=kept)[1]


def test_a_head_that_is_no_head_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="64 digits"):
        call_command("verify_audit", head="abc")


def test_it_speaks_the_operators_language(chain: None) -> None:
    with translation.override("es"):
        assert AuditHead.objects.get().sha256 in verify()[0]


def test_a_long_record_is_verified_in_moments(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    """`PUENTE_AUDIT_ENTRIES=100000` measures a longer one. Memory holds one chunk, whatever the length."""
    length, at_once = int(os.environ.get("PUENTE_AUDIT_ENTRIES", "10000")), 2000
    for first in range(0, length, at_once):
        deeds = [audit.Deed("people.role.granted", None, {"number": n}) for n in range(first, first + at_once)]
        audit.record_all(deeds, by=None)
    with unsealed_record():
        sql("UPDATE people_auditentry SET action = 'people.role.ended' WHERE sequence = 7777")
    started = time.monotonic()
    assert verify()[1].splitlines() == ["Entry 7777 was changed."]
    seconds = time.monotonic() - started
    with capsys.disabled():
        print(f"\n{length:,} entries verified in {seconds:.1f} s")  # noqa: T201 (each run shows it)
    assert seconds < length / 1000
