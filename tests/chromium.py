"""Fixtures for tests in a real browser. A page that logs an error, breaks the CSP or calls another host fails its test.

`page` is one visitor; `new_page()` is one more, with cookies of their own. `login(page, user)` makes a visitor a user.
`axe(page)` refuses what a screen reader or a keyboard would stumble on. A test may set its window with
`@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])`.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from tests.papers import running_worker

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
# The shell first: the same engine without a browser's windows around it, and half the processor time.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Milliseconds.
PATIENCE = 30_000
OUTPUT = Path(__file__).parent / "output"
REPORT = pytest.StashKey[pytest.TestReport]()

# Chromium logs a blocked style or script, but not everything the CSP refuses.
REPORT_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`CSP: ${event.effectiveDirective} refused ${event.blockedURI}`))"""

# What moves for ever, as the sign that something is being made, is not waited for.
AT_REST = """() => document.getAnimations().every((animation) =>
    animation.playState !== "running" || animation.effect.getComputedTiming().endTime === Infinity)"""


@dataclass
class Watch:
    """What went wrong behind the visitors' backs. `allow(pattern)` for what a test provokes on purpose."""

    address: str
    problems: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        self.allowed.append(pattern)

    def follow(self, page: Any) -> None:
        page.on("console", lambda message: message.type == "error" and self.problems.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._check_host)

    def unexpected(self) -> list[str]:
        return [problem for problem in self.problems if not any(re.search(regex, problem) for regex in self.allowed)]

    def _check_host(self, request: Any) -> None:
        wanted = urlsplit(request.url)
        if wanted.scheme in {"http", "https", "ws", "wss"} and wanted.netloc != urlsplit(self.address).netloc:
            self.problems.append(f"foreign host: {request.url}")


@pytest.fixture(scope="session")
def worker(django_db_setup: None) -> Iterator[None]:
    """The worker that makes papers, running beside the browser as in production."""
    with running_worker():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[REPORT] = report
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if path is None:
        reason = "Chromium is missing; `make test` installs it"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import expect, sync_playwright

    # The other waits' own limit, for a machine that is busy: what is there is not waited for.
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop lives in this thread, so Django would refuse the tests' own queries.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-quic"])
        yield chromium
        chromium.close()


@pytest.fixture
def viewport() -> dict[str, int]:
    return DESKTOP


@pytest.fixture
def watch(live_server: Any) -> Watch:
    return Watch(live_server.url)


@pytest.fixture
def new_page(
    request: pytest.FixtureRequest, browser: Any, live_server: Any, watch: Watch, viewport: dict[str, int]
) -> Iterator[Callable[..., Any]]:
    contexts = []

    def open_page(**options: Any) -> Any:
        options = {"viewport": viewport, "locale": "da-DK", "timezone_id": "Europe/Copenhagen", **options}
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_VIOLATIONS)
        # Pages the visitor opens in new tabs are followed too.
        context.on("page", watch.follow)
        return context.new_page()

    yield open_page
    report = request.node.stash.get(REPORT, None)
    if report is not None and report.failed:
        _keep_pictures(request.node.name, contexts)
    for context in contexts:
        context.close()
    assert watch.unexpected() == []


def _keep_pictures(name: str, contexts: list[Any]) -> None:
    OUTPUT.mkdir(exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=OUTPUT / f"{re.sub(r'[^a-zA-Z0-9_-]', '-', name)}-{number}.png", full_page=True)


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    return new_page()


@pytest.fixture
def login(live_server: Any) -> Callable[[Any, Any], None]:
    """Return a short cut past the login form. `who` is a user or a user name."""

    def login_as(page: Any, who: Any) -> None:
        user = get_user_model().objects.get(username=who) if isinstance(who, str) else who
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    return login_as


def settle(page: Any) -> None:
    """Wait until the page that is on its way has come whole: its styles are read and its scripts have run.

    A click or a key that leads to another page only sends the browser off. First `expect` something that only the next
    page has, then settle, and then what is measured, or typed into what its scripts follow, meets it as people do.
    """
    page.wait_for_load_state()
    page.wait_for_function(AT_REST)


def overflow(page: Any) -> int:
    """Return how many pixels the page is wider than the window."""
    settle(page)
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.fixture
def axe() -> Callable[[Any], None]:
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Any) -> None:
        settle(page)
        violations = Axe().run(page).response["violations"]
        assert [_in_short(violation) for violation in violations] == []

    return check


def _in_short(violation: dict[str, Any]) -> str:
    places = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']} at {places}"
