import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements-build.txt", "requirements.txt", "requirements-openai.txt", "requirements-dev.txt"]


def normal(requirement: str) -> str:
    """The project's name in a requirement, as PEP 503 compares names."""
    name = re.match(r"[\w.-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def pins(lock: str) -> dict[str, str]:
    """Each pinned project's name and its version."""
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    return {normal(name): version for name, version in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_one_version_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=\S)", re.sub(r"^ *#.*\n?", "", text, flags=re.MULTILINE)):
        assert re.fullmatch(r"[\w.-]+==\S+( ; [^\\]+)?( \\\n +--hash=sha256:[0-9a-f]{64})+\s*", entry), entry


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|^-|index-url|find-links|trusted-host|(?<![\w.])/\w", text, re.MULTILINE)


def test_every_dependency_is_pinned() -> None:
    groups = PROJECT["dependency-groups"]
    assert {normal(each) for each in PROJECT["project"]["dependencies"]} <= pins("requirements.txt").keys()
    extras = PROJECT["project"]["optional-dependencies"]
    assert {normal(each) for each in extras["openai"]} <= pins("requirements-openai.txt").keys()
    assert {normal(each) for each in groups["dev"]} <= pins("requirements-dev.txt").keys()
    assert {normal(each) for each in groups["build"]} == pins("requirements-build.txt").keys()


def test_the_tests_run_on_what_is_shipped() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-openai.txt").items()
    assert pins("requirements-openai.txt").items() <= pins("requirements-dev.txt").items()


def test_the_project_is_built_with_the_pinned_setuptools() -> None:
    assert PROJECT["build-system"]["requires"] == PROJECT["dependency-groups"]["build"]


def test_the_version_is_said_once_in_two_places() -> None:
    source = (ROOT / "bot" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{PROJECT["project"]["version"]}"' in source


def test_every_rule_that_is_off_has_a_reason() -> None:
    section = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.ruff.lint]")[2]
    for line in section.partition("[tool.ruff.lint.isort]")[0].splitlines():
        rules, _, reason = line.partition("#")
        if re.search(r'"[A-Z]+\d*"', rules) and not rules.startswith("select"):
            assert reason.strip(), line


def test_every_noqa_has_its_rule_and_a_reason() -> None:
    for path in sorted(each for room in ("bot", "cogs", "sandbox", "tests") for each in (ROOT / room).rglob("*.py")):
        for line in path.read_text(encoding="utf-8").splitlines():
            _, found, rest = line.partition("# noqa")
            if found and '"# noqa"' not in line:
                assert re.match(r": [A-Z]+\d+(, [A-Z]+\d+)*\s+\S", rest), f"{path.relative_to(ROOT)}: {line.strip()}"


def test_the_image_is_built_from_what_the_build_may_see() -> None:
    seen = {each[1:] for each in (ROOT / ".dockerignore").read_text(encoding="utf-8").split() if each.startswith("!")}
    for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            assert set(line.split()[1:-1]) <= seen, line


def test_the_makefile_knows_its_targets() -> None:
    asked = ["make", "--dry-run", "demo", "test", "lock", "clean", "help", f"PYTHON={sys.executable}"]
    planned = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  our own words
    assert "paperboy demo" in planned.stdout
