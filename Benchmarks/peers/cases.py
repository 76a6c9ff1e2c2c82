"""The cases that every peer is timed at, under the names that the Swift benchmarks have for them.

Shapes are letters: B batch, T time, D input features, H hidden, O output.
"""

import re
from dataclasses import dataclass

#: The forward pass, the mean squared error, the backward pass and a step of Adam.
TRAINING = "training step"
#: The forward pass alone, at inference.
FORWARD = "forward"


@dataclass(frozen=True)
class RecurrentCase:
    """A recurrent layer over T steps and a dense layer of one output on its last hidden state."""

    #: `lstm` or `gru`
    suite: str
    batch: int
    time: int
    inputs: int
    hidden: int

    @property
    def name(self) -> str:
        return f"B{self.batch} T{self.time} D{self.inputs} H{self.hidden}"

    @property
    def gates(self) -> int:
        """The rows of a weight for each hidden unit."""
        return {"lstm": 4, "gru": 3}[self.suite]


@dataclass(frozen=True)
class MLPCase:
    """Dense layers with ReLU between them."""

    batch: int
    sizes: tuple[int, ...]

    suite = "mlp"

    @property
    def name(self) -> str:
        return f"B{self.batch} " + "-".join(map(str, self.sizes))


Case = RecurrentCase | MLPCase

#: B, T, D, H
SEQUENCES = (
    (32, 28, 8, 32),
    (32, 28, 8, 64),
    (256, 28, 16, 64),
    (256, 56, 16, 128),
    (1024, 28, 16, 128),
    (64, 100, 32, 256),
    (1, 28, 8, 64),
)

CASES: tuple[Case, ...] = (
    *(RecurrentCase("lstm", *sizes) for sizes in SEQUENCES),
    *(RecurrentCase("gru", *sizes) for sizes in SEQUENCES),
    MLPCase(batch=32, sizes=(2, 64, 32, 1)),
    MLPCase(batch=256, sizes=(64, 256, 256, 28)),
)


def path_of(case: Case, kind: str) -> str:
    """`suite/case`, as the Swift benchmarks name it."""
    return f"{case.suite}/{kind} {case.name}"


def kinds_of(case: Case, pattern: re.Pattern[str]) -> list[str]:
    """What is timed of a case, where a pattern chooses by `suite/case`."""
    return [kind for kind in (TRAINING, FORWARD) if pattern.search(path_of(case, kind))]
