"""Whatever a Spanish reader is shown addresses them as usted, in the Spanish of Mexico.

The catalogs of Wagtail, django-allauth and Django say tú, use words of Spain, and hold slips; `locale/wagtail`
answers for them. A new version may bring such a text again, and it must then be given there.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import django
import polib
import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation

from people.roles import Role
from tests.school import build

FOLDERS = [
    *(Path(app.path) / "locale" for app in apps.get_app_configs()),
    Path(django.__file__).parent / "conf" / "locale",
]

INFORMAL = re.compile(
    r"""
    \b(?: t[uú] | tus | ti | te | contigo | tuy[oa]s? | vosotr[oa]s | vuestr[oa]s? | os
        # verbs in the second person
        | has | eres | estás | estabas | puedes | podrás | tienes | tendrás | quieres | querrías | deseas | debes
        | deberías | necesitas | gustaría | ves | decides | seleccionas | prefieres | olvidaste | haces | sabes
        # its commands that are no other form
        | vete | haz | pon | envíame | conéctate | regís?trate | ten\ paciencia | no\ confíes | no\ olvides
        | (?: introdúce | escríbe | guárda | inténta | crea | créa | márca | cámbia | elíge | revísa | compruéba
            | elimína )l[oa]s?
    )\b
    # commands that are also the third person: informal where a sentence or a clause begins with them
    | (?: ^ | [.:;,!?¿¡] \s+ | \bpor\ favor,?\s+ | \by\s+ | \bo\s+ )
      (?: introduce | escribe | elige | escoge | selecciona | añade | agrega | revisa | comprueba | establece | da
        | cambia | corrige | elimina | edita | pulsa | utiliza | usa | ingresa | descarga | comienza | obtén | deja
        | confía | mueve | abre )\b
    # words of Spain
    | \b(?: añad\w+ | ordenador(?:es)? | ficheros? | costes? | pulse | caducad[oa]s? | móvil(?:es)? )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

# Slips: three periods for an ellipsis, a question that no sign opens, English quotation marks, texts run together,
# English or bookish words for things that have a name, phrases that the house does not use; last, the misspellings
# that were found.
FAULTY = re.compile(
    r"""
    \.\.\.
    | ^ [^¿]* \? | ¿ [^?]* ¿ | ¿ [^?]* $
    | (?<![=\\]) (?P<mark>['"]) %\(\w+\)s (?P=mark) | "<em>
    | %\(\w+\)s(?:de|por|posiciones|haría)\b | [a-záéíóú]%\((?!end_link)
    | \s [.,] (?: \s | $ )
    | \b(?: acá | items? | snippets? | embeds? | login | negrilla | italica | marquilla | passkeys? | staff | alternar
        | embebidos? | previsualizar | soportad[oa]s? | en\ vivo | por\ defecto | y/o | \w*illardos? | con\ éxito
        | exitos[oa](?:mente)? )\b
    | \bpor\ favor\b | ¿(?: está\ )? seguro\b | ¿por\ qu[eé]\ no\b
    | eleimiar | gaurdado | eliga | ortro | etiqueda | asosciad | enlance | concidencia | calquiera | coleciones
    | restrici[oó]n | aprovado | tranducción | resteblacer | puedo\ ser | selecionar | recagar | quiebre | nevos
    | introduza | carácteres | car[aá]cter\(es\) | públicada | \b(?: recuperació | sólo | caracter | millon )\b
    | \bla\ (?: siguientes | notas | páginas )\b | \bcom\ la\b | \bó\ seleccione | \bsi,\ elim
    | \besta\ (?: protegida | soportado | permitida | utilizando | seguro | area )\b | \bésta\ página
    """,
    re.IGNORECASE | re.VERBOSE,
)

type Message = tuple[str | None, str, str]


def messages() -> set[Message]:
    """Every message of the catalogs of what is installed: its context, its text, its plural text."""
    found = {
        (entry.msgctxt, entry.msgid, entry.msgid_plural)
        for folder in FOLDERS
        for language in ("en", "es")
        if (path := folder / language / "LC_MESSAGES" / "django.po").exists()
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }
    assert len(found) > 2000
    return found


def shown(message: Message) -> set[str]:
    """What a reader gets for it in the active language, one text for each form that a number asks for."""
    context, single, plural = message
    if plural and context:
        return {translation.npgettext(context, single, plural, number) for number in (0, 1, 2, 1_000_000)}
    if plural:
        return {translation.ngettext(single, plural, number) for number in (0, 1, 2, 1_000_000)}
    return {translation.pgettext(context, single) if context else translation.gettext(single)}


@pytest.mark.parametrize("fault", [INFORMAL, FAULTY], ids=["informal", "faulty"])
def test_no_message_of_what_is_installed_is(fault: re.Pattern[str]) -> None:
    with translation.override("es"):
        texts = {(message[1], text) for message in messages() for text in shown(message) if text not in message}
    assert not sorted(f"{msgid!r}: {text!r}" for msgid, text in texts if fault.search(text))


def test_the_script_of_the_administration_is_formal_too(db: None, client: Client) -> None:
    """It fetches its own catalog, which the project's texts must reach."""
    with translation.override("es"):
        address = reverse("wagtailadmin_javascript_catalog")
    script = client.get(address, headers={"accept-language": "es"}).content.decode()
    catalog = json.loads(re.findall(r"const newcatalog = (\{.*?\});?\n", script, re.DOTALL)[0])
    texts = {
        (msgid, text) for msgid, given in catalog.items() for text in ([given] if isinstance(given, str) else given)
    }
    assert (
        "Write something or type ‘/’ to insert a block",
        "Escriba algo o teclee «/» para insertar un bloque",
    ) in texts
    assert not sorted(pair for pair in texts if INFORMAL.search(pair[1]) or FAULTY.search(pair[1]))


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (Role.INSTRUCTOR, ("", "images/", "images/add/", "documents/multiple/add/", "pages/search/?q=zz", "account/")),
        (Role.ADMINISTRATOR, ("", "users/", "snippets/people/rolegrant/")),
    ],
)
def test_the_pages_of_the_administration_say_usted(db: None, role: Role, addresses: tuple[str, ...]) -> None:
    school = build()
    client = school.client(school.person("SHCP", role))
    for address in addresses:
        page = client.get(f"/es/admin/{address}")
        assert page.status_code == 200, address
        words = re.sub(r"<script.*?</script>|<style.*?</style>", " ", page.content.decode(), flags=re.DOTALL)
        found = re.findall(r'>([^<]+)<|(?:title|label|placeholder)="([^"]+)', words)
        texts = [unescape(text).strip() for pair in found for text in pair]
        assert not [text for text in texts if INFORMAL.search(text)], address


def test_a_page_shows_the_words_of_mexico(db: None) -> None:
    school = build()
    page = (
        school.client(school.person("SHCP", Role.INSTRUCTOR)).get("/es/admin/documents/multiple/add/").content.decode()
    )
    assert "Agregar documentos" in page
    assert "O selecciónelos en su equipo" in page
