#!/usr/bin/env python3
"""From the lines that `compare` printed to the plots and the table of docs/benchmarks.md.

    bench/plot.py RESULTS.jsonl… docs/benchmarks   writes three SVG files there and the table to standard output
"""
import json
import math
import pathlib
import sys

COLOURS = {"convene": "#0b6e4f", "cbc-weighted": "#b23a48", "cbc-in-turn": "#e07a1f", "glpk": "#5b5f97",
           "random-rounds": "#8d8d8d", "genetic": "#b58db6"}
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 420, 70, 50, 40, 150


class Axes:
    """A plot with two axes, each logarithmic or not."""

    def __init__(self, title, x_name, y_name, x_range, y_range, log_x, log_y):
        self.x_range, self.y_range, self.log = x_range, y_range, (log_x, log_y)
        self.parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
                      'font-family="sans-serif" font-size="12">',
                      '<rect width="100%" height="100%" fill="white"/>',
                      f'<text x="{LEFT}" y="22" font-size="15">{title}</text>',
                      f'<text x="{(WIDTH - RIGHT + LEFT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{x_name}</text>',
                      f'<text transform="translate(16 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">{y_name}</text>']
        for value in self.ticks(x_range, log_x):
            x = self.x(value)
            self.parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>'
                              f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{value:g}</text>')
        for value in self.ticks(y_range, log_y):
            y = self.y(value)
            self.parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
                              f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
        self.named = []

    @staticmethod
    def ticks(span, log):
        if log:
            low, high = math.floor(math.log10(span[0])), math.ceil(math.log10(span[1]))
            return [10.0 ** e for e in range(low, high + 1) if span[0] <= 10.0 ** e <= span[1]]
        return [span[0] + (span[1] - span[0]) * i / 5 for i in range(6)]

    def place(self, value, span, log):
        if log:
            return (math.log(value) - math.log(span[0])) / (math.log(span[1]) - math.log(span[0]))
        return (value - span[0]) / (span[1] - span[0])

    def x(self, value):
        return LEFT + self.place(value, self.x_range, self.log[0]) * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        return HEIGHT - BOTTOM - self.place(value, self.y_range, self.log[1]) * (HEIGHT - BOTTOM - TOP)

    def name(self, text, colour):
        if text in self.named:
            return
        y = TOP + 14 + 18 * len(self.named)
        self.named.append(text)
        self.parts.append(f'<circle cx="{WIDTH - RIGHT + 16}" cy="{y - 4}" r="5" fill="{colour}"/>'
                          f'<text x="{WIDTH - RIGHT + 28}" y="{y}">{text}</text>')

    def dot(self, x, y, colour, hollow=False):
        fill = "white" if hollow else colour
        self.parts.append(f'<circle cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="4" fill="{fill}" stroke="{colour}" '
                          'stroke-width="1.5"/>')

    def line(self, points, colour, dash=""):
        path = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8" '
                          f'stroke-dasharray="{dash}"/>')

    def write(self, path):
        pathlib.Path(path).write_text("\n".join(self.parts) + "\n</svg>\n")


def to_best(run):
    """Seconds until the plan that was the best in the end stood."""
    for moment in run["moments"]:
        if moment["best"] == run["best"]:
            return moment["wall_s"]
    return run["wall_s"]


def plot_times(runs, path):
    axes = Axes("Time to proof (dots) and to the best plan (line, convene); hollow: no proof in time", "participants",
                "seconds", (20, 30000), (0.001, 200), True, True)
    for run in runs:
        if run["method"] in ("convene", "cbc-weighted", "cbc-in-turn", "glpk"):
            colour = COLOURS[run["method"]]
            axes.name(run["method"], colour)
            axes.dot(run["people"], max(run["wall_s"], 0.001), colour, run["status"] != "optimal")
    best = {}
    for run in runs:
        if run["method"] == "convene":
            best.setdefault(run["people"], []).append(max(to_best(run), 0.001))
    axes.line([(size, sorted(times)[len(times) // 2]) for size, times in sorted(best.items())], COLOURS["convene"])
    axes.write(path)


def plot_memory(runs, path):
    runs = [run for run in runs if run["method"] in ("convene", "cbc-weighted", "cbc-in-turn")]
    axes = Axes("Peak memory of the whole process", "participants", "MB", (20, 30000), (10, 3000), True, True)
    for run in runs:
        axes.name(run["method"], COLOURS[run["method"]])
        axes.dot(run["people"], run["peak_mb"], COLOURS[run["method"]])
    axes.write(path)


def plot_gap(runs, cohort, path):
    runs = [run for run in runs if run["cohort"] == cohort]
    most = max(run["best"]["placed"] for run in runs)
    axes = Axes(f"Participants placed (line) and bound (dashed) over time: {cohort}", "seconds",
                "participants", (0.001, 200), (math.floor(most * 0.5), math.ceil(most * 1.2)), True, False)
    for run in runs:
        colour = COLOURS[run["method"]]
        axes.name(run["method"], colour)
        for key, dash in (("best", ""), ("bound", "5 4")):
            points = []
            for moment in run["moments"]:
                if key not in moment:
                    continue
                value = min(max(moment[key]["placed"], math.floor(most * 0.5)), math.ceil(most * 1.2))
                x = max(moment["wall_s"], 0.001)
                if points:
                    points.append((x, points[-1][1]))
                points.append((x, value))
            if points:
                points.append((max(run["wall_s"], points[-1][0]), points[-1][1]))
                axes.line(points, colour, dash)
    axes.write(path)


def print_table(runs):
    cohorts = list(dict.fromkeys(run["cohort"] for run in runs))
    by = {(run["cohort"], run["method"]): run for run in runs}

    def cell(run):
        if run is None:
            return "–"
        return f'{run["wall_s"]:.3g}' if run["status"] == "optimal" else f'> {run["wall_s"]:.3g}'

    print("| cohort | placed / if-needed | convene | of processors | first plan | memory | CBC, weighted | CBC, O1 then O2 | the quicker one is slower by |")
    print("|---|---|---|---|---|---|---|---|---|")
    ratios = []
    for cohort in cohorts:
        own = by.get((cohort, "convene"))
        if own is None:
            continue
        others = [by[key] for key in ((cohort, "cbc-weighted"), (cohort, "cbc-in-turn")) if key in by]
        ratio = ""
        if len(others) == 2:
            value = min(run["wall_s"] for run in others) / own["wall_s"]
            ratios.append(value)
            unproven = all(run["status"] != "optimal" for run in others)
            ratio = f'{"> " if unproven else ""}{value:.1f}'
        best = f'{own["best"]["placed"]} / {own["best"]["if_needed"]}'
        first = f'{own["moments"][0]["cpu_s"] * 1000:.0f} ms'
        print(f'| {cohort} | {best} | {cell(own)} | {own["cpu_s"]:.3g} | {first} | {own["peak_mb"]:.0f} MB | '
              f'{cell(by.get((cohort, "cbc-weighted")))} | {cell(by.get((cohort, "cbc-in-turn")))} | {ratio} |')
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"\nGeometric mean over {len(ratios)} cohorts: {mean:.1f}; the least is {min(ratios):.1f}.")
    print("\n| cohort | method | answer | placed / if-needed | seconds |\n|---|---|---|---|---|")
    for run in runs:
        if run["method"] in ("glpk", "random-rounds", "genetic"):
            print(f'| {run["cohort"]} | {run["method"]} | {run["status"]} | '
                  f'{run["best"]["placed"]} / {run["best"]["if_needed"]} | {run["wall_s"]:.3g} |')


def main(arguments):
    if len(arguments) < 2 or arguments[0].startswith("-"):
        sys.exit(__doc__)
    *files, folder = arguments
    runs = [json.loads(line) for name in files for line in pathlib.Path(name).read_text().splitlines()]
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    plot_times(runs, folder / "time.svg")
    plot_memory(runs, folder / "memory.svg")
    for cohort in ("100-dst", "1000"):
        if any(run["cohort"] == cohort for run in runs):
            plot_gap(runs, cohort, folder / f"gap-{cohort}.svg")
    print_table(runs)


main(sys.argv[1:])
