"""Makes the pictures of the README and the guides from a running demonstration.

python -m tests.pictures http://127.0.0.1:8000 docs/pictures
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PASSWORD = "puente-demo-2026"
OFFICER, MANAGER, APPROVER = (
    "guillermo.herrera@aduanas.example",
    "gestion@aduanas.example",
    "aprobacion@hacienda.example",
)
HOLDER = "josefina.mora@aduanas.example"
AUTHOR = "autora@aduanas.example"
ADMINISTRATOR = "administracion@aduanas.example"
WIDE, PHONE = 1280, 360
SCENES: dict[str, tuple[str, str, str, tuple[int, ...]]] = {
    # name: who, address, what to press there, widths
    "home": ("", "/", "", (WIDE, PHONE)),
    "login": ("", "/account/login/", "", (WIDE,)),
    "verify": ("", "/verify/", "", (WIDE,)),
    "catalog": (OFFICER, "/courses/", "", (WIDE,)),
    "learning": (OFFICER, "/my-learning/", "", (WIDE, PHONE)),
    "my-learning-due": (OFFICER, "/my-learning/", "", (WIDE,)),
    "film": (OFFICER, "/courses/co-101/lesson-4/", "", (WIDE,)),
    "register": (MANAGER, "/manage/certificates/", "", (WIDE,)),
    "design": (AUTHOR, "/manage/certificate-designs/IN/", "", (WIDE,)),
    "sources": (AUTHOR, "/admin/sources/", "", (WIDE,)),
    "course": (OFFICER, "/courses/co-105/", "", (WIDE,)),
    "lesson": (OFFICER, "/courses/co-105/lesson-3/", "", (WIDE, PHONE)),
    "certificate": (HOLDER, "/my-learning/", "main a[href*='/certificates/']", (WIDE,)),
    "board": (MANAGER, "/manage/cohorts/aga-1500/", "", (WIDE, PHONE)),
    "my-sessions": (OFFICER, "/my-learning/sessions/", "", (WIDE, PHONE)),
    "session": (MANAGER, "/manage/cohorts/aga-1500/sessions/", "main .lines a", (WIDE,)),
    "roll": (MANAGER, "/manage/cohorts/aga-1500/sessions/", "roll", (WIDE, PHONE)),
    "reminders": (MANAGER, "/manage/reminders/", "", (WIDE,)),
    "round": (MANAGER, "/manage/rounds/first-round/", "", (WIDE,)),
    "board-office": (MANAGER, "/manage/cohorts/aga-1500/", "main .heat tbody a", (WIDE,)),
    "roster": (MANAGER, "/manage/cohorts/aga-1500/roster/", "roster", (WIDE,)),
    "export": (MANAGER, "/manage/cohorts/aga-1500/export/", "", (WIDE,)),
    "reports": (MANAGER, "/manage/reports/", "", (WIDE,)),
    "report": (MANAGER, "/manage/reports/committee/", "", (WIDE,)),
    "editions": (APPROVER, "/manage/editions/", "", (WIDE,)),
    "edition": (APPROVER, "/manage/editions/", "main .lines a", (WIDE,)),
    "edition-text": (APPROVER, "/manage/editions/1/read/CO-105-L3/", "", (WIDE, PHONE)),
    "admin": (AUTHOR, "/admin/", "", (WIDE,)),
    "parity": (AUTHOR, "/manage/parity/CO/", "", (WIDE,)),
    "editor": (AUTHOR, "/manage/parity/CO/?course=CO-105&kind=lesson", "main tbody a", (WIDE,)),
    "questions": (AUTHOR, "/manage/questions/", "", (WIDE,)),
    "approvals": (APPROVER, "/manage/approvals/", "", (WIDE,)),
    "decision": (APPROVER, "/manage/editions/", "decision", (WIDE,)),
    "people": (ADMINISTRATOR, "/admin/users/", "", (WIDE,)),
    "audit": (ADMINISTRATOR, "/manage/audit/", "", (WIDE,)),
    "quiz": (OFFICER, "/courses/co-101/quiz/", "quiz", (WIDE, PHONE)),
}
TALLEST = 1500
COLORS = 128
ROSTER = """officer_number,given_names,surname_1,surname_2,email,agency,office,position,language
AGA-100001,Guillermo Marco,Herrera,Lara,guillermo.herrera@aduanas.example,AGA,Tijuana,Oficial de comercio exterior,es
AGA-900001,Ximena,Urrutia,Peña,ximena.urrutia@aduanas.example,AGA,Nogales,Verificadora,es
AGA-900002,Bruno,Salgado,,bruno.salgado@aduanas.example,AGA,Nogales,Verificador,es
AGA-900003,Carla,Íñiguez,Rojas,carla.iniguez@aduanas,AGA,Nogales,Verificadora,es
"""


def enter(page: Page, server: str, email: str) -> None:
    page.goto(f"{server}/en/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/account/login/" not in address)


def main(server: str, folder: Path, only: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        pages: dict[str, Page] = {}
        for name, (email, address, press, widths) in SCENES.items():
            if only and name not in only:
                continue
            if email not in pages:
                pages[email] = browser.new_context().new_page()
                if email:
                    enter(pages[email], server, email)
            for language in ("en", "es"):
                for width in widths:
                    shoot(
                        pages[email],
                        f"{server}/{language}{address}",
                        press,
                        width,
                        folder / f"{name}-{language}-{width}.png",
                    )
        browser.close()


def shoot(page: Page, address: str, press: str, width: int, path: Path) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    if press == "roster":
        page.set_input_files(
            "input[type=file]", {"name": "roster.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
        )
        page.click("main form button[type=submit]")
    elif press == "decision":
        page.locator("main .lines a").first.click()
        page.locator("main a[href*='/decision/']").first.click()
    elif press == "roll":
        page.locator("main .lines a").last.click()
        page.locator("main a[href$='/roll/']").click()
    elif press == "quiz":
        begin_quiz(page, address)
    elif press:
        page.locator(press).first.click()
    page.wait_for_load_state("networkidle")
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    data = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    Image.open(BytesIO(data)).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path.name} {page.url}\n")


def begin_quiz(page: Page, address: str) -> None:
    """Complete what is left of the lessons, then begin, or go on."""
    page.goto(address.replace("quiz/", ""))
    for number in range(1, page.locator("main a[href*='/lesson-']").count() + 1):
        page.goto(address.replace("quiz", f"lesson-{number}"))
        if (complete := page.locator("form[action$='/complete/'] button")).count():
            complete.first.click()
            page.wait_for_load_state("networkidle")
    page.goto(address)
    if "/attempts/" not in page.url:
        page.locator("main .button--primary").first.click()
    page.wait_for_url("**/attempts/**")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
