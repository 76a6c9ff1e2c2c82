"""Scores of point forecasts, the same for all libraries."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from accuracy.dataset import KEYS, Dataset
from accuracy.wrmsse import WEIGHTS, wrmsse


@dataclass(frozen=True)
class Scored:
    """The values to score, in the order of the truth's rows."""

    dataset: Dataset
    truth: pd.DataFrame
    forecast: np.ndarray

    @property
    def errors(self) -> np.ndarray:
        return self.forecast - self.truth["y"].to_numpy(np.float64)


def wape(scored: Scored) -> float:
    """Returns the sum of absolute errors over the sum of absolute values."""
    return float(np.abs(scored.errors).sum() / scored.truth["y"].abs().sum())


def rmse(scored: Scored) -> float:
    """Returns the root of the mean squared error of all values."""
    return float(np.sqrt((scored.errors**2).mean()))


def mase(scored: Scored) -> float:
    """Returns the mean over series of the mean absolute error, over that of the history's seasonal naive
    forecasts one season ahead. Series whose history repeats exactly do not count."""
    scales = seasonal_changes(scored.dataset.train(), scored.dataset.set.naive_season)
    errors = pd.Series(np.abs(scored.errors)).groupby(scored.truth["unique_id"], observed=True).mean()
    ratios = (errors / scales[scales > 0]).dropna()
    return float(ratios.mean())


def seasonal_changes(train: pd.DataFrame, season: int) -> pd.Series:
    """Returns each series' mean absolute change over a season."""
    changes = train.groupby("unique_id", observed=True)["y"].diff(season).abs()
    return changes.groupby(train["unique_id"], observed=True).mean()


def m5_wrmsse(scored: Scored) -> float:
    static, length = scored.dataset.static(), scored.dataset.set.horizon
    # The truth's rows are sorted by series, in the order of `static`, and by day.
    truth = scored.truth["y"].to_numpy(np.float64).reshape(len(static), length)
    with np.load(scored.dataset.directory / WEIGHTS) as file:
        return wrmsse(scored.forecast.reshape(truth.shape), truth, static, file["weights"], file["scales"])


SCORES: dict[str, Callable[[Scored], float]] = {
    "WAPE": wape,
    "RMSE": rmse,
    "MASE": mase,
    "WRMSSE": m5_wrmsse,
}


def bias(scored: Scored) -> float:
    """Returns the sum of the errors over the sum of the values."""
    return float(scored.errors.sum() / scored.truth["y"].sum())


def score(dataset: Dataset, file: Path) -> dict[str, dict[str, float]]:
    """Returns the scores of each model of a table of forecasts: an id, a date, and the models' columns.

    Raises an error that names the first model that lacks a forecast.
    """
    table = pd.read_csv(file, dtype={0: str})
    models = list(table.columns[2:])
    table.columns = [*KEYS, *models]
    table["unique_id"], table["ds"] = table["unique_id"].astype(str), pd.to_datetime(table["ds"])
    truth = dataset.truth()
    keys = truth[KEYS].assign(unique_id=truth["unique_id"].astype(str))
    joined = keys.merge(table, on=KEYS, how="left", validate="one_to_one")
    results = {}
    for model in models:
        forecast = joined[model].to_numpy(np.float64)
        if missing := int((~np.isfinite(forecast)).sum()):
            raise ValueError(f"{missing} of {len(forecast)} forecasts of {model} are missing or not finite")
        scored = Scored(dataset, truth, forecast)
        results[model] = {name: SCORES[name](scored) for name in dataset.set.scores}
        results[model]["bias"] = bias(scored)
    return results
