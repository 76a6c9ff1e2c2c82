"""Compares an epoch of the forecasting model and of neuralforecast's LSTM and DeepAR, on 1,000 series.

The series have 730 days. Both train for the same number of steps and windows, with an encoder of
the same layers, units, and input length, with the same loss and Adam: the Huber loss, or that of
negative binomial distributions for DeepAR. neuralforecast takes the windows of a step from 32 series,
its default, and its batch size here is `windows_batch_size`. This package takes them from all series.
The other settings differ: neuralforecast's encoder gets only the scaled sales, and its decoder is a
perceptron. This package's encoder also gets the calendar, and its decoder is a perceptron or, in one
comparison, a second LSTM over the horizon. The forecasts of DeepAR are means of 100 paths.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from comparison import compare, made_table, parse_options, publish, python_side, swift_side
from environments import BUILD_DIRECTORY, PEERS_DIRECTORY
from tables import write_daily_table

SERIES, DAYS = 1000, 730


@dataclass(frozen=True)
class Settings:
    """The settings that both sides share."""

    network: str
    input_length: int
    hidden_size: int
    layers: int
    batch_size: int
    steps: int
    horizon: int = 28

    @property
    def options(self) -> list[str]:
        return [
            part
            for name, value in asdict(self).items()
            for part in (f"--{name.replace('_', '-')}", str(value))
        ]

    def __str__(self) -> str:
        return (
            f"{self.steps} steps of {self.batch_size} windows; {self.layers} layers of "
            f"{self.hidden_size} units over {self.input_length} days; horizon {self.horizon}"
        )


FORESIGHT = Settings("lstm", input_length=56, hidden_size=64, layers=1, batch_size=64, steps=50)
#: An epoch uses every series once, 32 at a time.
NEURALFORECAST = Settings("lstm", input_length=84, hidden_size=128, layers=2, batch_size=128, steps=32)
DEEPAR = replace(NEURALFORECAST, network="deepar")

#: The comparisons: the settings, and further options of this package's network.
EPOCHS = {
    "LSTM, Foresight's defaults": (FORESIGHT, []),
    "LSTM, neuralforecast's defaults, a second LSTM as decoder here": (
        NEURALFORECAST,
        ["--decoder", "recurrent"],
    ),
    "LSTM, neuralforecast's defaults, a perceptron as decoder on both sides": (NEURALFORECAST, []),
    "DeepAR, neuralforecast's defaults": (DEEPAR, []),
}


def main() -> None:
    options = parse_options(__doc__.splitlines()[0])
    # The training days, and the days after them on which both are scored.
    days = DAYS + max(settings.horizon for settings, _ in EPOCHS.values())
    table = made_table(
        BUILD_DIRECTORY / f"daily-{SERIES}x{days}.csv",
        lambda file: write_daily_table(file, SERIES, days),
    )
    parts = []
    for title, (settings, further) in EPOCHS.items():
        program = [str(PEERS_DIRECTORY / "epoch" / "neuralforecast_epoch.py")]
        program += [str(table), json.dumps(asdict(settings))]
        peer = python_side("neuralforecast", "neuralforecast", program, options.threads)
        command = ["ForecastEpoch", str(table), *settings.options, *further]
        ours = swift_side(command, options.threads, figures_of)
        parts += [f"{title}: {settings}.", compare(peer, ours, options.rounds)]
    publish("epoch", "\n\n".join(parts), options)


def figures_of(output: str) -> tuple[float, Mapping[str, str]]:
    """Returns the training time and the figures in the output of `ForecastEpoch`."""
    result = json.loads(output)
    return result["trainingSeconds"], {
        "steps": str(result["steps"]),
        "windows a step": str(result["batchSize"]),
        "MAE of the days after": f"{result['meanAbsoluteError']:.3f}",
    }


if __name__ == "__main__":
    main()
