"""The folder ../shared beside the checkout: what a test needs of it, and what is said where it is absent."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
ARCHIVE = ROOT.parent / "shared" / "archive"
SPECIFICATION = ROOT.parent / "shared" / "discord" / "openapi.json"

needs_archive = pytest.mark.skipif(
    not ARCHIVE.is_dir(), reason="needs ../shared/archive, which is not beside this checkout"
)
needs_specification = pytest.mark.skipif(
    not SPECIFICATION.is_file(), reason="needs ../shared/discord/openapi.json, which is not beside this checkout"
)
