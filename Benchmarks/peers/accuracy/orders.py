"""Online Retail II as daily sales: the panel of `foresight prepare`, with 0 for closed days."""

from pathlib import Path

import numpy as np
import pandas as pd
from safetensors.numpy import load_file

import foresight
from accuracy.dataset import Dataset
from accuracy.sets import ONLINE_RETAIL, PANEL
from accuracy.tables import encoded

#: The items of `--quick`.
QUICK_ITEMS = "85123A,22423,85099B,84879,47566,20725,22720,20727,21232,22197,POST"


def make_online_retail(data: Path, directory: Path, is_quick: bool) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    command = ["foresight", "prepare", str(data / ONLINE_RETAIL.files[0]), "--preset", "online-retail"]
    command += ["--keep-rows", f"StockCode={QUICK_ITEMS}"] if is_quick else []
    whole, known = directory / "whole.safetensors", directory / PANEL
    foresight.run([*command, "--output", str(whole)], threads=1)
    table = long_table(whole)
    last = table["ds"].max() - pd.Timedelta(days=ONLINE_RETAIL.horizon)
    foresight.run([*command, "--until", last.date().isoformat(), "--output", str(known)], threads=1)
    train = long_table(known)
    ids = train["unique_id"].unique()
    truth = table[(table["ds"] > last) & table["unique_id"].isin(ids)]
    Dataset(directory, ONLINE_RETAIL).write(
        train=encoded(train, ids),
        future=encoded(truth.drop(columns="y"), ids),
        truth=encoded(truth, ids),
        static=encoded(pd.DataFrame({"unique_id": ids}), ids),
    )


def long_table(path: Path) -> pd.DataFrame:
    """Returns a panel as one row per series and day, from the first sale to the panel's last day."""
    panel = load_file(path)
    starts, dates = panel["starts"], panel["dates"].astype("datetime64[D]")
    names, bounds = panel["ids"].tobytes(), panel["idOffsets"]
    parts = []
    for index, values in enumerate(np.split(panel["values"], panel["offsets"][1:-1])):
        steps = dates[starts[index] :]
        sales = np.zeros(len(steps))
        sales[: len(values)] = values
        name = names[bounds[index] : bounds[index + 1]].decode()
        parts.append(pd.DataFrame({"unique_id": name, "ds": steps.astype("datetime64[ns]"), "y": sales}))
    return pd.concat(parts, ignore_index=True)
