"""A data set as a directory: one long table per part, which all libraries read.

The parts are arrays of NumPy, which load in the same time with every version of pandas. Texts are
numbers of a list of names.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from accuracy.sets import SETS, DataSet

KEYS = ["unique_id", "ds"]


@dataclass(frozen=True)
class Dataset:
    """The tables of a data set.

    `train` has `unique_id`, `ds`, `y`, and the known columns, without gaps up to the same last step
    for all series. `future` has the known columns of the steps to forecast, and `static` a row for
    each series. `truth` is for scores only.
    """

    directory: Path
    set: DataSet
    known: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, directory: Path) -> "Dataset":
        settings = json.loads((directory / "settings.json").read_text())
        return cls(directory, SETS[settings["set"]], settings["known"])

    def write(self, **parts: pd.DataFrame) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        for name, table in parts.items():
            write_table(self.directory / f"{name}.npz", table)
        settings = {"set": self.set.name, "known": self.known}
        (self.directory / "settings.json").write_text(json.dumps(settings))

    def train(self, *columns: str) -> pd.DataFrame:
        return read_table(self.directory / "train.npz", [*KEYS, "y", *columns])

    def truth(self) -> pd.DataFrame:
        return read_table(self.directory / "truth.npz")

    def static(self) -> pd.DataFrame:
        return read_table(self.directory / "static.npz")

    def future(self, *columns: str) -> pd.DataFrame:
        return read_table(self.directory / "future.npz", [*KEYS, *columns])

    @property
    def numeric_known(self) -> list[str]:
        future = self.future(*self.known) if self.known else pd.DataFrame()
        return [name for name in self.known if future[name].dtype != "category"]


def write_table(path: Path, table: pd.DataFrame) -> None:
    arrays: dict[str, Any] = {}
    for name, column in table.items():
        if isinstance(column.dtype, pd.CategoricalDtype):
            arrays[name] = column.cat.codes.to_numpy(np.int32)
            arrays[f"{name}.names"] = np.array(column.cat.categories, dtype=str)
        elif pd.api.types.is_datetime64_dtype(column.dtype):
            arrays[name] = column.to_numpy("datetime64[s]")
        else:
            arrays[name] = column.to_numpy()
    np.savez(path, **arrays)


def read_table(path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    with np.load(path) as arrays:
        names = columns or [name for name in arrays.files if not name.endswith(".names")]
        return pd.DataFrame({name: column_of(arrays, name) for name in names}, copy=False)


def column_of(arrays: Any, name: str) -> Any:
    values = arrays[name]
    if f"{name}.names" in arrays.files:
        return pd.Categorical.from_codes(values, arrays[f"{name}.names"].astype(object))
    return pd.DatetimeIndex(values.astype("datetime64[ns]")) if values.dtype.kind == "M" else values
