"""Long tables of the smaller data sets: the history, the steps to forecast, and what came."""

from pathlib import Path

import pandas as pd

from accuracy.dataset import KEYS, Dataset
from accuracy.sets import AUS_RETAIL, M4_HOURLY, M4_WEEKLY, PLAN, TABLE, WALMART, DataSet

#: The number of series of `--quick`.
QUICK_SERIES = 12
#: M4's series have no common dates. They all end here.
M4_END = "2018-01-01"


def make_aus_retail(data: Path, directory: Path, is_quick: bool) -> None:
    table = pd.read_csv(data / AUS_RETAIL.files[0], parse_dates=["Month"])
    table = table.rename(columns={"Series ID": "unique_id", "Month": "ds", "Turnover": "y"})
    # Four series ended years ago. Nothing is known of their later turnover.
    lasts = table.groupby("unique_id")["ds"].transform("max")
    table = table[lasts == table["ds"].max()]
    static = table[["unique_id", "State", "Industry"]].drop_duplicates()
    static = static.rename(columns=str.lower)
    write(AUS_RETAIL, directory, table[[*KEYS, "y"]], static, is_quick)


def make_m4(set: DataSet, data: Path, directory: Path, is_quick: bool) -> None:
    wide = pd.read_csv(data / set.files[0], index_col=0)
    if is_quick:
        wide = wide.iloc[:QUICK_SERIES]
    parts = []
    for name, row in wide.iterrows():
        values = row.dropna().to_numpy(float)
        dates = pd.date_range(end=M4_END, periods=len(values), freq=set.frequency)
        parts.append(pd.DataFrame({"unique_id": name, "ds": dates, "y": values}))
    write(set, directory, pd.concat(parts), None, is_quick)


def make_m4_weekly(data: Path, directory: Path, is_quick: bool) -> None:
    make_m4(M4_WEEKLY, data, directory, is_quick)


def make_m4_hourly(data: Path, directory: Path, is_quick: bool) -> None:
    make_m4(M4_HOURLY, data, directory, is_quick)


def make_walmart(data: Path, directory: Path, is_quick: bool) -> None:
    """A series is a department of a store. Weeks without a row have sales of 0, but no score."""
    sales, features, stores = (pd.read_csv(data / file) for file in WALMART.files)
    sales["Date"] = pd.to_datetime(sales["Date"])
    features["Date"] = pd.to_datetime(features["Date"])
    sales["unique_id"] = sales["Store"].astype(str) + "-" + sales["Dept"].astype(str)
    table = sales.rename(columns={"Date": "ds", "Weekly_Sales": "y"})[["Store", *KEYS, "y"]]
    static = sales[["unique_id", "Store", "Dept"]].drop_duplicates().merge(stores, on="Store")
    static.columns = ["unique_id", "store", "department", "type", "size"]
    static[["store", "department"]] = static[["store", "department"]].astype(str)
    # The stores' columns cover the steps to forecast. Missing markdowns are none.
    markdowns = {f"MarkDown{number}": f"markdown{number}" for number in range(1, 6)}
    known = features.rename(columns={"Date": "ds", "IsHoliday": "holiday", **markdowns})
    known = known[["Store", "ds", "holiday", *markdowns.values()]].fillna(0)
    known = known.astype({"Store": str, "holiday": float}).rename(columns={"Store": "store"})
    known = static[["unique_id", "store"]].merge(known, on="store").drop(columns="store")
    write(WALMART, directory, table.drop(columns="Store"), static, is_quick, known)


def write(
    set: DataSet,
    directory: Path,
    table: pd.DataFrame,
    static: pd.DataFrame | None,
    is_quick: bool,
    known: pd.DataFrame | None = None,
) -> None:
    """Splits a long table and writes its parts, and the tables that this package reads."""
    if is_quick:
        table = table[table["unique_id"].isin(table["unique_id"].unique()[:QUICK_SERIES])]
    steps = pd.date_range(end=table["ds"].max(), periods=set.horizon, freq=set.frequency)
    last = steps[0] - pd.tseries.frequencies.to_offset(set.frequency)
    train = filled(table[table["ds"] <= last], last, set.frequency)
    ids = train["unique_id"].unique()
    truth = table[(table["ds"] > last) & table["unique_id"].isin(ids)]
    names = [] if known is None else [name for name in known.columns if name not in KEYS]
    future = pd.MultiIndex.from_product([ids, steps], names=KEYS).to_frame(index=False)
    if known is not None:
        train = train.merge(known, on=KEYS, how="left")
        future = future.merge(known, on=KEYS, how="left")
    if static is None:
        static = pd.DataFrame({"unique_id": ids})
    static = static[static["unique_id"].isin(ids)].set_index("unique_id").loc[ids].reset_index()
    dataset = Dataset(directory, set, names)
    dataset.write(
        **{
            name: encoded(part, ids)
            for name, part in {"train": train, "future": future, "truth": truth, "static": static}.items()
        }
    )
    train.merge(static, on="unique_id").to_csv(directory / TABLE, index=False)
    if names:
        future.to_csv(directory / PLAN, index=False)


def filled(table: pd.DataFrame, last: pd.Timestamp, frequency: str) -> pd.DataFrame:
    """Returns a table with 0 for the missing steps of each series up to a common last one."""
    parts = []
    for name, series in table.groupby("unique_id", sort=False):
        values = series.set_index("ds")["y"]
        dates = pd.date_range(values.index.min(), last, freq=frequency, name="ds")
        parts.append(values.reindex(dates, fill_value=0).reset_index().assign(unique_id=name))
    return pd.concat(parts, ignore_index=True)[[*KEYS, "y"]]


def encoded(table: pd.DataFrame, ids: object) -> pd.DataFrame:
    """Returns a table whose texts are categories; those of the series are in the order of `ids`."""
    table = table.assign(unique_id=pd.Categorical(table["unique_id"], categories=ids))
    for name, column in table.items():
        if not (isinstance(column.dtype, pd.CategoricalDtype) or column.dtype.kind in "ifM"):
            table[name] = column.astype("category")
    return table.sort_values([name for name in KEYS if name in table]).reset_index(drop=True)
