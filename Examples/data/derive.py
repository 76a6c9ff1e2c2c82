"""Derives the example tables of this folder from the order lines of Online Retail II.

    python derive.py online_retail_II.csv.gz [output folder]

The input is the data set as one CSV: the sheet "Year 2009-2010" followed by the sheet
"Year 2010-2011" of https://archive.ics.uci.edu/dataset/502/online+retail+ii, with the columns
Invoice, StockCode, Description, Quantity, InvoiceDate, Price, Customer ID, Country.
Needs pandas. The same input gives the same bytes.
"""

import sys
from pathlib import Path

import pandas as pd

DAILY_PRODUCTS = 60
RECIPE_PRODUCTS = 120
SAMPLE_PRODUCTS = 30

# Five digits and at most two letters is an article; POST, DOT, M, BANK CHARGES and the like are not.
GOODS = r"\d{5}[A-Z]{0,2}"


def read_order_lines(path: Path) -> pd.DataFrame:
    """The order lines of both sheets, the days that both contain taken from the first only."""
    lines = pd.read_csv(path, dtype={"Invoice": str, "StockCode": str, "Customer ID": str})
    lines["StockCode"] = lines["StockCode"].str.strip().str.upper()
    lines["day"] = lines["InvoiceDate"].str[:10]

    time = lines["InvoiceDate"]
    starts = (time < time.shift()).to_numpy().nonzero()[0]
    assert len(starts) == 1, "expected two sheets, each in the order of time"
    second = lines.index >= starts[0]
    last_of_first = time[~second].iloc[-1]
    return lines[~(second & (time <= last_of_first))]


def is_undone(lines: pd.DataFrame) -> pd.Series:
    """Whether a line was cancelled in full by its customer on the same day: a slip, not demand."""
    key = ["StockCode", "Customer ID", "day", "units"]
    sized = lines.assign(units=lines["Quantity"].abs())
    # The first cancellation of a kind undoes the first order of that kind, and so on.
    sized["turn"] = sized.groupby([*key, "cancelled"], dropna=False).cumcount()
    cancellations = sized.loc[sized["cancelled"] & sized["Customer ID"].notna(), [*key, "turn"]]
    matched = sized.merge(cancellations, on=[*key, "turn"], how="left", indicator=True)
    undone = pd.Series((matched["_merge"] == "both").to_numpy(), index=lines.index)
    return undone & ~lines["cancelled"]


def goods_ordered(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines by which a customer ordered goods, whether or not a price was put down."""
    goods = lines[lines["StockCode"].str.fullmatch(GOODS)]
    goods = goods.assign(cancelled=goods["Invoice"].str.startswith("C"))
    goods = goods[~is_undone(goods)]
    return goods[~goods["cancelled"] & (goods["Quantity"] > 0)]


def most_often_sold(sold: pd.DataFrame, count: int) -> list[str]:
    days = sold.groupby("StockCode")["day"].nunique().reset_index()
    ranked = days.sort_values(["day", "StockCode"], ascending=[False, True])
    return sorted(ranked["StockCode"].head(count))


def daily_units(sold: pd.DataFrame) -> pd.DataFrame:
    chosen = sold[sold["StockCode"].isin(most_often_sold(sold, DAILY_PRODUCTS))]
    units = chosen.groupby(["StockCode", "day"])["Quantity"].sum().reset_index()
    return units.set_axis(["unique_id", "ds", "y"], axis=1)


def descriptions(sold: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    chosen = sold[sold["StockCode"].isin(ids)].dropna(subset="Description")
    counts = chosen.groupby(["StockCode", "Description"]).size().reset_index(name="lines")
    counts = counts.sort_values(["StockCode", "lines", "Description"], ascending=[True, False, True])
    names = counts.drop_duplicates("StockCode")[["StockCode", "Description"]]
    names["Description"] = names["Description"].str.split().str.join(" ").str.capitalize()
    return names.set_axis(["unique_id", "description"], axis=1)


def recipe_rows(ordered: pd.DataFrame) -> pd.DataFrame:
    """One row a product and month, left as uncleaned as the order lines are.

    The frequency is missing where no line names its customer, the price where no line has one.
    """
    sold = ordered[ordered["Price"] > 0]
    chosen = ordered[ordered["StockCode"].isin(most_often_sold(sold, RECIPE_PRODUCTS))]
    chosen = chosen.assign(month=chosen["day"].str[:7], price=chosen["Price"].where(chosen["Price"] > 0))
    months = chosen.groupby(["StockCode", "month"])

    known = chosen.dropna(subset="Customer ID").groupby(["StockCode", "month"])
    frequency = known["Invoice"].nunique() / known["Customer ID"].nunique()
    rows = pd.DataFrame(
        {
            "user_purchase_frequency": frequency.round(4),
            "product_price": months["price"].mean().round(4),
            "sales_quantity": months["Quantity"].sum(),
        }
    )
    rows.index.names = ["product_id", "month"]
    return rows.reset_index()


def sample_of_lines(path: Path) -> pd.DataFrame:
    """Two weeks of the order lines of a few codes, as they stand in the input, doubled lines included."""
    lines = pd.read_csv(path, dtype=str, keep_default_na=False)
    day = lines["InvoiceDate"].str[:10]
    lines = lines[(day >= "2010-11-29") & (day <= "2010-12-12")]
    goods = lines["StockCode"].str.fullmatch(GOODS)
    chosen = lines.loc[goods, "StockCode"].value_counts().sort_index().nlargest(SAMPLE_PRODUCTS).index
    return lines[lines["StockCode"].isin(chosen) | ~goods]


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    output = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).parent
    ordered = goods_ordered(read_order_lines(Path(sys.argv[1])))
    sold = ordered[ordered["Price"] > 0]
    daily = daily_units(sold)
    tables = {
        "online-retail-daily.csv": daily,
        "online-retail-products.csv": descriptions(sold, daily["unique_id"]),
        "online-retail-recipe.csv": recipe_rows(ordered),
    }
    for name, table in tables.items():
        table.to_csv(output / name, index=False, lineterminator="\n")
        print(f"{name}: {len(table)} rows")
    sample = sample_of_lines(Path(sys.argv[1]))
    compression = {"method": "gzip", "mtime": 0}
    name = "online-retail-lines.csv.gz"
    sample.to_csv(output / name, index=False, lineterminator="\n", compression=compression)
    print(f"{name}: {len(sample)} rows")


if __name__ == "__main__":
    main()
