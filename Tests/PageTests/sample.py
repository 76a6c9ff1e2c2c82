"""The sales and forecasts of a small shop, whose names would do harm if they were not escaped."""

import csv
import datetime
import json
import math
from dataclasses import dataclass, field
from pathlib import Path

FIRST = datetime.date(2022, 1, 3)
DAYS = 728
HORIZON = 14
#: The number of days of the season.
SEASON = 21
LEVELS = ["q2.5", "q10", "q50", "q90", "q97.5"]

NAMES = {
    "script": "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>",
    "quotes": "\"double\" & 'single' `back` \\ </script>",
    "arabic": "\u202eشاي أخضر ١٠٠ غ",
    "emoji": "Mug 👩‍🍳🍵",
    "long": "Long " + "name " * 99,
    "formula": '=HYPERLINK("http://x.example")',
    **{f"item{n}": f"Tea no. {n}" for n in range(1, 15)},
}
CATEGORIES = ["Tea", "<b>Cups</b>", "Sweets"]


def category(index: int) -> str:
    return CATEGORIES[index % 3]


def day(step: int) -> str:
    return (FIRST + datetime.timedelta(days=step)).isoformat()


def sales(index: int, step: int) -> int:
    week = [3, 4, 5, 6, 8, 9, 2][step % 7]
    year = 1 + 0.4 * math.sin(2 * math.pi * step / 364)
    return round((index % 5 + 2) * week * year + (step * step + 7 * index) % 5)


def stock(index: int) -> tuple[float, float]:
    """The stock of an item on hand and on order: some have too little, others more than enough."""
    return float(index * index * 3), float(index % 3 * 4)


#: The columns of stock.csv, by the keys of the page.
STOCK_COLUMNS = {
    "expected": "expected_demand",
    "safety": "safety_stock",
    "orderUpTo": "order_up_to",
    "reorderPoint": "reorder_point",
    "onHand": "on_hand",
    "onOrder": "on_order",
    "order": "order",
}


def importance(name: str, group: str, increase: float | None) -> dict:
    known = {} if increase is None else {"increase": increase, "standardError": 0.01}
    return {"name": name, "group": group, **known}


#: What `foresight explain` would write, with names that would do harm if they were not escaped.
EXPLANATION = {
    "model": "LSTM",
    "basis": {
        "windows": 128,
        "series": 20,
        "first": "2023-01-02",
        "last": "2023-12-17",
        "areHeldOut": False,
    },
    "error": 0.2,
    "groups": [
        importance("promotions", "promotions", 0.15),
        importance("past sales", "past sales", 0.06),
        importance("calendar", "calendar", 0.005),
        importance("holidays", "holidays", None),
    ],
    "inputs": [
        importance(NAMES["script"], "promotions", 0.15),
        importance("past sales", "past sales", 0.06),
        importance("day of week", "calendar", 0.004),
        importance("GB holidays days until", "holidays", None),
    ],
    "effects": [
        {
            "column": NAMES["script"],
            "settings": [{"number": 0, "isFactor": False}, {"number": 1, "isFactor": False}],
            "means": [21.5, 33.25],
        },
        {
            "column": "price",
            "settings": [{"number": factor, "isFactor": True} for factor in (0.8, 0.9, 1, 1.1)],
            "means": [1234567.5, 1100000, 1000000, 912345],
        },
        {
            "column": "season",
            "settings": [
                {"category": NAMES["quotes"], "isFactor": False},
                {"category": "b", "isFactor": False},
            ],
            "means": [3, 4.5],
        },
    ],
    "tree": {
        "nodes": [
            {
                "mean": 1.02,
                "count": 900,
                "split": {
                    "feature": NAMES["script"],
                    "isFlag": True,
                    "threshold": 0.5,
                    "lower": 1,
                    "upper": 2,
                },
            },
            {
                "mean": 0.9,
                "count": 800,
                "split": {
                    "feature": "last value",
                    "isFlag": False,
                    "threshold": 1.25,
                    "lower": 3,
                    "upper": 4,
                },
            },
            {"mean": 1.8, "count": 100},
            {"mean": 0.75, "count": 600},
            {"mean": 1.3, "count": 200},
        ],
        "fidelity": {"r2": 0.71, "count": 320},
    },
    "linear": {
        "features": [
            {"feature": NAMES["script"], "isFlag": True, "change": 0.8},
            {"feature": "Monday", "isFlag": True, "change": -0.21},
            {"feature": "last value", "isFlag": False, "change": 0.12},
        ],
        "fidelity": {"r2": 0.42, "count": 320},
    },
}


@dataclass
class Sample:
    """The files of the sample, and the forecasts in them by id: [H] for each column."""

    folder: Path
    next: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    past: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    stock: dict[str, dict[str, float]] = field(default_factory=dict)
    #: The rows of season.csv, which the command writes.
    season: list[dict[str, str]] = field(default_factory=list)

    def write(self) -> None:
        self._write("sales.csv", ["unique_id", "ds", "y", "category", "promotion"], self._sales())
        self._write("names.csv", ["unique_id", "description"], [list(item) for item in NAMES.items()])
        self.past = self._forecasts("forecasts.csv", DAYS - HORIZON)
        self.next = self._forecasts("next.csv", DAYS)
        self._write(
            "orders.csv",
            ["item", "day", "units", "price", "order", "customer"],
            [
                [
                    "item1",
                    day(customer * 13 % 600 + order * 9),
                    "2",
                    "3.5",
                    f"o{customer}-{order}",
                    f"c{customer}",
                ]
                for customer in range(60)
                for order in range(1 + customer % 12)
            ],
        )
        (self.folder / "orders.json").write_text(
            '{"identity": "item", "time": "day", "quantity": "units", "price": "price", '
            '"order": "order", "customer": "customer"}'
        )

        (self.folder / "explanation.json").write_text(json.dumps(EXPLANATION))
        self.stock = self._stock()
        self._write("season.csv", ["unique_id", "ds", "y"], self._season_sales())

    def _stock(self) -> dict[str, dict[str, float]]:
        found = {}
        for index, name in enumerate(NAMES):
            expected = sum(self.next[name]["Net"][:7])
            on_hand, on_order = stock(index)
            level = float(math.ceil(expected * 1.25))
            found[name] = {
                "expected": expected,
                "safety": level - expected,
                "orderUpTo": level,
                "reorderPoint": float(math.ceil(expected * 0.4)),
                "onHand": on_hand,
                "onOrder": on_order,
                "order": max(0.0, level - on_hand - on_order),
            }
        self._write(
            "stock.csv",
            ["unique_id", *STOCK_COLUMNS.values()],
            [[name, *(repr(row[key]) for key in STOCK_COLUMNS)] for name, row in found.items()],
        )
        return found

    def _season_sales(self) -> list[list[str]]:
        return [
            [name, day(step), str(sales(index, step))]
            for index, name in enumerate(NAMES.values())
            for step in range(DAYS)
        ]

    def _sales(self) -> list[list[str]]:
        rows = []
        for index, name in enumerate(NAMES):
            for step in range(DAYS + HORIZON):
                value = str(sales(index, step)) if step < DAYS else ""
                promotion = "1" if (step // 7 + index) % 13 == 0 else "0"
                rows.append([name, day(step), value, category(index), promotion])
        return rows

    def _forecasts(self, file: str, first: int) -> dict[str, dict[str, list[float]]]:
        header = ["unique_id", "ds", "Net"] + [f"Net-{level}" for level in LEVELS] + ["Naive"]
        found: dict[str, dict[str, list[float]]] = {}
        rows = []
        for index, name in enumerate(NAMES):
            for step in range(first, first + HORIZON):
                mean = sales(index, step - 364) + 0.25
                numbers = (
                    [mean]
                    + [mean * factor for factor in (0.5, 0.7, 1, 1.3, 1.6)]
                    + [float(sales(index, first - 1))]
                )
                rows.append([name, day(step)] + [repr(number) for number in numbers])
                for column, number in zip(header[2:], numbers, strict=True):
                    found.setdefault(name, {}).setdefault(column, []).append(number)
        self._write(file, header, rows)
        return found

    def _write(self, name: str, header: list[str], rows: list[list[str]]) -> None:
        with (self.folder / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])

    def arguments(self, output: Path) -> list[str]:
        """The arguments of the command that writes the page."""
        folder = self.folder
        return [
            "report",
            str(folder / "sales.csv"),
            "--forecasts",
            str(folder / "forecasts.csv"),
            "--next",
            str(folder / "next.csv"),
            "--names",
            str(folder / "names.csv"),
            "--orders",
            str(folder / "orders.csv"),
            "--schema",
            str(folder / "orders.json"),
            "--explanation",
            str(folder / "explanation.json"),
            "--stock",
            str(folder / "stock.csv"),
            "--static",
            "category",
            "--known",
            "promotion",
            "--country",
            "GB",
            "--title",
            'Sales of <b>"Foo & Sons"</b>',
            "--output",
            str(output),
        ]

    def season_arguments(self, output: Path) -> list[str]:
        """The arguments of the command that writes season.html to a folder."""
        return [
            "season",
            str(self.folder / "season.csv"),
            "--from",
            day(DAYS - SEASON),
            "--to",
            day(DAYS - 1),
            "--category",
            "<b>Tea</b>=*Tea*",
            "--country",
            "GB",
            "--no-network",
            "--baselines",
            "seasonal-naive",
            "--output",
            str(output),
        ]

    def explain_arguments(self, output: Path) -> list[list[str]]:
        """The arguments of the commands that write explanation.html to a folder."""
        sales = str(self.folder / "sales.csv")
        train = ["--network", "mlp", "--hidden-size", "4", "--epochs", "1", "--steps-per-epoch", "5"]
        small = ["--horizon", "7", "--input-length", "14", "--no-combine", "--no-refit", "--no-explain"]
        known = ["--known", "promotion", "--baselines", "none", "--output", str(output / "model")]
        windows = ["--series", "script", "--windows", "16", "--output", str(output)]
        return [
            ["forecast", sales, *train, *small, *known],
            ["explain", str(output / "model"), sales, *windows],
        ]
