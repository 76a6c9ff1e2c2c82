"""Reads the order lines of Online Retail II and sums them by day and item with pandas.

python pandas_orders.py online_retail_II.csv.gz
"""

import json
import sys
import time

import pandas as pd


def main() -> None:
    start = time.perf_counter()
    lines = pd.read_csv(sys.argv[1], dtype={"Invoice": str, "StockCode": str, "Customer ID": str})
    # The first ten characters of a timestamp are its day, which is faster than parsing it.
    day = lines["InvoiceDate"].str[:10]
    units = lines.groupby([day, "StockCode"])["Quantity"].sum()
    seconds = time.perf_counter() - start
    figures = {
        "lines": str(len(lines)),
        "cancellations": str(lines["Invoice"].str.startswith("C").sum()),
        "lines without customer": str(lines["Customer ID"].isna().sum()),
        "days of items, of all lines": str(len(units)),
    }
    print(json.dumps({"training_seconds": seconds, "figures": figures}))


if __name__ == "__main__":
    main()
