"""Times this package and its peers in turn, and prints a table of ratios.

    python3 Benchmarks/peers/run.py --rounds 5 --write

Each round runs each of them once, so that changes on the machine affect all of them. The result is
the median over the rounds. `make bench-peers` builds the package first.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

import foresight
import processes
from arguments import pattern, positive, thread_counts
from cases import CASES, FORWARD, TRAINING, kinds_of, path_of
from environments import (
    BUILD_DIRECTORY,
    PACKAGE_DIRECTORY,
    PEERS_DIRECTORY,
    InstallationError,
    python_of,
)
from peers import PEERS, Peer
from results import TITLES, Results, Row, processor, replace_section

KINDS = {TRAINING: "Training step", FORWARD: "Forward pass"}


def main() -> None:
    options = parse_options()
    paths = [path_of(case, kind) for case in CASES for kind in kinds_of(case, options.filter)]
    if not paths:
        raise SystemExit(f"No case matches --filter {options.filter.pattern}")
    results = Results()
    with opened(options.json or os.devnull) as file:
        pythons = installed(options.peers, results)
        for rows in all_rows(paths, options, pythons, results):
            results.add(rows)
            file.writelines(json.dumps(row) + "\n" for row in rows)
            file.flush()
    text = report(results, options)
    print(text)
    if options.write:
        replace_section(PACKAGE_DIRECTORY / "Benchmarks" / "README.md", options.section, text)


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    option = parser.add_argument
    option("--peers", type=peers_named, default=PEERS.values(), help=f"any of {','.join(PEERS)}")
    option("--filter", type=pattern, default="", help="a regular expression found in `suite/case`")
    option("--threads", type=thread_counts, default="1,2", help="the thread counts, such as 1,2")
    option("--rounds", type=positive, default=3)
    option("--quick", action="store_true", help="run one round, with 0.1 s per row")
    option("--json", help="a file for the rows of all rounds, one object per line")
    option("--write", action="store_true", help="put the tables into Benchmarks/README.md")
    option("--section", default="peers", help="the markers in that file that --write looks for")
    options = parser.parse_args()
    if options.quick:
        options.rounds = 1
    return options


def peers_named(text: str) -> list[Peer]:
    unknown = [name for name in text.split(",") if name not in PEERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(PEERS)}")
    return [PEERS[name] for name in dict.fromkeys(text.split(","))]


def opened(path: str) -> TextIO:
    """Returns a file for writing, or ends the program if it cannot be written."""
    try:
        return open(path, "w")
    except OSError as error:
        raise SystemExit(f"--json {path}: {error.strerror}") from error


def installed(peers: Iterable[Peer], results: Results) -> dict[str, Path]:
    """Returns the Pythons of the peers, and records failed installations."""
    pythons = {}
    for peer in peers:
        try:
            pythons[peer.name] = python_of(peer.environment)
        except InstallationError as error:
            results.failures[peer.name] = f"cannot be installed: {error}"
    return pythons


def all_rows(
    paths: Sequence[str],
    options: argparse.Namespace,
    pythons: Mapping[str, Path],
    results: Results,
) -> Iterator[list[Row]]:
    """Runs all peers in turn, round after round, and yields the rows of each run."""
    for number in range(options.rounds):
        for threads in options.threads:
            say(f"Round {number + 1} of {options.rounds}, threads {threads}: {foresight.TITLE}")
            yield foresight.measure(paths, threads, options.quick)
            for name, python in pythons.items():
                if number < (PEERS[name].most_rounds or options.rounds):
                    say(f"  {TITLES[name]}")
                    yield peer_rows(name, python, threads, options, results)


def peer_rows(
    name: str, python: Path, threads: int, options: argparse.Namespace, results: Results
) -> list[Row]:
    """Returns the rows of one run of a peer, and records an early end."""
    command = [str(python), str(PEERS_DIRECTORY / "measure.py"), name]
    command += ["--threads", str(threads), "--filter", options.filter.pattern]
    command += ["--seconds", "0.1" if options.quick else "0.5"]
    command += ["--cache", str(BUILD_DIRECTORY / "expected")]
    # torch.compile keeps its results here between rounds. Compiling takes a minute.
    cache = {"TORCHINDUCTOR_CACHE_DIR": str(BUILD_DIRECTORY / "torchinductor")}
    finished = processes.run(command, threads, cache)
    if finished.status != 0:
        results.failures[name] = f"ended with status {finished.status}: {finished.last_error}"
    return [json.loads(line) for line in finished.output.splitlines() if line.startswith("{")]


def report(results: Results, options: argparse.Namespace) -> str:
    """Returns the tables and the description of the machine."""
    names = [peer.name for peer in options.peers]
    versions = [f"{TITLES[name]} {version}" for name, version in results.versions.items()]
    seconds = 0.1 if options.quick else 0.5
    parts = [
        f"{processor()}. Median over the rounds ({options.rounds}, of {seconds} s a row), in "
        "milliseconds; the ratio is the time of the fastest peer over Foresight's. "
        f"{', '.join(versions)}."
    ]
    for kind, title in KINDS.items():
        if any(f"/{kind}" in path for path, _, _ in results.cells):
            parts += [f"### {title}", results.markdown(kind, names)]
    parts += [f"- {note}" for note in results.notes()]
    return "\n\n".join(parts)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
