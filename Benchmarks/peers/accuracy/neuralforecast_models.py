"""NHITS, DeepAR, and TFT of neuralforecast, with its defaults except for the windows of a step.

The input has two horizons, as in its documentation, or the longest season if that is longer. Numbers
that are known ahead are inputs. Series that are too short are padded. NHITS and TFT minimize absolute
errors, so that their forecasts are medians.
"""

import pandas as pd
from neuralforecast import NeuralForecast
from neuralforecast.models import NHITS, TFT, DeepAR

from accuracy.dataset import Dataset
from accuracy.libraries import Options

MODELS = {"NHITS": NHITS, "DeepAR": DeepAR, "TFT": TFT}
#: The windows of a training step. With the default of 1,024, these would train for hours on a CPU.
WINDOWS = {"DeepAR": 128, "TFT": 128}
QUICK_STEPS = 3


def forecast(dataset: Dataset, model: str, options: Options) -> pd.DataFrame:
    known = dataset.numeric_known
    horizon = dataset.set.horizon
    settings = {"windows_batch_size": WINDOWS[model]} if model in WINDOWS else {}
    settings |= {"max_steps": QUICK_STEPS} if options.is_quick else {}
    network = MODELS[model](
        h=horizon,
        input_size=max(2 * horizon, dataset.set.longest_season),
        futr_exog_list=known or None,
        start_padding_enabled=True,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        **settings,
    )
    forecaster = NeuralForecast(models=[network], freq=dataset.set.frequency)
    train = dataset.train(*known)
    train["unique_id"] = train["unique_id"].astype(object)
    forecaster.fit(train)
    future = dataset.future(*known) if known else None
    if future is not None:
        future["unique_id"] = future["unique_id"].astype(object)
    return forecaster.predict(futr_df=future)
