"""M5: the sales with prices, events, and SNAP days, and the weights and scales of its score."""

from pathlib import Path

import numpy as np
import pandas as pd

from accuracy.dataset import Dataset
from accuracy.sets import M5, QUICK_DATA
from accuracy.wrmsse import WEIGHTS, weights_and_scales

FIRST_DATE = pd.Timestamp("2011-01-29")
#: The last day of the history whose official weights and scales are in the data.
OFFICIAL = 1913
STATIC = ["item_id", "dept_id", "cat_id", "store_id", "state_id"]
EVENTS = ["event_name_1", "event_type_1", "event_name_2"]
QUICK_SERIES = 40


def make_m5(data: Path, directory: Path, is_quick: bool, origin: int = OFFICIAL) -> None:
    """Writes the 28 days after a day, and the days before it from each series' first sale on."""
    sales, calendar, prices = (pd.read_csv(data / file) for file in M5.files)
    if is_quick:
        sales = sales.iloc[:: len(sales) // QUICK_SERIES].reset_index(drop=True)
        write_quick_data(directory / QUICK_DATA, data, sales)
    days = [int(name[2:]) for name in sales.columns if name.startswith("d_")]
    days = [day for day in days if day <= origin + M5.horizon]
    if len(days) == 0 or days[-1] != origin + M5.horizon:
        raise SystemExit(f"the sales end before d_{origin + M5.horizon}")
    matrix = sales[[f"d_{day}" for day in days]].to_numpy(np.float32)
    price = price_matrix(sales, calendar, prices, days)
    static = sales[["id", *STATIC]].rename(columns={"id": "unique_id"})
    static = static.apply(lambda column: pd.Categorical(column, categories=column.unique()))

    history = len(days) - M5.horizon
    sold = matrix[:, :history] > 0
    # A series without a sale keeps its last 28 days.
    starts = np.where(sold.any(axis=1), sold.argmax(axis=1), history - M5.horizon)
    columns = known_columns(sales, calendar, price, days)
    from_start = np.arange(len(days)) >= starts[:, None]
    parts = {}
    for name, steps in {"train": slice(0, history), "future": slice(history, None)}.items():
        rows, positions = np.nonzero(from_start[:, steps])
        positions += steps.start
        table = {
            "unique_id": pd.Categorical.from_codes(rows, static["unique_id"].cat.categories),
            "ds": np.array([date_of(day) for day in days], "datetime64[ns]")[positions],
            "y": matrix[rows, positions],
        }
        for column, values in columns.items():
            if isinstance(values, pd.Categorical):  # of each day
                table[column] = values[positions]
            else:
                table[column] = values[rows, positions]
        parts[name] = pd.DataFrame(table)
    truth = parts["future"][["unique_id", "ds", "y"]]
    future = parts["future"].drop(columns="y")
    Dataset(directory, M5, list(columns)).write(
        train=parts["train"], future=future, truth=truth, static=static
    )
    weights, scales = weights_and_scales(static, matrix[:, :history], price[:, :history])
    if not is_quick:
        # The scales count from d_1, and the sales before d_1495 are not in the data.
        scales = pd.read_csv(data / "m5/wrmsse_train_mse.csv.gz").iloc[:, 0].to_numpy()
        if origin == OFFICIAL:
            weights = pd.read_csv(data / "m5/wrmsse_weights.csv.gz").iloc[:, 0].to_numpy() * 12
    np.savez(directory / WEIGHTS, weights=weights, scales=scales)


def date_of(day: int) -> np.datetime64:
    return np.datetime64(FIRST_DATE + pd.Timedelta(days=day - 1))


def price_matrix(
    sales: pd.DataFrame, calendar: pd.DataFrame, prices: pd.DataFrame, days: list[int]
) -> np.ndarray:
    """Returns the price of each series on each day, NaN where it has none."""
    weeks = calendar.set_index("d")["wm_yr_wk"].loc[[f"d_{day}" for day in days]].to_numpy()
    wide = prices[prices["wm_yr_wk"].isin(weeks)].pivot(
        index=["store_id", "item_id"], columns="wm_yr_wk", values="sell_price"
    )
    wide = wide.reindex(pd.MultiIndex.from_frame(sales[["store_id", "item_id"]]))
    return wide[weeks].to_numpy(np.float32)


def known_columns(
    sales: pd.DataFrame, calendar: pd.DataFrame, price: np.ndarray, days: list[int]
) -> dict[str, np.ndarray | pd.Categorical]:
    """Returns what is known ahead: the price, SNAP in the series' state, and the events of each day."""
    rows = calendar.set_index("d").loc[[f"d_{day}" for day in days]]
    snap = rows[[f"snap_{state}" for state in sales["state_id"]]].to_numpy(np.float32).T
    # A price before the first one is that one. The last price lasts.
    filled = pd.DataFrame(price).ffill(axis=1).bfill(axis=1).to_numpy(np.float32)
    events = {name: pd.Categorical(rows[name].fillna("none")) for name in EVENTS}
    return {"price": filled, "snap": snap, **events}


def write_quick_data(directory: Path, data: Path, sales: pd.DataFrame) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    sales.to_csv(directory / "sales_d.csv", index=False)
    for file in M5.files[1:]:
        link = directory / Path(file).name
        link.unlink(missing_ok=True)
        link.symlink_to((data / file).resolve())
