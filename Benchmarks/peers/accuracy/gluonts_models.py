"""DeepAR of GluonTS with its defaults: the mean of 100 sample paths, and 5,000 training steps.

Numbers that are known ahead are inputs, and so are the categories of the series.
"""

import tempfile

import numpy as np
import pandas as pd
import torch
from gluonts.dataset.pandas import PandasDataset
from gluonts.torch import DeepAREstimator

from accuracy.dataset import Dataset
from accuracy.libraries import Options

#: GluonTS's names of frequencies are those of periods.
FREQUENCIES = {"MS": "M", "h": "H"}
QUICK = {"max_epochs": 1, "limit_train_batches": 3}


def forecast(dataset: Dataset, model: str, options: Options) -> pd.DataFrame:
    torch.manual_seed(0)
    horizon, known = dataset.set.horizon, dataset.numeric_known
    frequency = FREQUENCIES.get(dataset.set.frequency, dataset.set.frequency)
    categories = dataset.static().set_index("unique_id").select_dtypes("category")

    def as_dataset(table: pd.DataFrame, future_length: int) -> PandasDataset:
        return PandasDataset.from_long_dataframe(
            table,
            item_id="unique_id",
            timestamp="ds",
            target="y",
            freq=frequency,
            feat_dynamic_real=known,
            static_features=categories if categories.shape[1] else None,
            future_length=future_length,
        )

    train = dataset.train(*known)
    history = ahead = as_dataset(train, 0)
    if known:
        whole = pd.concat([train, dataset.future(*known)]).sort_values(["unique_id", "ds"])
        ahead = as_dataset(whole, horizon)
    trainer = {"accelerator": "cpu", "logger": False, "enable_progress_bar": False}
    trainer |= {"enable_model_summary": False} | (QUICK if options.is_quick else {})
    with tempfile.TemporaryDirectory() as checkpoints:
        estimator = DeepAREstimator(
            freq=frequency,
            prediction_length=horizon,
            num_feat_dynamic_real=len(known),
            num_feat_static_cat=categories.shape[1],
            cardinality=[len(column.cat.categories) for _, column in categories.items()] or None,
            trainer_kwargs=trainer | {"default_root_dir": checkpoints},
        )
        predictor = estimator.train(history)
    # Its own dates are periods, and the same for all series.
    dates = np.sort(dataset.future()["ds"].unique())
    parts = []
    for one in predictor.predict(ahead):
        parts.append(pd.DataFrame({"unique_id": one.item_id, "ds": dates, model: one.mean}))
    return pd.concat(parts, ignore_index=True)
