"""Take the README's pictures: `make screenshots` while `make run` shows fresh demo data."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
WINDOW = {"width": 1200, "height": 900}

# File name, user, address, and the words the picture has in its middle.
PICTURES = [
    ("overblik", "leder", "/overblik/", None),
    ("status", "sagsbehandler", "/projekter/integration/status/2017-11/", "Underrækker 4 af 5"),
    ("godkendelse", "leder", "/projekter/frivillig-oekonomisk-raadgiver/status/2017-11/vis/", None),
    ("notat", "udvalgssekretaer", "/notater/", None),
]


def main() -> None:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-headless-shell")
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, user, address, words in PICTURES:
            page = chromium.new_context(viewport=WINDOW, locale="da-DK", device_scale_factor=1).new_page()
            log_in(page, user)
            page.goto(ADDRESS + address)
            if name == "notat":
                page.get_by_role("main").get_by_role("link", name="2017").first.click()
            if words:
                page.get_by_text(words).evaluate("node => node.scrollIntoView({block: 'center'})")
            page.wait_for_timeout(800)  # charts draw after the page has loaded
            page.screenshot(path=HERE / f"{name}.png")
            page.context.close()
        chromium.close()


def log_in(page: Page, user: str) -> None:
    page.goto(f"{ADDRESS}/konto/log-ind/")
    page.get_by_label("Brugernavn").fill(user)
    page.get_by_label("Adgangskode").fill("demo")
    page.get_by_role("main").get_by_role("button", name="Log ind").click()
    page.wait_for_url(f"{ADDRESS}/")


if __name__ == "__main__":
    sys.exit(main())
