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
class LSTMCase:
    """An LSTM over T steps and a dense layer of one output on its last hidden state."""

    batch: int
    time: int
    inputs: int
    hidden: int

    suite = "lstm"

    @property
    def name(self) -> str:
        return f"B{self.batch} T{self.time} D{self.inputs} H{self.hidden}"


@dataclass(frozen=True)
class MLPCase:
    """Dense layers with ReLU between them."""

    batch: int
    sizes: tuple[int, ...]

    suite = "mlp"

    @property
    def name(self) -> str:
        return f"B{self.batch} " + "-".join(map(str, self.sizes))


Case = LSTMCase | MLPCase

CASES: tuple[Case, ...] = (
    LSTMCase(batch=32, time=28, inputs=8, hidden=32),
    LSTMCase(batch=32, time=28, inputs=8, hidden=64),
    LSTMCase(batch=256, time=28, inputs=16, hidden=64),
    LSTMCase(batch=256, time=56, inputs=16, hidden=128),
    LSTMCase(batch=1024, time=28, inputs=16, hidden=128),
    LSTMCase(batch=64, time=100, inputs=32, hidden=256),
    LSTMCase(batch=1, time=28, inputs=8, hidden=64),
    MLPCase(batch=32, sizes=(2, 64, 32, 1)),
    MLPCase(batch=256, sizes=(64, 256, 256, 28)),
)


def path_of(case: Case, kind: str) -> str:
    """`suite/case`, as the Swift benchmarks name it."""
    return f"{case.suite}/{kind} {case.name}"


def kinds_of(case: Case, pattern: re.Pattern[str]) -> list[str]:
    """What is timed of a case, where a pattern chooses by `suite/case`."""
    return [kind for kind in (TRAINING, FORWARD) if pattern.search(path_of(case, kind))]
