"""One epoch of neuralforecast's LSTM or DeepAR on a table. `ForecastEpoch` does the same with this package.

    python neuralforecast_epoch.py TABLE SETTINGS

SETTINGS is a JSON object of network, horizon, input_length, hidden_size, layers, batch_size and steps.
"""

import json
import logging
import sys
import time
import warnings
from typing import Any

import pandas as pd
from neuralforecast import NeuralForecast
from neuralforecast.losses.pytorch import DistributionLoss, HuberLoss
from neuralforecast.models import LSTM, DeepAR

#: The number of series from which a step draws windows, neuralforecast's default.
SERIES_PER_STEP = 32


def main() -> None:
    logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore")
    settings = json.loads(sys.argv[2])
    rows = pd.read_csv(sys.argv[1], parse_dates=["ds"])
    last = rows["ds"].max() - pd.Timedelta(days=settings["horizon"])
    history, actual = rows[rows["ds"] <= last], rows[rows["ds"] > last]

    model = make_model(settings)
    batches: list[int] = []
    model.hist_encoder.register_forward_pre_hook(lambda _, inputs: batches.append(len(inputs[0])))
    forecaster = NeuralForecast(models=[model], freq="D")
    start = time.perf_counter()
    forecaster.fit(history)
    seconds = time.perf_counter() - start
    # `forecaster` has a copy of the model with the hook, which its forecasts would also call.
    training_batches = tuple(batches)
    forecast = forecaster.predict().merge(actual, on=["unique_id", "ds"])
    error = (forecast[type(model).__name__] - forecast["y"]).abs().mean()
    figures = {
        "steps": str(len(training_batches)),
        "windows a step": "/".join(str(size) for size in sorted(set(training_batches))),
        "MAE of the days after": f"{error:.3f}",
    }
    print(json.dumps({"training_seconds": seconds, "figures": figures}))


def make_model(settings: dict[str, Any]) -> LSTM | DeepAR:
    """Returns the model with this package's loss, rate, and clipping, without other overhead."""
    common = dict(
        h=settings["horizon"],
        input_size=settings["input_length"],
        batch_size=SERIES_PER_STEP,
        windows_batch_size=settings["batch_size"],
        max_steps=settings["steps"],
        learning_rate=0.002,
        gradient_clip_val=1.0,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    if settings["network"] == "deepar":
        return DeepAR(
            lstm_n_layers=settings["layers"],
            lstm_hidden_size=settings["hidden_size"],
            loss=DistributionLoss("NegativeBinomial", level=[], return_params=False),
            **common,
        )
    return LSTM(
        encoder_n_layers=settings["layers"],
        encoder_hidden_size=settings["hidden_size"],
        loss=HuberLoss(),
        **common,
    )


if __name__ == "__main__":
    main()
