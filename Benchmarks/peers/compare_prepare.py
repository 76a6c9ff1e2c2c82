"""Compares `foresight prepare` with pandas, on all of Online Retail II and of M5.

pandas reads the same files and sums the order lines by day and item, or melts the wide table of M5.
It does not clean, join, or write anything. Foresight runs the complete command: it drops lines by
rules, joins M5's prices, events, and SNAP days, looks for outliers, stock-outs, and closed days,
and writes the panel and its report.

The datasets are not part of the package: `--data` names the directory that contains them.
"""

import json
import tempfile
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from comparison import Side, compare, option_parser, publish, python_side, swift_side
from environments import PACKAGE_DIRECTORY, PEERS_DIRECTORY

ORDER_LINES = "online_retail/online_retail_II.csv.gz"
M5_TABLES = ["m5/sales_d1495_d1941.csv.gz", "m5/calendar.csv", "m5/sell_prices.csv.gz"]
ALONE = "reading and reshaping alone"


def main() -> None:
    parser = option_parser(__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=PACKAGE_DIRECTORY / "../shared/data")
    options = parser.parse_args()
    parts = []
    with tempfile.TemporaryDirectory() as directory:
        for title, compared in {"Online Retail II": orders, "M5": m5}.items():
            if (sides := compared(options, Path(directory))) is None:
                print(f"{title} is not in {options.data}, and is left out.")
                continue
            parts += [f"{title}:", compare(*sides, options.rounds, ALONE)]
    if not parts:
        raise SystemExit("There is no data; --data names the directory that contains it.")
    publish("prepare", "\n\n".join(parts), options)


def orders(options: Namespace, directory: Path) -> tuple[Side, Side] | None:
    """Compares both sides on the order lines; None if there is no data."""
    file = options.data / ORDER_LINES
    if not file.exists():
        return None

    def figures(report: Mapping[str, Any]) -> Mapping[str, str]:
        lines = report["orders"]
        return {
            "lines": str(lines["rowsRead"]),
            "cancellations": str(lines["counts"]["cancellations"]),
            "lines without customer": str(lines["counts"]["withoutCustomer"]),
        }

    ours = foresight_side([str(file), "--preset", "online-retail"], directory, options, figures)
    return pandas_side("pandas_orders.py", [file], options), ours


def m5(options: Namespace, directory: Path) -> tuple[Side, Side] | None:
    """Compares both sides on M5; None if there is no data."""
    files = [(options.data / name).resolve() for name in M5_TABLES]
    if not all(file.exists() for file in files):
        return None
    schema = directory / "m5.json"
    schema.write_text(json.dumps(m5_schema(calendar=str(files[1]), prices=str(files[2]))))

    def figures(report: Mapping[str, Any]) -> Mapping[str, str]:
        calendar, prices = report["tables"]
        return {
            "series": str(report["values"]["rowsRead"]),
            "values": str(report["values"]["valuesRead"]),
            "units": f"{report['quality']['units']:.0f}",
            "days of the calendar": str(calendar["rowsRead"]),
            "prices": str(prices["rowsRead"]),
        }

    ours = foresight_side([str(files[0]), "--schema", str(schema)], directory, options, figures)
    return pandas_side("pandas_m5.py", files, options), ours


def m5_schema(calendar: str, prices: str) -> Mapping[str, Any]:
    """Returns the schema of M5."""

    def known(kind: str, *columns: str) -> list[Mapping[str, str]]:
        return [{"column": column, "role": "known", "kind": kind} for column in columns]

    events = [f"event_{part}_{number}" for number in (1, 2) for part in ("name", "type")]
    return {
        "identity": "id",
        "steps": {"first": "d_1495", "date": "2015-03-03"},
        "levels": ["item_id", "dept_id", "cat_id", "store_id", "state_id"],
        "tables": [
            {
                "source": calendar,
                "time": "date",
                "covariates": known("categorical", *events)
                + known("numeric", "snap_CA", "snap_TX", "snap_WI"),
            },
            {
                "source": prices,
                "keys": ["store_id", "item_id"],
                "period": {"column": "wm_yr_wk", "source": calendar, "date": "date"},
                "covariates": known("numeric", "sell_price"),
            },
        ],
    }


def pandas_side(program: str, files: list[Path], options: Namespace) -> Side:
    command = [str(PEERS_DIRECTORY / "prepare" / program), *map(str, files)]
    return python_side("pandas", "pandas", command, options.threads)


def foresight_side(arguments: list[str], directory: Path, options: Namespace, figures) -> Side:
    panel, report = directory / "panel.safetensors", directory / "report.json"
    command = ["foresight", "prepare", *arguments, "--output", str(panel), "--report", str(report)]
    # The whole command is timed, since no part of it can be timed separately.
    return swift_side(command, options.threads, lambda _: (None, figures(json.loads(report.read_text()))))


if __name__ == "__main__":
    main()
