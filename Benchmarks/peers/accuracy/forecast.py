"""Writes the forecasts of one model of a library, in the environment of the library.

    python -m accuracy.forecast LIBRARY MODEL DATASET OUTPUT --threads 2

The table has the columns `unique_id`, `ds`, and the model.
"""

import argparse
import importlib
import logging
import warnings
from pathlib import Path

from accuracy.dataset import KEYS, Dataset
from accuracy.libraries import LIBRARIES, Options


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", choices=LIBRARIES)
    parser.add_argument("model")
    parser.add_argument("dataset", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    for name in ("pytorch_lightning", "lightning.pytorch", "lightning"):
        logging.getLogger(name).setLevel(logging.ERROR)
    module = importlib.import_module(f"accuracy.{LIBRARIES[arguments.library].module}")
    options = Options(arguments.threads, arguments.quick)
    table = module.forecast(Dataset.read(arguments.dataset), arguments.model, options)
    table[[*KEYS, arguments.model]].to_csv(arguments.output, index=False)


if __name__ == "__main__":
    main()
