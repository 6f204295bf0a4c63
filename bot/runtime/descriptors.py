"""How many files the process may have open at once. Connections count as files."""

from contextlib import suppress

from bot.errors import SettingsError

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]  # a module that is not there

LEAST, ENOUGH = 128, 4096
"""The bot at rest has about 25 files open, and each request that it makes or answers needs one more."""


def allow_open_files() -> None:
    """Raise the process's own limit to ENOUGH, as far as the system lets it.

    Raises SettingsError if it allows fewer than LEAST.
    """
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = ENOUGH if hard == resource.RLIM_INFINITY else min(ENOUGH, hard)
    if allowed < LEAST:
        raise SettingsError(
            f"this process may have only {hard} files open at once, and the bot needs {LEAST}: raise the limit, "
            f"as with `ulimit -n {ENOUGH}`"
        )
    if soft != resource.RLIM_INFINITY and soft < allowed:
        with suppress(OSError, ValueError):  # macOS may allow fewer than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
