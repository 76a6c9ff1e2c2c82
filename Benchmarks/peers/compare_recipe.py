"""Compares the recipe of Examples/SalesRecipe with Keras, on 10,000 rows and 100 epochs."""

import re
from collections.abc import Mapping

from comparison import compare, made_table, parse_options, publish, python_side, swift_side
from environments import BUILD_DIRECTORY, PEERS_DIRECTORY
from tables import write_recipe_table

ROWS, EPOCHS = 10_000, 100


def main() -> None:
    options = parse_options(__doc__)
    table = made_table(BUILD_DIRECTORY / f"recipe-{ROWS}.csv", lambda file: write_recipe_table(file, ROWS))
    arguments = [str(table), str(EPOCHS)]
    program = str(PEERS_DIRECTORY / "recipe" / "keras_recipe.py")
    keras = python_side("Keras", "tensorflow", [program, *arguments], options.threads)
    ours = swift_side(["SalesRecipe", *arguments], options.threads, figures_of)
    publish("recipe", compare(keras, ours, options.rounds), options)


def figures_of(output: str) -> tuple[float, Mapping[str, str]]:
    """Returns the training time and the figures in the output of the example."""

    def find(pattern: str) -> str:
        found = re.search(pattern, output)
        if found is None:
            raise SystemExit(f"SalesRecipe did not print {pattern!r}:\n{output}")
        return found[1]

    return float(find(r"epochs in ([\d.]+) s")), {
        "rows trained on": find(r"(\d+) training rows"),
        "loss, last epoch": find(r"\bloss ([\d.]+)"),
        "validation loss, last epoch": find(r"validation loss ([\d.]+)"),
        "R² of the test rows": find(r"network .*R² (-?[\d.]+)"),
    }


if __name__ == "__main__":
    main()
