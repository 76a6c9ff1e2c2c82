"""Comparison of processes that run in turn: wall time, training time, and peak memory."""

import argparse
import json
import os
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import foresight
import processes
from arguments import positive, thread_count
from environments import PACKAGE_DIRECTORY, InstallationError, python_of
from results import processor, replace_section


@dataclass(frozen=True)
class Outcome:
    """The results of one run of one side."""

    process_seconds: float
    training_seconds: float
    #: The peak memory, in bytes.
    peak_memory: int
    #: Figures that show that both sides computed the same.
    figures: Mapping[str, str]


@dataclass(frozen=True)
class Side:
    title: str
    run: Callable[[], Outcome]


def parse_options(description: str) -> argparse.Namespace:
    return option_parser(description).parse_args()


def option_parser(description: str) -> argparse.ArgumentParser:
    """Returns the options that all comparisons share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rounds", type=positive, default=3)
    parser.add_argument("--threads", type=thread_count, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    return parser


def python_side(title: str, environment: str, command: Sequence[str], threads: int) -> Side:
    """Returns a side that runs a Python program.

    The last line of the program's output is JSON with `training_seconds` and `figures`.

    Ends the program if the environment cannot be installed, since there is nothing to compare then.
    """
    try:
        python = python_of(environment)
    except InstallationError as error:
        raise SystemExit(f"{title} cannot be installed: {error}") from error

    def run() -> Outcome:
        finished = processes.run([str(python), *command], threads)
        if finished.status != 0:
            raise SystemExit(f"{title} failed: {finished.last_error}")
        return outcome(finished, **json.loads(finished.output.splitlines()[-1]))

    return Side(title, run)


def swift_side(
    command: Sequence[str], threads: int, parse: Callable[[str], tuple[float | None, Mapping[str, str]]]
) -> Side:
    """Returns a side that runs one of the package's executables.

    `parse` returns the training time and the figures from its output. Without a training time, the
    time of the whole process counts.
    """

    def run() -> Outcome:
        finished = foresight.run(command, threads)
        seconds, figures = parse(finished.output)
        return outcome(finished, finished.seconds if seconds is None else seconds, figures)

    return Side(foresight.TITLE, run)


def outcome(finished: processes.Finished, training_seconds: float, figures: Mapping[str, str]) -> Outcome:
    return Outcome(finished.seconds, training_seconds, finished.peak_memory, figures)


def compare(peer: Side, ours: Side, rounds: int, work: str = "training alone") -> str:
    """Runs both in turn and returns a Markdown table. `work` names the separately timed work."""
    outcomes: dict[str, list[Outcome]] = {peer.title: [], ours.title: []}
    for number in range(rounds):
        for side in (peer, ours):
            print(f"Round {number + 1} of {rounds}: {side.title}", file=sys.stderr, flush=True)
            outcomes[side.title].append(side.run())
    theirs, mine = outcomes[peer.title], outcomes[ours.title]
    lines = [f"| | {peer.title} | {ours.title} | ratio |", "| --- | --: | --: | --: |"]
    measures: dict[str, Callable[[Outcome], float]] = {
        "whole process, s": lambda outcome: outcome.process_seconds,
        f"{work}, s": lambda outcome: outcome.training_seconds,
        "peak memory, MB": lambda outcome: outcome.peak_memory / 1e6,
    }
    for label, value in measures.items():
        pair = [statistics.median(map(value, side)) for side in (theirs, mine)]
        lines.append(f"| {label} | {pair[0]:,.3g} | {pair[1]:,.3g} | {pair[0] / pair[1]:.1f} |")
    for figure, text in theirs[0].figures.items():
        lines.append(f"| {figure} | {text} | {mine[0].figures.get(figure, '')} | |")
    return "\n".join(lines)


def publish(name: str, text: str, options: argparse.Namespace) -> None:
    """Prints the results and the machine, and with --write puts them into the README."""
    rounds = f", rounds: {options.rounds}" if "rounds" in options else ""
    text = f"{processor()}, {options.threads} threads{rounds}, Foresight {foresight.version()}.\n\n{text}"
    print(text)
    if options.write:
        replace_section(PACKAGE_DIRECTORY / "Benchmarks" / "README.md", name, text)


def made_table(file: Path, make: Callable[[Path], None]) -> Path:
    """Returns the path of a table that is created once and then kept."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        make(partial)
        partial.rename(file)
    return file
