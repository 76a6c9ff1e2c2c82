"""What a framework hands over to be checked and timed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from problems import Problem


@dataclass(frozen=True)
class Program:
    """One problem in one framework.

    Calls may return before the work is done: `fetch` waits for it, and gives the value to NumPy.
    """

    #: One forward pass: the outputs.
    predict: Callable[[], Any]
    #: One training step: the loss before it; None if the framework does not train.
    train: Callable[[], Any] | None
    fetch: Callable[[Any], np.ndarray] = np.asarray
    #: Whether its LSTM has a single bias, as those of Keras and MLX have, or two, as PyTorch's has.
    has_one_bias: bool = True


class Framework(Protocol):
    """What each module of `frameworks` defines."""

    def version(self) -> str:
        """The version of the framework."""

    def configure(self, threads: int) -> None:
        """Sets the number of threads; called before anything else."""

    def build(self, problem: Problem, variant: str) -> Program:
        """The program of a problem, in one of the forms that the framework offers."""
