"""The commands with which this package forecasts the data sets."""

from pathlib import Path

from accuracy.sets import M5, ONLINE_RETAIL, PANEL, PLAN, QUICK_DATA, TABLE, DataSet
from environments import PACKAGE_DIRECTORY
from foresight import EXECUTABLES

#: The file that the commands write. Its first model is the recommended one.
FORECASTS = "next.csv"
#: The models that are shown besides the recommended one.
SHOWN = ("LSTM", "Combination")
QUICK = ("--epochs", "1", "--steps-per-epoch", "3")


def command(
    set: DataSet, data: Path, directory: Path, output: Path, origin: int, is_quick: bool
) -> list[str]:
    """Returns the command for a data set in a directory."""
    quick = QUICK if is_quick else ()
    if set is M5:
        raw = directory / QUICK_DATA if is_quick else (data / "m5").resolve()
        program = PACKAGE_DIRECTORY / "Examples" / "M5" / "run.sh"
        return [str(program), str(raw), str(origin), str(output), *quick]
    table = directory / (PANEL if set is ONLINE_RETAIL else TABLE)
    plan = directory / PLAN
    future = ("--future", str(plan)) if plan.exists() else ()
    program = [str(EXECUTABLES / "foresight"), "forecast", str(table), "--horizon", str(set.horizon)]
    return [*program, "--output", str(output), *set.options, *future, *quick]
