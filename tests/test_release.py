"""Whether the commit at hand can be released. `make release-check` runs this after all other tests."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot import __version__

ROOT = Path(__file__).resolve().parents[1]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.release


def run(*command: str, cwd: Path) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_newest_section_of_the_changelog_is_this_version_with_its_date() -> None:
    newest = re.search(r"^## (\S+) - (\d{4}-\d\d-\d\d)$", CHANGELOG, re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__
    assert date.fromisoformat(newest[2]) <= datetime.now(UTC).date()


def test_nothing_is_left_unreleased() -> None:
    assert "## Unreleased" not in CHANGELOG


def test_the_version_has_no_tag_yet_and_all_is_committed() -> None:
    assert run("git", "tag", "--list", f"v{__version__}", cwd=ROOT) == ""
    assert run("git", "status", "--porcelain", cwd=ROOT) == ""


def test_an_installation_by_pip_plays_the_demo_from_another_folder(tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "fresh", cwd=tmp_path)
    pip = (str(tmp_path / "fresh" / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", str(ROOT / "requirements-build.txt"), cwd=tmp_path)
    run(*pip, "--require-hashes", "--no-build-isolation", "-r", str(ROOT / "requirements.txt"), cwd=tmp_path)
    run(*pip, "--no-deps", "--no-build-isolation", str(ROOT), cwd=tmp_path)
    paperboy = str(tmp_path / "fresh" / "bin" / "paperboy")
    assert __version__ in run(paperboy, "--version", cwd=tmp_path)
    assert "That was a morning with Paperboy" in run(paperboy, "demo", cwd=tmp_path)
