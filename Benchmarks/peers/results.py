"""The rows of several rounds, and their tables."""

import math
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import foresight
from peers import PEERS

Row = dict[str, Any]

TITLES = {foresight.NAME: foresight.TITLE} | {name: peer.title for name, peer in PEERS.items()}


@dataclass
class Cell:
    """One case of one peer: the median of each round, or the reason why there is none."""

    medians: list[float] = field(default_factory=list)
    error: str | None = None

    @property
    def seconds(self) -> float | None:
        return statistics.median(self.medians) if self.medians else None


class Results:
    """All measured rows."""

    def __init__(self) -> None:
        self.cells: dict[tuple[str, int, str], Cell] = {}
        self.versions: dict[str, str] = {}
        #: Foresight's GFLOP/s as a share of the GEMM peak, by `suite/case` and threads.
        self.peak_shares: dict[tuple[str, int], list[float]] = {}
        #: The reason why a peer has no rows.
        self.failures: dict[str, str] = {}

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            path, threads, peer = f"{row['suite']}/{row['case']}", row["threads"], row["peer"]
            cell = self.cells.setdefault((path, threads, peer), Cell())
            self.versions[peer] = row["version"]
            if "error" in row:
                cell.error = row["error"]
                continue
            cell.medians.append(row["median_s"])
            if row.get("gemm_peak_gflops"):
                share = row["gflops"] / row["gemm_peak_gflops"]
                self.peak_shares.setdefault((path, threads), []).append(share)

    def markdown(self, kind: str, names: Sequence[str]) -> str:
        """Returns the table of a kind of work, such as `forward`."""
        keys = dict.fromkeys(
            (path, threads) for path, threads, _ in self.cells if path.split("/")[1].startswith(kind)
        )
        shown = [name for name in names if any((*key, name) in self.cells for key in keys)]
        titles = [TITLES[name] for name in shown]
        head = [
            "case",
            "threads",
            foresight.TITLE,
            "of GEMM peak",
            *titles,
            "fastest peer",
            "ratio",
        ]
        lines = [head, ["---"] + ["--:"] * (len(head) - 3) + ["---", "--:"]]
        lines += [self._line(key, kind, shown) for key in keys]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _line(self, key: tuple[str, int], kind: str, names: Sequence[str]) -> list[str]:
        path, threads = key
        suite, case = path.split("/")
        cells = {name: self.cells.get((*key, name), Cell()) for name in names}
        times = {name: cell.seconds for name, cell in cells.items() if cell.seconds}
        ours = self.cells.get((*key, foresight.NAME), Cell()).seconds
        fastest = min(times, key=times.__getitem__, default=None)
        shares = self.peak_shares.get(key)
        return [
            f"{suite.upper()} {case.removeprefix(kind).strip()}",
            str(threads),
            milliseconds(ours),
            f"{statistics.median(shares):.0%}" if shares else "",
            *(text_of(cell) for cell in cells.values()),
            TITLES[fastest] if fastest else "",
            f"{times[fastest] / ours:.2f}" if fastest and ours else "",
        ]

    def notes(self) -> list[str]:
        """Returns the failures, one per line."""
        lines = [f"{TITLES[name]}: {why}" for name, why in self.failures.items()]
        for (path, threads, name), cell in self.cells.items():
            if cell.error:
                lines.append(f"{TITLES[name]}, {path}, threads {threads}: {cell.error}")
        return lines


def text_of(cell: Cell) -> str:
    return "failed" if cell.error else milliseconds(cell.seconds)


def milliseconds(seconds: float | None) -> str:
    """Returns a time with three significant digits, or a dash for None."""
    if seconds is None:
        return "–"
    value = seconds * 1000
    return f"{value:.{max(0, 2 - math.floor(math.log10(value)))}f}"


def processor() -> str:
    """Returns the processor's name, as the system reports it."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {len(names)} cores"


def replace_section(file: Path, name: str, text: str) -> None:
    """Replaces the text between the markers of a name in a file."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    content = file.read_text()
    if begin not in content or end not in content:
        raise SystemExit(f"{file} has no markers {begin} and {end}")
    before, rest = content.split(begin, 1)
    _, after = rest.split(end, 1)
    file.write_text(f"{before}{begin}\n{text}\n{end}{after}")
