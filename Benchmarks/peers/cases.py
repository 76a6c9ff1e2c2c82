"""The cases that every peer is timed with, named as in the Swift benchmarks.

Shapes are letters: B batch, T time, D input features, E features of an attention, H hidden, O output.
"""

import re
from dataclasses import dataclass

#: The forward pass, the mean squared error, the backward pass, and an Adam step.
TRAINING = "training step"
#: The forward pass alone, at inference.
FORWARD = "forward"


@dataclass(frozen=True)
class RecurrentCase:
    """A recurrent layer over T steps, and a dense layer with one output on its last state."""

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
        """Returns the number of rows of a weight for each hidden unit."""
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


@dataclass(frozen=True)
class TCNCase:
    """A temporal convolutional network (Bai et al. 2018), and a dense layer on its last step.

    Each block has two causal convolutions with ReLU and a skip connection beside them, with a map
    of the channels where their number differs, and ReLU after the sum. The dilation doubles with
    each block.
    """

    batch: int
    time: int
    inputs: int
    hidden: int

    suite = "tcn"
    blocks = 4
    #: The number of steps that a step of a convolution depends on.
    kernel = 3

    @property
    def name(self) -> str:
        return f"B{self.batch} T{self.time} D{self.inputs} H{self.hidden}"


@dataclass(frozen=True)
class AttentionCase:
    """The attention of sequences to themselves, and a dense layer on the mean of its steps."""

    batch: int
    time: int
    size: int

    suite = "mha"
    #: The number of features of a head.
    head_size = 32

    @property
    def heads(self) -> int:
        return self.size // self.head_size

    @property
    def name(self) -> str:
        return f"B{self.batch} T{self.time} E{self.size} heads {self.heads}"


@dataclass(frozen=True)
class CNNCase:
    """Convolutions of 3 × 3 with ReLU, each followed by the maximum over 2 × 2, and a dense layer.

    Zeros around the images keep their size in the convolutions.
    """

    batch: int
    #: The rows and the columns of the images.
    rows: int
    columns: int
    #: The numbers of channels of the images and of each convolution.
    channels: tuple[int, ...]
    outputs: int

    suite = "cnn"

    @property
    def features(self) -> tuple[int, int, int]:
        """Returns the channels, rows, and columns of the input of the dense layer."""
        shrinking = 2 ** (len(self.channels) - 1)
        return self.channels[-1], self.rows // shrinking, self.columns // shrinking

    @property
    def name(self) -> str:
        channels = "-".join(map(str, self.channels))
        return f"B{self.batch} H{self.rows} W{self.columns} C{channels} O{self.outputs}"


Case = RecurrentCase | MLPCase | TCNCase | AttentionCase | CNNCase

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
    TCNCase(batch=32, time=28, inputs=8, hidden=32),
    TCNCase(batch=256, time=56, inputs=16, hidden=64),
    TCNCase(batch=64, time=112, inputs=32, hidden=128),
    AttentionCase(batch=32, time=28, size=64),
    AttentionCase(batch=16, time=128, size=256),
    CNNCase(batch=32, rows=28, columns=28, channels=(1, 16, 32), outputs=10),
    CNNCase(batch=128, rows=32, columns=32, channels=(3, 32, 64), outputs=10),
)


def path_of(case: Case, kind: str) -> str:
    """Returns `suite/case`, as in the Swift benchmarks."""
    return f"{case.suite}/{kind} {case.name}"


def kinds_of(case: Case, pattern: re.Pattern[str]) -> list[str]:
    """Returns the kinds of work of a case whose `suite/case` matches a pattern."""
    return [kind for kind in (TRAINING, FORWARD) if pattern.search(path_of(case, kind))]
