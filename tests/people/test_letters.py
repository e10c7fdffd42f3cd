"""Letters: in the recipient's language, as text and HTML, sent by a job, tried again, shown to who may see them."""

from __future__ import annotations

import datetime as dt
import re
import smtplib
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import translation

from jobs.models import Job
from jobs.outbox import ring_for_due_letters
from people import clock
from people.letters import letter_kinds, render_letter
from people.models import Letter, User
from people.roles import Role
from people.services.correspondence import Draft, write_letter, write_letters
from people.services.posting import TRIES, send_due_letters
from tests.school import School

from .conftest import html_of, link_in, mailbox, post


class Moody(EmailBackend):
    """A mail server that says no in the way a test wants."""

    refuses: Exception | None = None
    is_down = False

    def open(self) -> None:
        if Moody.is_down:
            raise ConnectionRefusedError(111, "Connection refused")

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        if Moody.refuses:
            raise Moody.refuses
        return int(super().send_messages(messages))


@pytest.fixture
def moody(settings) -> Iterator[type[Moody]]:
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Moody"}}
    yield Moody
    Moody.refuses, Moody.is_down = None, False


def reset_letter(person: User, number: int = 1) -> Letter:
    values = {"name": person.full_name, "link": f"https://puente.example/secret-{number}"}
    return write_letter(kind="password_reset_key", draft=Draft(to=person, values=values))


def send() -> list[str]:
    return [state.value for state in send_due_letters()]


def test_a_letter_speaks_the_language_of_its_recipient_as_text_and_as_html(school: School) -> None:
    with translation.override("en"):
        reset_letter(school.person("SHCP", language="es"))
    with translation.override("es"):
        reset_letter(school.person("DHS", language="en"))
    assert send() == ["sent", "sent"]
    spanish, english = sorted(mailbox(), key=lambda message: "dhs" in message.to[0])
    assert english.subject == "Choose a new password for Puente"
    assert '<html lang="es">' in html_of(spanish) and '<html lang="en">' in html_of(english)
    for message in mailbox():
        assert message.alternatives[0].mimetype == "text/html"
        assert "secret-1" in str(message.body) and "secret-1" in html_of(message)
        assert "{%" not in html_of(message) and "var(--" not in html_of(message) and "#0B5563" in html_of(message)
    assert english.extra_headers["Content-Language"] == "en"


def test_what_a_person_wrote_is_not_taken_for_html(school: School) -> None:
    reset_letter(school.person("DHS", language="en", given_names="<b>Ana</b>"))
    send()
    assert "<b>Ana" not in html_of(mailbox()[0]) and "<b>Ana</b>" in str(mailbox()[0].body)


def test_a_link_is_wiped_when_the_letter_is_sent(school: School) -> None:
    letter = reset_letter(school.person())
    assert "secret" in str(letter.secrets) and "secret" not in str(letter.context)
    send()
    letter.refresh_from_db()
    assert letter.state == "sent" and letter.secrets == {} and "secret" not in str(letter.context) and letter.sent_at


def test_the_bell_rings_once_for_a_thousand_letters_and_after_the_commit(
    school: School, django_capture_on_commit_callbacks, django_assert_max_num_queries
) -> None:
    person = school.person()
    drafts = [Draft(to=person, values={"name": "x", "link": f"https://x.example/{n}"}) for n in range(1000)]
    with django_capture_on_commit_callbacks(execute=True), django_assert_max_num_queries(8):
        write_letters(kind="password_reset_key", drafts=drafts)
        write_letters(kind="password_reset_key", drafts=drafts[:1])
        assert not Job.objects.exists()
    assert Job.objects.get().kind == "send_letters"


def test_a_letter_is_sent_once_however_often_the_bell_rings(school: School) -> None:
    reset_letter(school.person())
    first, second = send_due_letters(), send_due_letters()
    assert [s.value for s in first] == ["sent"] and list(second) == [] and len(mailbox()) == 1


def test_of_two_that_want_a_letter_one_gets_it(school: School, moody) -> None:
    """The first has taken its try and waits for the mail server; the second passes it over."""
    letter = reset_letter(school.person())
    seen: list[list[str]] = []

    def during(self: Moody, messages: list[mail.EmailMessage]) -> int:
        moody.send_messages = original
        seen.append(send())
        return int(original(self, messages))

    original = moody.send_messages
    moody.send_messages = during
    assert send() == ["sent"] and seen == [[]] and len(mailbox()) == 1
    letter.refresh_from_db()
    assert letter.tries == 1


def test_what_a_killed_worker_had_in_hand_is_sent_a_minute_later_with_the_same_number(school: School) -> None:
    letter = reset_letter(school.person())
    send()
    sent_first = mailbox()[0].extra_headers["Message-ID"]
    Letter.objects.update(state="queued", sent_at=None, next_try_at=clock.now() + dt.timedelta(seconds=60))
    assert send() == []
    with clock.simulated(clock.now() + dt.timedelta(seconds=61)):
        Letter.objects.update(secrets={"link": "https://puente.example/secret-1"})
        assert send() == ["sent"]
    assert mailbox()[1].extra_headers["Message-ID"] == sent_first and str(letter.pk) in sent_first


def test_a_failed_try_is_repeated_with_growing_pauses_and_then_listed(school: School, moody, settings) -> None:
    settings.PUENTE_LETTER_PAUSE_SECONDS = 30
    moody.refuses = smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
    letter = reset_letter(school.person("SHCP", language="en"))
    now, pauses = clock.now(), []
    for _ in range(TRIES - 1):
        with clock.simulated(now):
            assert send() == ["queued"] and send() == []
        letter.refresh_from_db()
        pauses.append((letter.next_try_at - now).total_seconds())
        now = letter.next_try_at
    assert pauses == [30, 120, 480, 1920, 7680, 30720, 122880]
    with clock.simulated(now):
        assert send() == ["failed"] and send() == []
    letter.refresh_from_db()
    assert (letter.tries, letter.reason) == (TRIES, "not_accepted") and "unexpectedly closed" in letter.last_error
    page = school.client(school.person("SHCP", Role.ADMINISTRATOR)).get("/en/manage/letters/").content.decode()
    assert "unexpectedly closed" in page and letter.address in page


def test_one_address_that_is_refused_does_not_hold_up_the_others(school: School, moody) -> None:
    moody.refuses = smtplib.SMTPRecipientsRefused({"x": (550, b"No such user")})
    wrong = reset_letter(school.person())
    assert send() == ["failed"]
    moody.refuses = smtplib.SMTPRecipientsRefused({"x": (451, b"Greylisted")})
    later = reset_letter(school.person())
    assert send() == ["queued"]
    moody.refuses = None
    reset_letter(school.person())
    assert send() == ["sent"]
    wrong.refresh_from_db()
    later.refresh_from_db()
    assert wrong.reason == "refused" and later.last_error == "451 Greylisted"


def test_when_nobody_answers_everything_is_put_off_in_a_few_statements(
    school: School, moody, django_assert_max_num_queries
) -> None:
    moody.is_down = True
    for n in range(30):
        reset_letter(school.person(), n)
    with django_assert_max_num_queries(15):
        assert send() == ["queued"] * 30
    assert set(Letter.objects.values_list("tries", "reason")) == {(1, "unreachable")}
    moody.is_down = False
    with clock.simulated(clock.now() + dt.timedelta(minutes=1)):
        assert send() == ["sent"] * 30
    assert set(Letter.objects.values_list("state", "last_error")) == {("sent", "")}


def test_a_code_goes_before_a_thousand_invitations_and_never_after_its_time(school: School) -> None:
    person = school.person("DHS", language="en")
    reset_letter(person)
    write_letter(kind="login_code", draft=Draft(to=person, values={"name": "x", "code": "AB12"}))
    send()
    assert [message.subject for message in mailbox()] == ["Your code to sign in", "Choose a new password for Puente"]
    late = write_letter(kind="login_code", draft=Draft(to=person, values={"name": "x", "code": "CD34"}))
    with clock.simulated(clock.now() + dt.timedelta(minutes=16)):
        assert send() == []
    late.refresh_from_db()
    assert (late.state, late.reason, late.secrets) == ("failed", "too_late", {})


def test_people_of_the_demonstration_get_no_real_mail(school: School, settings) -> None:
    demo, real = school.person(is_demo=True), school.person()
    settings.PUENTE_MAIL_STAYS_HERE = False
    letter = reset_letter(demo)
    reset_letter(real)
    assert send() == ["sent"] and mailbox()[0].to == [real.email]
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.secrets) == ("withheld", "demonstration", {})
    settings.PUENTE_MAIL_STAYS_HERE = True
    reset_letter(demo)
    assert send() == ["sent"]
    assert re.search("Demonstration data|Datos de demostración", str(mailbox()[1].body))


def test_the_clock_rings_for_letters_whose_pause_is_over(school: School) -> None:
    assert not ring_for_due_letters()
    reset_letter(school.person())
    Job.objects.all().delete()
    assert ring_for_due_letters() and not ring_for_due_letters()
    job = post()
    assert job and job.result == {"sent": 1} and not ring_for_due_letters()


def test_the_folder_holds_whole_letters_that_a_mail_program_opens(school: School, settings, tmp_path: Path) -> None:
    backend = {"BACKEND": "lms.mailbox.FolderBackend", "OPTIONS": {"file_path": str(tmp_path / "mail")}}
    settings.MAILERS = {"default": backend}
    reset_letter(school.person("SHCP", given_names="José"))
    reset_letter(school.person())
    assert send() == ["sent", "sent"]
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0
    message = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert message.get_body(("plain",)) and message.get_body(("html",)) and message["Subject"]


# What django-allauth wants said --------------------------------------------------------------------------------------


def test_a_forgotten_password_is_answered_in_the_language_of_the_person(school: School) -> None:
    person = school.person("SHCP", language="es")
    Client().post("/en/account/password/reset/", {"email": person.email})
    send()
    message = mailbox()[0]
    assert message.to == [person.email] and '<html lang="es">' in html_of(message)
    assert link_in(message).startswith("/es/account/password/reset/key/")
    assert person.full_name in str(message.body) and "allauth" not in str(message.message())
    client = Client()
    page = client.get(link_in(message), follow=True)
    done = client.post(
        page.redirect_chain[-1][0], {"password1": "quiet-river-52", "password2": "quiet-river-52"}, follow=True
    )
    assert done.status_code == 200
    person.refresh_from_db()
    assert person.check_password("quiet-river-52")
    send()
    assert len(mailbox()) == 2 and "/account/" not in str(mailbox()[1].body), "told that it was changed, without a link"


def test_whether_an_address_has_an_account_is_told_to_the_address_alone(school: School) -> None:
    person = school.person("DHS", language="en")
    answers = [
        Client().post("/en/account/password/reset/", {"email": email}, follow=True).content.decode()
        for email in (person.email, "nobody@nowhere.example")
    ]
    without_token = [re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", answer) for answer in answers]
    assert without_token[0] == without_token[1]
    send()
    told = {message.to[0]: message for message in mailbox()}
    assert "No account has it" in str(told["nobody@nowhere.example"].body)
    assert Letter.objects.get(address="nobody@nowhere.example").recipient is None


def test_every_letter_of_allauth_has_words_of_the_house() -> None:
    import allauth

    root = Path(allauth.__file__).parent / "templates"
    wanted = {path.name.removesuffix("_message.txt") for path in root.glob("*/email/*_message.txt")} - {"base"}
    known = {kind.name for kind in letter_kinds()}
    assert {name.removesuffix("_signup") for name in wanted} <= known


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_kind_can_be_written_in_both_languages(language: str) -> None:
    for kind in letter_kinds():
        letter = render_letter(kind, kind.sample, language=language)
        assert letter.subject and f'<html lang="{language}">' in letter.html and "Puente" in letter.text
        assert max(len(line) for line in letter.text.splitlines()) <= 78 or kind.name == "other"


# The pages ---------------------------------------------------------------------------------------------------------


def test_who_may_see_the_letters(school: School) -> None:
    letter = reset_letter(school.person("SHCP"))
    Letter.objects.update(state="failed", reason="unreachable", secrets={"link": "https://x.example/"})
    again = f"/en/manage/letters/{letter.pk}/again/"
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC):
        client = school.client(school.person("SHCP", role))
        for page in ("/en/manage/letters/", "/en/manage/letters/kinds/invitation/"):
            assert client.get(page).status_code == 403
        assert client.post(again).status_code == 403
    manager = school.client(school.person("SHCP", Role.MANAGER))
    page = manager.get("/en/manage/letters/").content.decode()
    assert "Invitation" in page and letter.address not in page
    assert manager.post(again).status_code == 403
    other = school.client(school.person("DHS", Role.ADMINISTRATOR))
    assert letter.address not in other.get("/en/manage/letters/").content.decode()
    assert other.post(again).status_code == 404
    assert Client().get("/en/manage/letters/").headers["Location"].startswith("/en/account/login/")


def test_an_administrator_sends_a_failed_letter_again(school: School) -> None:
    letter = reset_letter(school.person("SHCP"))
    administrator = school.client(school.person("SHCP", Role.ADMINISTRATOR))
    again = f"/en/manage/letters/{letter.pk}/again/"
    page = administrator.post(again, follow=True).content.decode()
    assert "Only an e-mail that failed is sent again" in page
    Letter.objects.update(state="failed", reason="unreachable", tries=TRIES)
    assert "Send again" in administrator.get("/en/manage/letters/?state=failed").content.decode()
    page = administrator.post(again, follow=True).content.decode()
    assert "is sent again" in page and send() == ["sent"] and "secret-1" in str(mailbox()[0].body)
    Letter.objects.update(state="failed", sent_at=None, useful_until=clock.now())
    page = administrator.post(again, follow=True).content.decode()
    assert "no longer works" in page and send() == []


def test_each_kind_is_shown_in_both_languages_and_labeled_as_a_sample(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    for kind in letter_kinds():
        answer = manager.get(f"/en/manage/letters/kinds/{kind.name}/")
        assert answer.status_code == 200 and "frame-src 'self'" in answer["Content-Security-Policy"]
        assert answer.content.decode().count("<iframe") == 2
        for language in ("en", "es"):
            alone = manager.get(f"/en/manage/letters/kinds/{kind.name}/{language}.html")
            rules = alone["Content-Security-Policy"]
            assert "default-src 'none'" in rules and "sandbox" in rules and "script-src" not in rules
            assert re.search(r"Sample\.|Muestra\.", alone.content.decode())
    assert manager.get("/en/manage/letters/kinds/nothing/").status_code == 404
    assert manager.get("/en/manage/letters/kinds/invitation/fr.html").status_code == 404


def test_the_list_costs_the_same_for_five_and_for_fifty(school: School, django_assert_max_num_queries) -> None:
    client = school.client(school.person("SHCP", Role.ADMINISTRATOR))
    client.get("/en/manage/letters/")
    for count in (5, 45):
        for n in range(count):
            reset_letter(school.person("SHCP"), n)
        with django_assert_max_num_queries(8):
            client.get("/en/manage/letters/")
