"""Compares the accuracy of forecasts with statsforecast, LightGBM, neuralforecast, and GluonTS.

Each model forecasts the last steps of public data sets from the same long table, in a process of its
own. All forecasts are scored by the same functions. A library that cannot be installed, a model that
fails, and one that exceeds the limit each have a row that says so.

The datasets are not part of the package: `--data` names the directory that contains them.
"""

import argparse
import json
import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import foresight
import processes
from accuracy import own
from accuracy.libraries import LIBRARIES, Library
from accuracy.sets import M5, SETS, DataSet
from arguments import names_of, positive, positives, thread_count
from comparison import publish
from environments import (
    BUILD_DIRECTORY,
    PACKAGE_DIRECTORY,
    PEERS_DIRECTORY,
    InstallationError,
    python_of,
)

#: The environment that makes data sets and scores forecasts.
ENVIRONMENT = "accuracy"
MODELS = [foresight.NAME, *LIBRARIES]


@dataclass(frozen=True)
class Task:
    """A data set in its directory."""

    set: DataSet
    #: The last day of the history of M5.
    origin: int
    directory: Path

    @property
    def title(self) -> str:
        last = self.origin + self.set.horizon
        period = f", d_{self.origin + 1}–{last}" if self.set is M5 else ""
        return f"{self.set.title}{period}: {' / '.join(self.set.scores)}"


@dataclass(frozen=True)
class Row:
    model: str
    #: The scores in the order of the set's, and the bias.
    scores: Mapping[str, float] = field(default_factory=dict)
    #: The process that forecast, or None for a failure.
    finished: processes.Finished | None = None
    failure: str = ""


class ModelError(Exception):
    """The reason why a model has no scores."""


def main() -> None:
    options = parse_options()
    parts: dict[str, list[Row]] = {}
    for task in tasks(options):
        rows = parts.setdefault(task.title, [])
        for row in rows_of(task, options):
            rows.append(row)
            print(line_of(row), file=sys.stderr, flush=True)
    if not parts:
        raise SystemExit("There is no data; --data names the directory that contains it.")
    note = "Only a few series and training steps.\n\n" if options.quick else ""
    publish("accuracy", note + markdown(parts), options)


def parse_options() -> Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=PACKAGE_DIRECTORY / "../shared/data")
    parser.add_argument("--sets", type=names_of(SETS), default=list(SETS), help=", ".join(SETS))
    parser.add_argument("--models", type=names_of(MODELS), default=MODELS, help=", ".join(MODELS))
    parser.add_argument(
        "--origins", type=positives, default=[1913], help="last days of M5's history: 1857,1885,1913"
    )
    parser.add_argument("--threads", type=thread_count, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--limit", type=positive, default=7200, help="seconds for one model")
    parser.add_argument("--quick", action="store_true", help="few series and training steps")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    options = parser.parse_args()
    if options.quick and options.write:
        parser.error("--quick is for a few series, whose scores are not for the README")
    return options


def tasks(options: Namespace) -> Iterator[Task]:
    """Makes the data sets one by one."""
    python = python_of(ENVIRONMENT)
    for name in options.sets:
        set = SETS[name]
        if not all((options.data / file).exists() for file in set.files):
            print(f"{set.title} is not in {options.data}, and is left out.", file=sys.stderr)
            continue
        for origin in options.origins if set is M5 else options.origins[:1]:
            label = f"{name}-{origin}" if set is M5 else name
            directory = BUILD_DIRECTORY / "accuracy-data" / (label + ("-quick" if options.quick else ""))
            print(f"Making {label}", file=sys.stderr, flush=True)
            command = [str(python), "-m", "accuracy.make", name, str(options.data), str(directory)]
            command += ["--origin", str(origin), *(["--quick"] if options.quick else [])]
            finished = run(command, options.threads)
            if finished.status != 0:
                raise SystemExit(f"{set.title} cannot be made: {finished.last_error}")
            yield Task(set, origin, directory)


def rows_of(task: Task, options: Namespace) -> Iterator[Row]:
    for name in options.models:
        if name == foresight.NAME:
            yield from own_rows(task, options)
        else:
            yield from library_rows(name, LIBRARIES[name], task, options)


def own_rows(task: Task, options: Namespace) -> Iterator[Row]:
    """Runs this package once, and returns a row for the recommended model and for each shown one."""
    with tempfile.TemporaryDirectory() as output:
        command = own.command(
            task.set, options.data, task.directory, Path(output), task.origin, options.quick
        )
        try:
            finished, scores = run_and_score(command, Path(output) / own.FORECASTS, task, options)
        except ModelError as error:
            yield Row(foresight.TITLE, failure=str(error))
            return
    for index, (model, values) in enumerate(scores.items()):
        if index == 0:
            yield Row(f"{foresight.TITLE}, recommended: {model}", values, finished)
        elif model in own.SHOWN:
            yield Row(f"{foresight.TITLE}: {model} (same run)", values, finished)


def library_rows(name: str, library: Library, task: Task, options: Namespace) -> Iterator[Row]:
    try:
        python = python_of(library.environment)
    except InstallationError as error:
        yield Row(library.title, failure=f"cannot be installed: {error}")
        return
    for model in library.models:
        title = f"{library.title}: {model}"
        with tempfile.TemporaryDirectory() as directory:
            output = Path(directory) / "forecasts.csv"
            command = [str(python), "-m", "accuracy.forecast", name, model]
            command += [str(task.directory), str(output), "--threads", str(options.threads)]
            command += ["--quick"] if options.quick else []
            try:
                finished, scores = run_and_score(command, output, task, options)
                yield Row(title, scores[model], finished)
            except ModelError as error:
                yield Row(title, failure=str(error))


def run_and_score(
    command: Sequence[str], forecasts: Path, task: Task, options: Namespace
) -> tuple[processes.Finished, Mapping[str, Mapping[str, float]]]:
    """Runs a command that writes forecasts, and returns it with the scores of each model."""
    finished = run(command, options.threads, options.limit)
    if finished.is_stopped:
        raise ModelError(f"took more than {options.limit} s")
    if finished.status != 0:
        raise ModelError(finished.last_error)
    python = python_of(ENVIRONMENT)
    scored = run([str(python), "-m", "accuracy.score", str(task.directory), str(forecasts)], options.threads)
    if scored.status != 0:
        raise ModelError(scored.last_error)
    return finished, json.loads(scored.output.splitlines()[-1])


def run(command: Sequence[str], threads: int, limit: float | None = None) -> processes.Finished:
    """Runs a program of `accuracy`, or this package."""
    environment = {"PYTHONPATH": str(PEERS_DIRECTORY), "FORESIGHT_THREADS": str(threads)}
    return processes.run(command, threads, environment, limit)


def markdown(parts: Mapping[str, list[Row]]) -> str:
    lines = ["| | score | bias | time, s | peak memory, MB |", "| --- | --: | --: | --: | --: |"]
    for title, rows in parts.items():
        lines += [f"| **{title}** | | | | |", *map(line_of, rows)]
    return "\n".join(lines)


def line_of(row: Row) -> str:
    if row.finished is None:
        return f"| {row.model} | {row.failure.replace('|', ' ')} | | | |"
    *scores, bias = row.scores.values()
    figures = [
        " / ".join(f"{score:.4g}" for score in scores),
        f"{bias:+.1%}",
        f"{row.finished.seconds:,.3g}",
        f"{row.finished.peak_memory / 1e6:,.0f}",
    ]
    return f"| {row.model} | {' | '.join(figures)} |"


if __name__ == "__main__":
    main()
