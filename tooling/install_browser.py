"""Makes sure that the browser tests have a Chromium: one that is there, Playwright's own, or the system's package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = """
No Chromium could be found or installed, and the browser tests need one. Install Chromium with your system's package
manager, or name the program you have: export SMS_CHROMIUM=/path/to/chromium. Then run make test again.
"""


def find() -> str | None:
    """The path of a Chromium: named in SMS_CHROMIUM, on the PATH, or Playwright's own."""
    named = os.environ.get("SMS_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    on_path = next((found for name in SYSTEM if (found := shutil.which(name))), None)
    return on_path or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def main() -> None:
    """Install a browser unless there is one; exit 3 with a clear message where that is impossible."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        attempts += [["apt-get", "update", "-qq"], install]
    for attempt in attempts:
        if find():
            break
        print("No Chromium yet; trying:", " ".join(attempt), flush=True)
        subprocess.run(attempt, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    path = find()
    if path is None:
        print(HELP, file=sys.stderr)
        sys.exit(3)
    print(f"Browser tests use {path}")


if __name__ == "__main__":
    main()
