"""The sales and forecasts of a small shop, whose names would do harm if they were not escaped."""

import csv
import datetime
import math
from dataclasses import dataclass, field
from pathlib import Path

FIRST = datetime.date(2022, 1, 3)
DAYS = 728
HORIZON = 14
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


@dataclass
class Sample:
    """The files of the sample, and the forecasts in them by id: [H] for each column."""

    folder: Path
    next: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    past: dict[str, dict[str, list[float]]] = field(default_factory=dict)

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
