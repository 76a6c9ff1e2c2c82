"""The libraries of the accuracy benchmark, and the models of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Library:
    title: str
    #: The file of `requirements`.
    environment: str
    #: The module of `accuracy` that forecasts.
    module: str
    models: tuple[str, ...]


@dataclass(frozen=True)
class Options:
    """The options of one run of a model."""

    threads: int
    #: True for a few training steps, to see that everything runs.
    is_quick: bool


LIBRARIES = {
    "statsforecast": Library(
        "statsforecast", "statsforecast", "statsforecast_models", ("SeasonalNaive", "Theta", "AutoETS")
    ),
    "lightgbm": Library("mlforecast", "mlforecast", "lightgbm_models", ("LightGBM",)),
    "neuralforecast": Library(
        "neuralforecast",
        "neuralforecast",
        "neuralforecast_models",
        ("NHITS", "DeepAR", "TFT"),
    ),
    "gluonts": Library("GluonTS", "gluonts", "gluonts_models", ("DeepAR",)),
}
