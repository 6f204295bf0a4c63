import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = ["bot", "cogs", "page", "sandbox", "seeds"]
EXTRAS = {"charts": "requirements-charts.txt", "openai": "requirements-openai.txt"}
LOCKS = [
    "requirements-build.txt",
    "requirements.txt",
    *EXTRAS.values(),
    "requirements-dev.txt",
    "requirements-bench.txt",
    "requirements-replica.txt",
]


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
    assert extras.keys() == EXTRAS.keys()
    for extra, lock in EXTRAS.items():
        assert {normal(each) for each in extras[extra]} <= pins(lock).keys()
    assert {normal(each) for each in groups["dev"]} <= pins("requirements-dev.txt").keys()
    assert {normal(each) for each in groups["bench"]} <= pins("requirements-bench.txt").keys()
    assert {normal(each) for each in groups["replica"]} <= pins("requirements-replica.txt").keys()
    assert {normal(each) for each in groups["build"]} == pins("requirements-build.txt").keys()


def test_the_tests_run_on_what_is_shipped() -> None:
    for lock in EXTRAS.values():
        assert pins("requirements.txt").items() <= pins(lock).items() <= pins("requirements-dev.txt").items()


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


# -- the wheel


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `pip install .` and the image make, from what the image's build may see."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in (*ROOMS, "pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source)
    build = f"from setuptools import build_meta; build_meta.build_wheel({str(made)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=source, check=True, capture_output=True)  # noqa: S603  our own words
    return next(made.iterdir())


def test_the_wheel_holds_every_file_of_what_it_needs_and_no_other(wheel: Path) -> None:
    tracked = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == tracked
    assert {name for name in held if not name.endswith(".py")} == {
        "bot/py.typed",
        *(
            f"bot/locale/{path.relative_to(ROOT / 'bot' / 'locale').as_posix()}"
            for kind in ("ftl", "toml")
            for path in ROOT.glob(f"bot/locale/*/*.{kind}")
        ),
        *(f"bot/storage/migrations/{path.name}" for path in ROOT.glob("bot/storage/migrations/*.sql")),
        *(path.relative_to(ROOT).as_posix() for path in ROOT.glob("page/static/**/*.*")),
        "seeds/2023/12/05.md",
        "seeds/2024/02/07.md",
        "seeds/2024/02/19.md",
        "seeds/2024/02/20.md",
        "seeds/2024/02/23.md",
    }


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what is in the wheel."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize(
    ("arguments", "end"),
    [
        pytest.param(["demo"], ["That was a morning"], marks=pytest.mark.thorough),
        (["demo", "--live"], ["That was a week", "5 days, 5 editions, each edited once", "they give equal papers"]),
    ],
    ids=["demo", "demo --live"],
)
def test_what_is_installed_plays_both_demos_from_any_folder(
    installed: Path, tmp_path: Path, arguments: list[str], end: list[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-m", "bot", *arguments],
        cwd=elsewhere,
        env={"PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [words for words in end if words not in done.stdout] == []
    assert "Traceback" not in done.stderr
    assert list(elsewhere.iterdir()) == []


def test_the_makefile_knows_its_targets() -> None:
    asked = ["make", "--dry-run", "demo", "test", "lock", "clean", "help", f"PYTHON={sys.executable}"]
    planned = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  our own words
    assert "paperboy demo" in planned.stdout
