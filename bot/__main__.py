"""The program's door: `paperboy`, and `python -m bot`."""

import sys


def main() -> int:
    """Run the command line. Ctrl+C ends it quietly even while it is still being read."""
    try:
        from bot.cli import main as run  # noqa: PLC0415  reading it takes half a second, in which Ctrl+C may come

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
