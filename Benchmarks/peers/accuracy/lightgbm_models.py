"""LightGBM through mlforecast: one recursive model of all series, with covariates.

Features are lags and rolling means of the frequency's seasons, the calendar, the series' categories,
known columns, and the price relative to the series' mean price. Several ways to treat the target are
tried on the last steps of the history: Tweedie's loss on the values (except for M5, where it is the
only one), and squared errors on values that are standardized by series, with and without
differences. The best one is trained on all of the history.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from lightgbm import LGBMRegressor
from mlforecast import MLForecast
from mlforecast.lag_transforms import RollingMean
from mlforecast.target_transforms import Differences, LocalStandardScaler

from accuracy.dataset import KEYS, Dataset
from accuracy.libraries import Options
from accuracy.scores import seasonal_changes

TREES, LEAVES, QUICK_TREES = 400, {"D": 255}, 10
TWEEDIE, SQUARED = "tweedie", "regression"


@dataclass(frozen=True)
class Features:
    lags: list[int]
    #: Lengths of rolling means of the values up to the last one.
    means: list[int]
    calendar: list[Any]


def week(dates: pd.DatetimeIndex) -> pd.Index:
    return dates.isocalendar().week.to_numpy(np.int32)


FEATURES = {
    "h": Features([1, 2, 3, 23, 24, 25, 48, 72, 167, 168, 169], [24, 168], ["hour", "dayofweek"]),
    "D": Features([1, 7, 14, 28], [7, 28], ["dayofweek", "day", "month"]),
    "W": Features([1, 2, 3, 4, 8, 13, 26, 51, 52, 53], [4, 13, 52], [week, "month"]),
    "M": Features([1, 2, 3, 6, 11, 12, 13, 24], [3, 12], ["month"]),
}


@dataclass(frozen=True)
class Treatment:
    """A loss, and the lags of the differences of the standardized target."""

    objective: str
    differences: tuple[int, ...] = ()

    @property
    def transforms(self) -> list[Any] | None:
        if self.objective == TWEEDIE:
            return None
        steps = [Differences([lag]) for lag in self.differences]
        return [*steps, LocalStandardScaler()]


def forecast(dataset: Dataset, model: str, options: Options) -> pd.DataFrame:
    train, future, static = tables(dataset)
    candidates = list(treatments(dataset, train))
    chosen = candidates[0]
    if len(candidates) > 1:
        errors = validation_errors(dataset, candidates, train, static, options)
        chosen = min(errors, key=errors.__getitem__)
    table = predicted(dataset, chosen, train, future, static, options)
    return table.rename(columns={"LGBMRegressor": model})


def validation_errors(
    dataset: Dataset,
    candidates: list[Treatment],
    train: pd.DataFrame,
    static: list[str],
    options: Options,
) -> dict[Treatment, float]:
    """Returns the errors of the candidates on the last steps of the history, as long as the horizon."""
    last = np.sort(train["ds"].unique())[-1 - dataset.set.horizon]
    fit, held_out = train[train["ds"] <= last], train[train["ds"] > last]
    # Series without history before them cannot be judged.
    held_out = held_out[held_out["unique_id"].isin(fit["unique_id"].unique())]
    ahead = held_out.drop(columns="y")
    return {
        one: validation_error(dataset, predicted(dataset, one, fit, ahead, static, options), held_out, fit)
        for one in candidates
    }


def tables(dataset: Dataset) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Returns the history and the steps to forecast with all columns, and the names of static ones."""
    static = dataset.static()
    train, future = dataset.train(*dataset.known), dataset.future(*dataset.known)
    if "price" in dataset.known:
        means = train.groupby("unique_id", observed=True)["price"].mean()
        for table in (train, future):
            table["price_share"] = table["price"] / table["unique_id"].map(means).astype(np.float32)
    names = [name for name in static.columns if name != "unique_id"]
    if names:
        codes = train["unique_id"].cat.codes.to_numpy()
        static = static.set_index("unique_id").loc[train["unique_id"].cat.categories]
        for name in names:
            train[name] = static[name].take(codes).array
    return train, future, names


def treatments(dataset: Dataset, train: pd.DataFrame) -> Iterator[Treatment]:
    yield Treatment(TWEEDIE)
    if dataset.set.name == "m5":
        return
    yield Treatment(SQUARED)
    shortest = train.groupby("unique_id", observed=True).size().min() - dataset.set.horizon
    season = dataset.set.longest_season
    for lags in ((1,), (season,), (season, 1)):
        if sum(lags) + 1 < shortest:
            yield Treatment(SQUARED, lags)


def predicted(
    dataset: Dataset,
    treatment: Treatment,
    train: pd.DataFrame,
    future: pd.DataFrame,
    static: list[str],
    options: Options,
) -> pd.DataFrame:
    if treatment.objective == TWEEDIE:
        train = train.assign(y=train["y"].clip(lower=0))
    frequency = dataset.set.frequency
    features = FEATURES[frequency[0]]
    regressor = LGBMRegressor(
        n_estimators=QUICK_TREES if options.is_quick else TREES,
        num_leaves=LEAVES.get(frequency, 63),
        learning_rate=0.05,
        n_jobs=options.threads,
        random_state=0,
        verbosity=-1,
        objective=treatment.objective,
        tweedie_variance_power=1.1,
    )
    forecaster = MLForecast(
        models=[regressor],
        freq=frequency,
        lags=features.lags,
        lag_transforms={1: [RollingMean(length, min_samples=1) for length in features.means]},
        date_features=features.calendar,
        target_transforms=treatment.transforms,
        num_threads=options.threads,
    )
    # LightGBM knows missing lags, so that short series need not be left out.
    forecaster.fit(train, static_features=static, dropna=False)
    known = [name for name in future.columns if name not in [*KEYS, *static]]
    return forecaster.predict(dataset.set.horizon, X_df=future[[*KEYS, *known]] if known else None)


def validation_error(
    dataset: Dataset, forecast: pd.DataFrame, held_out: pd.DataFrame, fit: pd.DataFrame
) -> float:
    """Returns the sum of absolute errors, each divided by the series' scale if that is how the set is
    scored."""
    joined = held_out[[*KEYS, "y"]].merge(forecast, on=KEYS)
    errors = (joined["LGBMRegressor"] - joined["y"]).abs()
    if dataset.set.scores[0] == "MASE":
        scales = seasonal_changes(fit, dataset.set.naive_season)
        errors /= joined["unique_id"].map(scales[scales > 0]).astype(np.float64)
    return float(errors.sum())
