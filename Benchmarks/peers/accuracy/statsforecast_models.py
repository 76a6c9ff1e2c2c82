"""AutoETS, Theta, and seasonal naive forecasts of statsforecast."""

import numpy as np
import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import AutoETS, SeasonalNaive, Theta

from accuracy.dataset import Dataset
from accuracy.libraries import Options

MODELS = {"AutoETS": AutoETS, "Theta": Theta, "SeasonalNaive": SeasonalNaive}


def forecast(dataset: Dataset, model: str, options: Options) -> pd.DataFrame:
    naive_season = dataset.set.naive_season
    season = naive_season if model == "SeasonalNaive" else dataset.set.season
    forecaster = StatsForecast(
        [MODELS[model](season_length=season)],
        freq=dataset.set.frequency,
        n_jobs=options.threads,
        fallback_model=SeasonalNaive(naive_season),
    )
    train = dataset.train()
    train["unique_id"] = train["unique_id"].astype(object)
    forecasts = forecaster.forecast(df=train, h=dataset.set.horizon)
    # Series that are shorter than the season, or on which the model fails, keep their last value.
    last = forecasts["unique_id"].map(train.groupby("unique_id")["y"].last())
    forecasts[model] = forecasts[model].where(np.isfinite(forecasts[model]), last)
    return forecasts
