"""Prints the scores of a table of forecasts as a line of JSON: an object for each model column.

python -m accuracy.score DATASET FORECASTS
"""

import argparse
import json
from pathlib import Path

from accuracy.dataset import Dataset
from accuracy.scores import score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("forecasts", type=Path)
    options = parser.parse_args()
    print(json.dumps(score(Dataset.read(options.dataset), options.forecasts)))


if __name__ == "__main__":
    main()
