"""The expected results of every peer, in NumPy and double precision: outputs and first losses.

A peer is timed only if its results agree, so that all peers compute the same network.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from definitions.attention import mha
from definitions.convolution import tcn
from definitions.images import cnn
from definitions.perceptron import mlp
from definitions.recurrent import gru, lstm
from problems import BETAS, EPSILON, LEARNING_RATE, Array, Parameters, Problem

STEPS = 3

#: The network of each suite, which returns its outputs [B, O] and their pullback.
NETWORKS = {"lstm": lstm, "gru": gru, "mlp": mlp, "tcn": tcn, "mha": mha, "cnn": cnn}


@dataclass(frozen=True)
class Expected:
    #: The outputs for the initial weights, [B, O].
    outputs: Array
    #: The mean squared error before each of the first steps of training.
    losses: Array


def expected(problem: Problem, cache: Path) -> Expected:
    """Returns outputs and losses of a problem, computed once and kept in `cache`."""
    biases = "one-bias" if "bias_hh" not in problem.parameters else "two-biases"
    file = cache / f"{problem.case.suite} {problem.case.name} {biases} {problem.seed}.npz"
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
        values = compute(problem)
        np.savez(file, outputs=values.outputs, losses=values.losses)
    with np.load(file) as values:
        return Expected(values["outputs"], values["losses"])


def compute(problem: Problem) -> Expected:
    """Returns the outputs and the losses of the first steps."""
    parameters = {name: value.astype(np.float64) for name, value in problem.parameters.items()}
    network = NETWORKS[problem.case.suite]
    inputs = problem.inputs.astype(np.float64)
    optimizer = Adam(parameters)
    losses, first = [], None
    for _ in range(STEPS):
        outputs, pullback = network(parameters, inputs)
        first = outputs if first is None else first
        error = outputs - problem.targets
        losses.append(np.mean(error**2))
        optimizer.update(parameters, pullback(2 * error / error.size))
    return Expected(first, np.array(losses))


class Adam:
    """Adam (Kingma & Ba 2015), with the bias corrections of both moments."""

    def __init__(self, parameters: Parameters):
        self.means = {name: np.zeros_like(value) for name, value in parameters.items()}
        self.squares = {name: np.zeros_like(value) for name, value in parameters.items()}
        self.step = 0

    def update(self, parameters: Parameters, gradients: Parameters) -> None:
        """Updates the parameters in place."""
        self.step += 1
        first, second = (1 - beta**self.step for beta in BETAS)
        for name, gradient in gradients.items():
            mean, square = self.means[name], self.squares[name]
            mean += (1 - BETAS[0]) * (gradient - mean)
            square += (1 - BETAS[1]) * (gradient**2 - square)
            parameters[name] -= LEARNING_RATE * mean / first / (np.sqrt(square / second) + EPSILON)
