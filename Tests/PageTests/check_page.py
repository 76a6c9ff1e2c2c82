#!/usr/bin/env python3
"""Checks the pages of `foresight report`, `season`, and `explain` in a headless Chromium.

    check_page.py FORESIGHT [--axe AXE.js] [--shots FOLDER]

FORESIGHT is the built command. AXE.js is axe-core, which finds faults of accessibility. --shots saves
pictures of the pages in English and Chinese, light and dark, and wide and narrow.
"""

import argparse
import base64
import csv
import subprocess
import sys
import tempfile
import time
import traceback
import xml.etree.ElementTree as XML
from collections.abc import Callable
from pathlib import Path

from browser import Browser
from sample import CATEGORIES, DAYS, EXPLANATION, HORIZON, NAMES, SEASON, Sample, category, sales

#: The checks of each page, and those of all pages.
CHECKS: dict[str, list[Callable[["Page"], None]]] = {"report": [], "season": [], "explanation": []}


def check(function: Callable[["Page"], None]) -> Callable[["Page"], None]:
    CHECKS["report"].append(function)
    return function


def season_check(function: Callable[["Page"], None]) -> Callable[["Page"], None]:
    CHECKS["season"].append(function)
    return function


def explanation_check(function: Callable[["Page"], None]) -> Callable[["Page"], None]:
    CHECKS["explanation"].append(function)
    return function


def check_of_all(function: Callable[["Page"], None]) -> Callable[["Page"], None]:
    for checks in CHECKS.values():
        checks.append(function)
    return function


class Page:
    """The open page, and the figures that it must show."""

    def __init__(self, browser: Browser, sample: Sample, file: Path, downloads: Path, axe: str) -> None:
        self.browser, self.sample, self.file = browser, sample, file
        self.downloads, self.axe = downloads, axe

    def reopen(self, scheme: str = "light", width: int = 1440) -> None:
        self.browser.resize(width)
        self.browser.prefer(scheme)
        self.browser.open(self.file)
        self.browser.run("localStorage.clear()")

    def choose(self, control: str, value: str) -> None:
        self.browser.run(
            "const one = document.getElementById(arguments[0]); one.value = arguments[1];"
            "one.dispatchEvent(new Event('change'))",
            control,
            value,
        )

    def marks(self, chart: str, line: str) -> dict[int, float]:
        """Returns the data of the path of a line, by step."""
        points = self.browser.run(
            "return document.querySelector(arguments[0]).__data__",
            f"#{chart} [data-line='{line}']",
        )
        return {point["step"]: point["value"] for point in points if point["value"] is not None}

    def rows(self) -> list[dict]:
        """Returns the data of the forecast bars, from top to bottom."""
        return self.browser.run(
            "return [...document.querySelectorAll('#forecast-bars .row')].map(one => one.__data__)"
        )

    def data(self, selector: str) -> list:
        """Returns the data of the elements of a selector."""
        return self.browser.run(
            "return [...document.querySelectorAll(arguments[0])].map(one => one.__data__)", selector
        )

    def click(self, selector: str) -> None:
        self.browser.run("document.querySelector(arguments[0]).click()", selector)

    def text(self, selector: str) -> str:
        return self.browser.run("return document.querySelector(arguments[0]).textContent", selector)

    def download(self, chart: str, kind: str) -> bytes:
        """Returns what a button downloads, without the file: Chromium stops pages with many."""
        text = self.browser.run(
            "return new Promise(resolve => { const download = report.download;"
            "report.download = blob => { report.download = download; const reader = new FileReader();"
            "reader.onload = () => resolve(reader.result); reader.readAsDataURL(blob); };"
            "document.querySelector(`#${arguments[0]} [data-kind=${arguments[1]}]`).click(); })",
            chart,
            kind,
        )
        return base64.b64decode(text.split(",", 1)[1])

    def table(self, chart: str) -> list[list[str]]:
        """Returns the rows of a download."""
        return list(csv.reader(self.download(chart, "csv").decode("utf-8-sig").splitlines()))

    def downloaded_file(self, chart: str, kind: str) -> bytes:
        """Returns the file that a button downloads."""
        file = self.downloads / f"{chart}.{kind}"
        self.browser.run(f"document.querySelector('#{chart} [data-kind={kind}]').click()")
        for _ in range(200):
            if file.exists() and file.stat().st_size > 0:
                return file.read_bytes()
            time.sleep(0.05)
        raise AssertionError(f"{file.name} was not downloaded")


def expect(condition: bool, message: object = "") -> None:
    if not condition:
        raise AssertionError(message)


def expect_close(found: list[float], expected: list[float], what: str) -> None:
    expect(len(found) == len(expected), f"{what}: {len(found)} values, expected {len(expected)}")
    for one, other in zip(found, expected, strict=True):
        expect(abs(one - other) <= 1e-5 * abs(other) + 1e-6, f"{what}: {one}, expected {other}")


@check_of_all
def the_console_is_empty(page: Page) -> None:
    page.reopen()
    expect(page.browser.run("return document.documentElement.classList.contains('scripted')"))


@check
def the_overview_shows_the_sums(page: Page) -> None:
    total = [sum(page.sample.next[name]["Net"][step] for name in NAMES) for step in range(HORIZON)]
    marks = page.marks("overview-chart", "forecast")
    expect(list(marks) == list(range(DAYS, DAYS + HORIZON)), list(marks))
    expect_close(list(marks.values()), total, "forecast")
    actual = page.marks("overview-chart", "actual")
    expected = [sum(sales(index, step) for index in range(len(NAMES))) for step in actual]
    expect_close(list(actual.values()), expected, "actual")
    past = page.marks("overview-chart", "past")
    expected = [sum(page.sample.past[name]["Net"][step] for name in NAMES) for step in range(HORIZON)]
    expect_close(list(past.values()), expected, "past forecast")
    before = page.marks("overview-chart", "last-year")
    expect_close(
        [before[step] for step in marks],
        [sum(sales(index, step - 364) for index in range(len(NAMES))) for step in marks],
        "last year",
    )
    bands = page.browser.run(
        "return [...document.querySelectorAll('#overview-chart .fan')].map(one => one.__data__.length)"
    )
    expect(bands == [HORIZON] * 3, f"bands {bands}")
    kinds = page.browser.run(
        "return [...document.querySelectorAll('#overview-chart .mark')].map(one => one.__data__.kind)"
    )
    expect("promotion" in kinds and "holiday" in kinds, kinds)


@check
def the_tiles_speak_plainly(page: Page) -> None:
    text = page.text("#headline")
    total = sum(sum(page.sample.next[name]["Net"]) for name in NAMES)
    before = sum(
        sales(index, step - 364) for index in range(len(NAMES)) for step in range(DAYS, DAYS + HORIZON)
    )
    expect(f"{round(total):,}" in text, text)
    expect(f"{(total / before - 1) * 100:.1f}%" in text, text)


@check
def bars_show_categories_and_their_items(page: Page) -> None:
    rows = page.rows()
    expect(sorted(row["name"] for row in rows) == sorted(CATEGORIES), rows)
    for row in rows:
        members = [name for index, name in enumerate(NAMES) if category(index) == row["name"]]
        expect_close(
            [row["value"]], [sum(sum(page.sample.next[name]["Net"]) for name in members)], row["name"]
        )
        expect(row["low"] <= row["value"] <= row["high"] and row["low"] < row["high"], row)
    expect(rows == sorted(rows, key=lambda row: -row["value"]), "sorted by forecast")
    # A click on a category shows its items, and its sum in the overview.
    page.browser.run(
        "[...document.querySelectorAll('#forecast-bars .row')].find(one => one.__data__.name === "
        "arguments[0]).dispatchEvent(new MouseEvent('click'))",
        CATEGORIES[0],
    )
    members = [name for index, name in enumerate(NAMES) if category(index) == CATEGORIES[0]]
    rows = page.rows()
    expect(sorted(row["name"] for row in rows) == sorted(NAMES[name] for name in members), rows)
    expect(page.text("#overview-chart h3") == CATEGORIES[0])
    expect_close(
        list(page.marks("overview-chart", "forecast").values()),
        [sum(page.sample.next[name]["Net"][step] for name in members) for step in range(HORIZON)],
        "forecast of the category",
    )
    for row in rows:
        name = next(one for one in members if NAMES[one] == row["name"])
        expect_close([row["value"]], [sum(page.sample.next[name]["Net"])], name)


@check
def sorting_and_periods_change_the_bars(page: Page) -> None:
    page.choose("sort", "name")
    names = [row["name"] for row in page.rows()]
    expected = page.browser.run("return arguments[0].sort((a, b) => a.localeCompare(b, 'en'))", names)
    expect(names == expected, names)
    page.choose("period", "0")
    name = next(one for one in NAMES if NAMES[one] == names[0])
    expect_close([page.rows()[0]["value"]], [sum(page.sample.next[name]["Net"][:7])], "first week")
    periods = page.browser.run(
        "return [...document.querySelectorAll('#forecast-periods .column')].map(one => "
        "one.__data__.values[0].value)"
    )
    members = [name for index, name in enumerate(NAMES) if category(index) == CATEGORIES[0]]
    expect_close(
        periods,
        [sum(sum(page.sample.next[one]["Net"][start : start + 7]) for one in members) for start in (0, 7)],
        "periods",
    )
    page.choose("period", "-1")
    page.choose("by", "-1")
    expect(len(page.rows()) == 12, "the first items")
    page.browser.run("document.querySelector('#forecast-bars .more').click()")
    expect(len(page.rows()) == len(NAMES), "all items")


@check
def choosing_an_item_shows_its_sales(page: Page) -> None:
    # With the keyboard.
    page.browser.run(
        "[...document.querySelectorAll('#forecast-bars .row')].find(one => one.__data__.name === "
        "arguments[0]).focus()",
        NAMES["emoji"],
    )
    page.browser.press("Enter")
    expect(NAMES["emoji"] in page.text("#series-chart h3"))
    expect_close(
        list(page.marks("series-chart", "forecast").values()),
        page.sample.next["emoji"]["Net"],
        "forecast of the item",
    )
    band = page.browser.run(
        "return document.querySelector('#series-chart [data-band]').__data__.map(one => one.low)"
    )
    expect_close(band, page.sample.next["emoji"]["Net-q2.5"], "lower bound")
    chosen = [row["name"] for row in page.rows() if row.get("isChosen")]
    expect(chosen == [NAMES["emoji"]], chosen)


@check
def search_finds_series(page: Page) -> None:
    page.browser.run("document.getElementById('search').focus()")
    page.browser.type("no. 1")
    found = page.browser.run(
        "return [...document.querySelectorAll('#matches li bdi:first-child')].map(one => one.textContent)"
    )
    expect(found == [f"Tea no. {n}" for n in (1, 10, 11, 12, 13, 14)] or len(found) == 6, found)
    page.browser.press("ArrowDown")
    chosen = page.browser.run("return document.querySelector('#matches [aria-selected=true]').textContent")
    page.browser.press("Enter")
    expect(page.text("#series-chart h3 bdi") in chosen, chosen)
    expect(page.browser.run("return document.getElementById('matches').hidden"))


@check
def the_pointer_and_the_keys_read_values(page: Page) -> None:
    page.browser.run(
        "document.querySelector('#overview-chart svg').scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    box = page.browser.run(
        "const box = document.querySelector('#overview-chart .line-chart').getBoundingClientRect();"
        "return [box.left, box.top, box.width, box.height]"
    )
    page.browser.move_mouse(box[0] + box[2] - 13, box[1] + box[3] / 2)
    tip = page.text(".tip")
    expect(not page.browser.run("return document.querySelector('.tip').hidden"), "no tip")
    expect("2024" in tip and "Forecast (Net)" in tip and "80%" in tip, tip)
    page.browser.run("document.querySelector('#overview-chart .line-chart').focus()")
    page.browser.press("End")
    page.browser.press("ArrowLeft")
    spoken = page.text("#announcement")
    expect(spoken.startswith("Sat, 13 Jan 2024") and "Forecast (Net)" in spoken, spoken)


@check
def zoom_changes_the_time_shown(page: Page) -> None:
    page.browser.run("document.querySelector('[data-range=all]').click()")
    expect(page.browser.run("return report.state.range") == [0, DAYS + HORIZON - 1])
    page.browser.run("document.querySelector('[data-range=weeks4]').click()")
    expect(page.browser.run("return report.state.range")[0] == DAYS - 28)
    box = page.browser.run(
        "const one = document.querySelector('#overview-chart .line-chart');"
        "one.scrollIntoView({block: 'center', behavior: 'instant'});"
        "const box = one.getBoundingClientRect(); return [box.left, box.top, box.width, box.height]"
    )
    middle = box[1] + box[3] / 2
    page.browser.move_mouse(box[0] + box[2] * 0.3, middle)
    page.browser.move_mouse(box[0] + box[2] * 0.3, middle, "mousePressed", True)
    page.browser.move_mouse(box[0] + box[2] * 0.6, middle, pressed=True)
    page.browser.move_mouse(box[0] + box[2] * 0.6, middle, "mouseReleased", True)
    first, last = page.browser.run("return report.state.range")
    expect(DAYS - 28 < first < last < DAYS + HORIZON - 1, (first, last))
    thumb = "overview-from"
    page.browser.run(
        "const one = document.getElementById(arguments[0]); one.value = 5;"
        "one.dispatchEvent(new Event('input'))",
        thumb,
    )
    expect(page.browser.run("return report.state.range")[0] == 5)


@check_of_all
def every_chart_has_marks_and_downloads(page: Page) -> None:
    page.reopen()
    charts = page.browser.run("return [...document.querySelectorAll('figure.card')].map(one => one.id)")
    expect(len(charts) >= 5, charts)
    tables = page.browser.run("return [...document.querySelectorAll('.of-table')].map(one => one.id)")
    for chart in charts:
        count = page.browser.run(
            "return [...document.querySelectorAll('#' + arguments[0] + ' .chart *')]"
            ".filter(one => one.__data__ !== undefined).length",
            chart,
        )
        expect(count > 0, f"{chart} has no marks")
        table = page.download(chart, "csv").decode("utf-8-sig")
        rows = list(csv.reader(table.splitlines()))
        expect(len(rows) > 1 and len({len(row) for row in rows}) == 1, f"{chart}.csv: {rows[:3]}")
        if chart in tables:
            continue
        drawing = XML.fromstring(page.download(chart, "svg"))
        expect(drawing.tag == "{http://www.w3.org/2000/svg}svg", chart)
        expect("var(" not in XML.tostring(drawing, "unicode"), f"{chart}.svg has variables")
        picture = page.download(chart, "png")
        expect(picture.startswith(b"\x89PNG") and len(picture) > 3000, f"{chart}.png")


@check
def the_download_is_a_file(page: Page) -> None:
    rows = list(csv.reader(page.downloaded_file("overview-chart", "csv").decode("utf-8-sig").splitlines()))
    total = [sum(page.sample.next[name]["Net"][step] for name in NAMES) for step in range(HORIZON)]
    column = rows[0].index("Forecast (Net)")
    expect_close([float(row[column]) for row in rows[-HORIZON:]], total, "CSV")


@check
def formulas_are_harmless_in_spreadsheets(page: Page) -> None:
    page.choose("by", "-1")
    table = page.download("forecast-bars", "csv").decode("utf-8-sig")
    names = [row[1] for row in csv.reader(table.splitlines())]
    expect("'" + NAMES["formula"] in names, names)


@check
def errors_are_those_of_the_forecasts(page: Page) -> None:
    bars = page.browser.run(
        "return [...document.querySelectorAll('#error-steps .column')].map(one => one.__data__.values"
        ".map(value => value.value))"
    )
    expect(len(bars) == HORIZON, len(bars))
    for step, (found, baseline) in enumerate(bars):
        actual = {name: sales(index, DAYS - HORIZON + step) for index, name in enumerate(NAMES)}
        for column, value in (("Net", found), ("Naive", baseline)):
            error = sum(abs(page.sample.past[name][column][step] - actual[name]) for name in NAMES)
            expect_close([value], [error / sum(actual.values())], f"{column} at {step}")
    for level, share in page.browser.run(
        "return report.data.accuracy.calibration.map(one => [one.level, one.share])"
    ):
        column = f"Net-q{level * 100:g}"
        below = sum(
            sales(index, DAYS - HORIZON + step) <= page.sample.past[name][column][step] + 1e-9
            for index, name in enumerate(NAMES)
            for step in range(HORIZON)
        )
        expect_close([share], [below / (len(NAMES) * HORIZON)], column)


@check
def customers_are_counted(page: Page) -> None:
    bars = page.browser.run(
        "return [...document.querySelectorAll('#frequencies .column')].map(one => "
        "[one.__data__.key, one.__data__.values[0].value])"
    )
    counts = dict(bars)
    # 60 customers with 1 to 12 orders each, five of each number.
    expect([counts[str(n)] for n in range(1, 10)] == [5] * 9, counts)
    expect(counts["10–14"] == 15, counts)
    expect(sum(counts.values()) == 60, counts)


@check
def hostile_names_stay_text(page: Page) -> None:
    expect(page.browser.run("return window.hacked === undefined"), "a name ran as code")
    expect(page.text("h1") == 'Sales of <b>"Foo & Sons"</b>')
    for name in NAMES.values():
        page.browser.run(
            "report.set({ series: report.data.series.findIndex(row => row.name === arguments[0]) })",
            name,
        )
        expect(page.text("#series-chart h3 bdi") == name, name)
        width = page.browser.run("return document.documentElement.scrollWidth - innerWidth")
        expect(width <= 0, f"{name[:20]} makes the page {width} too wide")
    expect(
        page.browser.run("return document.querySelectorAll('main img, main b:not([class])').length") <= 0
        or page.browser.run("return document.querySelector('main img') === null")
    )


@check
def the_drivers_are_those_of_the_explanation(page: Page) -> None:
    page.reopen()
    for chart, key in (("driver-groups", "groups"), ("driver-inputs", "inputs")):
        known = [one for one in EXPLANATION[key] if "increase" in one]
        rows = page.data(f"#{chart} .row")
        expect_close([row["value"] for row in rows], [one["increase"] for one in known], chart)
        expect_close([row["low"] for row in rows], [one["increase"] - 0.02 for one in known], chart)
        expect([row["style"] for row in rows][-1] == "unclear", "an increase within its error")
    lead = page.text("#drivers .lead")
    expect("promotions: without this, the forecast of one item would be off by 35.0%" in lead, lead)
    expect("past sales (26.0% without this)" in lead, lead)
    expect("Not judged" in page.text("#drivers") and "was trained on these" in page.text("#drivers"))
    for place, effect in enumerate(EXPLANATION["effects"]):
        columns = page.data(f"#effect-{place} .column")
        expect_close([one["values"][0]["value"] for one in columns], effect["means"], effect["column"])
    expect("33.3 per day with it and 21.5 per day without it (+55%)" in page.text("#effect-0 .hint"))
    names = page.browser.run(
        "return [...document.querySelectorAll('#effect-1 .column .tick')].map(one => one.textContent)"
    )
    expect(names == ["80%", "90%", "100%", "110%"], names)
    expect(NAMES["script"] in page.table("effect-0")[0], "the column of the download")
    # A question comes before its answers, the one that is true first.
    answers = page.data("#tree .answer")
    expect_close([one["mean"] for one in answers], [1.02, 1.8, 0.9, 1.3, 0.75], "answers")
    expect([one["depth"] for one in answers] == [0, 1, 1, 2, 2], answers)
    expect(answers[1]["text"] == NAMES["script"] and answers[3]["text"] == "last sales above 1.25", answers)
    bars = page.data("#tree .answer .bar")
    expect([one["count"] for one in bars] == [100, 200, 600], bars)
    expect("71% of the differences" in page.text("#tree .hint") and "R² 0.71" in page.text("#tree .hint"))
    expect("only" not in page.text("#tree .hint") and "hint only" in page.text("#linear .hint"))
    expect_close([row["value"] for row in page.data("#linear .row")], [0.8, -0.21, 0.12], "linear")


@check
def the_stock_is_that_of_the_table(page: Page) -> None:
    stock = page.sample.stock
    shown = page.data("#stock-table tbody tr")
    expect(len(shown) == len(NAMES), len(shown))
    for row in shown:
        known = stock[row["id"]]
        expect(row["name"] == NAMES[row["id"]], row)
        expect_close([row[key] for key in known], list(known.values()), row["id"])
        total = known["onHand"] + known["onOrder"]
        risk = "beforeArrival" if total < known["reorderPoint"] else "covered"
        risk = "withoutOrder" if known["reorderPoint"] <= total < known["expected"] else risk
        expect(row["risk"] == risk, f"{row['id']} is {row['risk']}, expected {risk}")
    marks = page.browser.run("return [...document.querySelectorAll('.risk')].map(one => one.className)")
    expect(marks == [f"risk {row['risk']}" for row in shown], marks)
    expect(set(row["risk"] for row in shown) == {"beforeArrival", "withoutOrder", "covered"}, marks)
    count = sum(row["risk"] == "beforeArrival" for row in shown)
    expect(page.text("#stock .tile .figure") == str(count), "the number at risk")
    ordered = round(sum(row["order"] for row in stock.values()))
    expect(f"{ordered:,}" in page.text("#stock .tile:nth-child(3) .figure"), "the units to order")


@check
def the_stock_can_be_sorted(page: Page) -> None:
    def order(key: str) -> list:
        return [row[key] for row in page.data("#stock-table tbody tr")]

    def direction(key: str) -> str:
        return page.browser.run(
            "return document.querySelector(arguments[0]).closest('th').getAttribute('aria-sort')",
            f"[data-sort={key}]",
        )

    expect(order("order") == sorted(order("order"), reverse=True) and direction("order") == "descending")
    for key in ("onHand", "reorderPoint"):
        page.click(f"[data-sort={key}]")
        expect(order(key) == sorted(order(key), reverse=True) and direction(key) == "descending", key)
        expect(direction("order") == "none", "two columns are marked")
        page.click(f"[data-sort={key}]")
        expect(order(key) == sorted(order(key)) and direction(key) == "ascending", key)
    # With the keyboard, which stays on the button.
    page.browser.run("document.querySelector('#stock-table [data-sort=name]').focus()")
    page.browser.run("document.activeElement.click()")
    expect(page.browser.run("return document.activeElement.dataset.sort") == "name")
    names = order("name")
    expected = page.browser.run(
        "return arguments[0].sort(new Intl.Collator('en', {numeric: true}).compare)", names
    )
    expect(names == expected and direction("name") == "ascending", names)
    page.choose("stock-filter", "risk")
    expect(set(order("risk")) == {"beforeArrival", "withoutOrder"}, order("risk"))
    rows = page.table("stock-table")
    expect(len(rows) == 1 + len(order("id")), "the download has the rows that are shown")
    known = page.sample.stock[rows[1][0]]
    expect_close([float(rows[1][rows[0].index("Order")])], [known["order"]], "order")
    expect(rows[1][rows[0].index("Risk")] in ("May run out before delivery", "Runs out without an order"))
    page.choose("stock-filter", "all")
    expect("'" + NAMES["formula"] in [row[1] for row in page.table("stock-table")], "formulas")
    # The name of an item shows its sales.
    page.click("#stock-table tbody .link")
    expect(page.text("#series-chart h3 bdi") == order("name")[0])


@check_of_all
def labels_of_axes_are_not_clipped(page: Page) -> None:
    for width in (1440, 390):
        page.reopen(width=width)
        clipped = page.browser.run(
            "return [...document.querySelectorAll('figure svg text')].map(one => {"
            "const [, , width] = one.ownerSVGElement.getAttribute('viewBox').split(' ').map(Number);"
            "const box = one.getBoundingClientRect();"
            "const all = one.ownerSVGElement.getBoundingClientRect();"
            "return [one.closest('figure').id, one.textContent, box.left - all.left, "
            "width - (box.right - all.left)]; })"
            ".filter(([, text, left, right]) => text && (left < -1 || right < -1))"
        )
        expect(not clipped, f"{width}: {clipped[:5]}")


@check
def names_of_tables_and_rules_stay_text(page: Page) -> None:
    page.reopen()
    expect(page.browser.run("return window.hacked === undefined"), "a name ran as code")
    for selector in ("#stock-table", "#drivers"):
        expect(page.browser.run("return !document.querySelector(`${arguments[0]} img`)", selector), selector)
    for language in ("en", "zh"):
        page.choose("language", language)
        names = page.browser.run(
            "return [...document.querySelectorAll('#stock-table .link')].map(one => one.title)"
        )
        expect(sorted(names) == sorted(NAMES.values()), names)
    page.choose("language", "en")


@season_check
def the_season_is_that_of_its_table(page: Page) -> None:
    page.reopen()
    rows = {(row["level"], row["id"]): row for row in page.sample.season}
    total = rows["Total", "Total"]
    expect(f"{round(float(total['forecast'])):,}" in page.text("#headline .figure"), "the forecast")
    expect(f"{round(float(total['actual'])):,}" in page.text("#headline"), "what was sold")
    marks = page.marks("overview-chart", "forecast")
    expect(list(marks) == list(range(DAYS - SEASON, DAYS)), list(marks))
    expect_close([sum(marks.values())], [float(total["forecast"])], "sum of the season")
    actual = page.marks("overview-chart", "actual")
    expect_close(
        [actual[step] for step in marks],
        [sum(sales(index, step) for index in range(len(NAMES))) for step in marks],
        "actual",
    )
    shown = page.data("#level-0 tbody tr")
    expect(sorted(row["id"] for row in shown) == ["<b>Tea</b>", "Other"], shown)
    for row in shown + page.data("#item-table tbody tr"):
        known = rows["category" if row in shown else "Series", row["id"]]
        for key, column in (("forecast", "forecast"), ("lastYear", "last_year"), ("actual", "actual")):
            expect_close([row[key]], [float(known[column])], f"{row['id'][:20]} {key}")
    bars = page.data("#growth-0 .row")
    expected = [
        float(rows["category", bar["key"]]["forecast"]) / float(rows["category", bar["key"]]["last_year"]) - 1
        for bar in bars
    ]
    expect_close([bar["value"] for bar in bars], expected, "growth")
    page.click("#item-table [data-sort=forecast]")
    order = [row["forecast"] for row in page.data("#item-table tbody tr")]
    expect(order == sorted(order, reverse=True), order)
    table = page.table("level-0")
    expect(len(table) == 3 and len(table[0]) == len(table[1]), table)


@season_check
def the_season_speaks_chinese(page: Page) -> None:
    page.choose("language", "zh")
    expect(page.browser.run("return document.documentElement.lang") == "zh-Hans")
    for selector, text in (("#summary", "销售季"), ("#items h2", "应备货"), ("#check h2", "实际销量")):
        expect(text in page.text(selector), page.text(selector))
    expect("of the" not in page.text("#report"), page.text("#report"))
    page.choose("language", "en")


@season_check
def the_season_has_no_other_sections(page: Page) -> None:
    found = page.browser.run("return [...document.querySelectorAll('main > section')].map(one => one.id)")
    expect(found == ["headline", "overview", "categories", "items", "holidays", "check"], found)


@explanation_check
def the_explanation_is_that_of_its_tables(page: Page) -> None:
    page.reopen()
    found = page.browser.run("return [...document.querySelectorAll('main > section')].map(one => one.id)")
    expect(found == ["drivers", "contributions"], found)
    lines = [page.marks("contribution-forecast", line) for line in ("forecast", "baseline")]
    means = page.browser.run("return report.data.contributions.inputs.map(one => one.mean)")
    count = len(lines[0])
    difference = sum(lines[0].values()) - sum(lines[1].values())
    expect(abs(sum(means) * count - difference) < 1e-3 * sum(lines[0].values()), (means, difference))
    expect(page.data("#effect-0 .column") and "promotion" in page.text("#effect-0 h3"), "the promotion")
    page.choose("language", "zh")
    expect("预测主要取决于什么" in page.text("#drivers h2"))
    page.choose("language", "en")


@check_of_all
def all_texts_are_there(page: Page) -> None:
    page.reopen()
    page.choose("language", "zh")
    expect(page.browser.run("return document.documentElement.lang") == "zh-Hans")
    words = page.browser.run(
        "const found = []; const walk = document.createTreeWalker(document.getElementById('report'),"
        " NodeFilter.SHOW_TEXT); while (walk.nextNode()) found.push(walk.currentNode.textContent);"
        "return found.join('|')"
    )
    expect("undefined" not in words and "null" not in words and "NaN" not in words, words[:2000])
    keys = page.browser.run(
        "const keys = one => Object.entries(one).flatMap(([key, value]) => typeof value === 'object'"
        " ? keys(value).map(rest => `${key}.${rest}`) : [key]).sort();"
        "return [keys(report.texts.en).join(), keys(report.texts.zh).join()]"
    )
    expect(keys[0] == keys[1], "the languages have different texts")
    page.choose("language", "en")


@check
def the_language_can_be_changed(page: Page) -> None:
    page.choose("language", "zh")
    sections = (("overview", "销售趋势与预测"), ("drivers", "预测主要取决于什么"), ("stock", "备货建议"))
    for section, text in sections:
        expect(text in page.text(f"#{section} h2"), section)
    expect("到货前可能售罄" in page.text("#stock-table") and "促销" in page.text("#drivers .lead"))
    page.choose("language", "en")
    expect(page.text("#overview h2") == "Sales and forecast")


@check_of_all
def colors_can_be_changed(page: Page) -> None:
    background = "return getComputedStyle(document.body).backgroundColor"
    light = page.browser.run(background)
    page.choose("theme", "dark")
    expect(page.browser.run(background) != light)
    page.choose("theme", "light")
    expect(page.browser.run(background) == light)
    page.choose("theme", "auto")


@check
def long_charts_are_drawn_on_a_canvas(page: Page) -> None:
    # Copies of the values stand for a long calendar.
    canvases = page.browser.run(
        "const body = document.querySelector('#overview-chart .chart');"
        "const values = d3.range(report.data.stepCount).map(step => step % 100);"
        "const lines = d3.range(8).map(n => ({ key: 'line' + n, name: 'n', style: 'actual', values }));"
        "const box = report.element('div'); body.append(box);"
        "let range = [0, report.data.stepCount - 1];"
        "const redraw = report.lineChart(box, { label: '', lines, bands: [], events: [], shades: [],"
        " range: () => range });"
        "const many = box.querySelectorAll('canvas').length; range = [0, 99]; redraw();"
        "const few = box.querySelectorAll('canvas').length; box.remove(); return [many, few]"
    )
    expect(canvases == [1, 0], canvases)


@check_of_all
def the_page_fits_small_screens(page: Page) -> None:
    for language in ("en", "zh"):
        page.reopen(width=390)
        page.choose("language", language)
        width = page.browser.run("return document.documentElement.scrollWidth")
        expect(width <= 390, f"{width} pixels wide in {language}")


@check_of_all
def it_prints_on_a4(page: Page) -> None:
    page.reopen()
    printed = page.browser.pdf()
    expect(printed.startswith(b"%PDF") and len(printed) > 20_000)


@check_of_all
def it_is_accessible(page: Page) -> None:
    if not page.axe:
        print("  axe-core is not there: accessibility is not checked", file=sys.stderr)
        return
    for scheme, language in (("light", "en"), ("dark", "zh")):
        page.reopen(scheme)
        page.choose("language", language)
        page.browser.run(page.axe + "; window.axe = axe;")
        faults = page.browser.run(
            "return axe.run(document).then(result => result.violations.map(one => [one.impact, one.id,"
            " one.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + ' ' + node.failureSummary)]))"
        )
        serious = [fault for fault in faults if fault[0] in ("serious", "critical")]
        expect(not serious, serious)
        for fault in faults:
            print(f"  {scheme} {language}: {fault}", file=sys.stderr)


def take_pictures(page: Page, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for scheme, language in (("light", "en"), ("dark", "en"), ("light", "zh"), ("dark", "zh")):
        for width in (1440, 390):
            page.reopen(scheme, width)
            page.choose("language", language)
            time.sleep(0.3)
            page.browser.run("document.activeElement.blur(); scrollTo(0, 0)")
            page.browser.screenshot(folder / f"{page.file.stem}-{language}-{scheme}-{width}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("foresight", type=Path)
    parser.add_argument("--axe", type=Path)
    parser.add_argument("--shots", type=Path)
    options = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        sample = Sample(folder)
        sample.write()
        files = write_pages(options.foresight.resolve(), sample)
        axe = options.axe.read_text() if options.axe else ""
        downloads = folder / "downloads"
        downloads.mkdir()
        browser = Browser(downloads)
        try:
            for name, file in files.items():
                page = Page(browser, sample, file, downloads, axe)
                failures += sum(not passes(function, name, page) for function in CHECKS[name])
                if options.shots:
                    take_pictures(page, options.shots)
        finally:
            browser.close()
    raise SystemExit(1 if failures else 0)


def write_pages(foresight: Path, sample: Sample) -> dict[str, Path]:
    """Writes the pages with the command, and returns their files."""
    folder = sample.folder
    commands = [
        sample.arguments(folder / "report.html"),
        sample.season_arguments(folder / "season"),
        *sample.explain_arguments(folder / "explanation"),
    ]
    (folder / "explanation").mkdir()
    for command in commands:
        written = subprocess.run([str(foresight), *command], capture_output=True, text=True, check=False)
        if written.returncode != 0:
            raise SystemExit(f"foresight {command[0]} failed: {written.stderr}")
    with (folder / "season" / "season.csv").open(newline="", encoding="utf-8") as file:
        sample.season = list(csv.DictReader(file))
    return {
        "report": folder / "report.html",
        "season": folder / "season" / "season.html",
        "explanation": folder / "explanation" / "explanation.html",
    }


def passes(function: Callable[[Page], None], name: str, page: Page) -> bool:
    """Runs a check, and prints its result. One failure does not end the run."""
    try:
        function(page)
        messages = page.browser.console()
        expect(not messages, f"console: {messages}")
        print(f"ok    {name}: {function.__name__}", flush=True)
        return True
    except Exception as error:
        print(f"FAILS {name}: {function.__name__}: {error}", flush=True)
        if not isinstance(error, AssertionError):
            traceback.print_exc()
        return False


if __name__ == "__main__":
    main()
