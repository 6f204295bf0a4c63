"""Draws lines as a PNG, as a process: `python -m bot.charts.draw` reads JSON and writes the picture.

A process of its own, as the renderer holds Python's lock for hundreds of milliseconds.
"""

import sys
from importlib.resources import as_file, files

import noto_cjk_sans_otc
import pygal
import resvg_py
from pygal.style import Style

from bot.charts.model import Lines

# pygal's finder of its plugins is of a kind that Python no longer knows: each later import would warn.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

_FAMILY = "Noto Sans CJK KR"
_WIDTH, _HEIGHT = 900, 560
_LEGEND_ROW = 56
_LABELS = 9
"""Months below which each has its label."""
_COLOURS = ("#2368b5", "#d1520b", "#158a64", "#7a3fb0", "#b8860b")
_OWN_STYLE = (
    ".reactive.line { stroke-width: 6 } .legends .reactive, .dots .reactive { fill-opacity: 1 }"
    " .axis .guide.line { stroke: #e4e7eb !important }"
)
"""What pygal styles by selectors that resvg does not know."""
_NAME = 40  # characters of a name in the legend
_GRID = 5

_STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    foreground="#3c424a",
    foreground_strong="#1f2328",
    foreground_subtle="#d5d9df",
    colors=_COLOURS,
    font_family=_FAMILY,
    label_font_size=32,
    major_label_font_size=32,
    legend_font_size=36,
    guide_stroke_color="#e4e7eb",
    major_guide_stroke_color="#e4e7eb",
    guide_stroke_dasharray="",
    major_guide_stroke_dasharray="",
)


def png(lines: Lines) -> bytes:
    """The lines as a picture for a phone: shares in percent, months below, names in the legend."""
    with as_file(files(noto_cjk_sans_otc) / "NotoSansCJK-Regular.ttc") as font:
        drawn: bytes = resvg_py.svg_to_bytes(
            svg_string=svg(lines),
            style_sheet=_OWN_STYLE,
            font_files=[str(font)],
            font_family=_FAMILY,
            skip_system_fonts=True,
        )
    return bytes(drawn)


def svg(lines: Lines) -> str:
    """The same as SVG."""
    most = max((share or 0.0 for line in lines.shares for share in line), default=0.0)
    chart = pygal.Line(
        style=_STYLE,
        width=_WIDTH,
        height=_HEIGHT + _LEGEND_ROW * len(lines.names),
        margin=24,
        dots_size=8,
        range=(0, 100 * most or 1),
        max_scale=_GRID,
        legend_at_bottom=True,
        legend_at_bottom_columns=1,
        legend_box_size=28,
        truncate_legend=_NAME,
        truncate_label=-1,
        x_labels_major_every=-(-len(lines.labels) // _LABELS),
        show_minor_x_labels=False,
        value_formatter="{:.1f}%".format,
        js=(),
        no_prefix=True,
        explicit_size=True,
    )
    chart.x_labels = lines.labels
    for name, shares in zip(lines.names, lines.shares, strict=True):
        chart.add(name, [None if share is None else 100 * share for share in shares])
    return str(chart.render(is_unicode=True))


if __name__ == "__main__":
    sys.stdout.buffer.write(png(Lines.read(sys.stdin.buffer.read())))
