"""A real browser on the real page: `panding ui` on a free port, headless Chromium. Skipped where either is not there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).parents[3]
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]
PATIENCE = 120_000  # ms, on a busy machine
_SETTLED = """() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'
  && !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]')"""


class Visit:
    """A page of the site at one width, with the few gestures the journeys need."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def open(self, path: str = "/") -> Visit:
        self.page.goto(self.address + path)
        self.page.wait_for_selector(".pd-head", timeout=PATIENCE)
        return self.settle()

    def settle(self) -> Visit:
        self.page.wait_for_timeout(250)  # so that a rerun just asked for has begun
        self.page.wait_for_function(_SETTLED, timeout=PATIENCE)
        return self

    def press(self, name: str) -> Visit:
        self.page.get_by_role("button", name=name, exact=False).first.click(timeout=PATIENCE)
        return self.settle()

    def choose(self, text: str) -> Visit:
        self.page.get_by_text(text, exact=True).first.click(timeout=PATIENCE)
        return self.settle()

    def sees(self, words: str) -> Visit:
        """Waits until the page says it; fails where it does not."""
        self.page.get_by_text(words).first.wait_for(timeout=PATIENCE)
        return self.settle()

    def pick(self, label: str, option: str) -> Visit:
        """An option of a select box."""
        box = self.page.get_by_label(label, exact=True).first
        box.click(timeout=PATIENCE)
        box.fill(option)
        self.page.get_by_role("option", name=option).first.click(timeout=PATIENCE)
        return self.settle()

    def download(self, name: str) -> bytes:
        with self.page.expect_download(timeout=PATIENCE) as begun:
            self.page.get_by_role("button", name=name, exact=False).first.click(timeout=PATIENCE)
        return Path(begun.value.path()).read_bytes()

    @property
    def text(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    @property
    def sideways(self) -> int:
        """Pixels by which the page is wider than the window."""
        return int(
            self.page.evaluate(
                "() => Math.max(document.documentElement.scrollWidth,"
                " document.querySelector('[data-testid=stMain]').scrollWidth) - window.innerWidth"
            )
        )


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    pytest.importorskip("playwright.sync_api", reason="没有 playwright")
    if not CHROMIUM:
        pytest.skip("没有 Chromium（可用环境变量 CHROMIUM 指定）")
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from ui.cli import main; main()", "ui", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _ready(server, f"http://localhost:{port}")
    finally:
        server.terminate()
        server.wait(timeout=20)


def _ready(server: subprocess.Popen[Any], address: str) -> str:
    end = time.monotonic() + 90
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return address
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("panding ui did not start")


@pytest.fixture(scope="session")
def browser(address: str) -> Iterator[BrowserContext]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened.new_context(accept_downloads=True)  # one, so that pages share what was loaded
        opened.close()


@pytest.fixture
def visit(browser: BrowserContext, address: str) -> Iterator[Any]:
    """A function from a width to a visit."""
    pages: list[Page] = []

    def at(width: int) -> Visit:
        page = browser.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.set_default_timeout(PATIENCE)
        pages.append(page)
        return Visit(page, address)

    yield at
    for page in pages:
        page.close()
