"""The expected results of every peer, in NumPy and double precision: outputs and first losses.

A peer is timed only if its results agree, so that all peers compute the same network.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from problems import BETAS, EPSILON, LEARNING_RATE, Array, Parameters, Problem

STEPS = 3

#: Maps the gradient of the outputs [B, O] to that of the parameters.
Pullback = Callable[[Array], Parameters]


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
    network = {"lstm": lstm, "gru": gru, "mlp": mlp}[problem.case.suite]
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


def lstm(parameters: Parameters, inputs: Array) -> tuple[Array, Pullback]:
    """Returns the dense layer's outputs [B, 1] for inputs [B, T, D], and their pullback."""
    weight, dense = parameters["weight_hh"], parameters["dense.weight"]
    bias = parameters["bias_ih"] + parameters.get("bias_hh", 0)
    projections = inputs @ parameters["weight_ih"].T + bias  # [B, T, 4H]
    batch, time, _ = inputs.shape
    hiddens = [np.zeros((batch, weight.shape[1]))]
    cells, gates = [hiddens[0]], []
    for step in range(time):
        i, f, g, o = np.split(projections[:, step] + hiddens[-1] @ weight.T, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        gates.append((i, f, g, o))
        cells.append(f * cells[-1] + i * g)
        hiddens.append(o * np.tanh(cells[-1]))

    def pullback(gradient: Array) -> Parameters:
        hidden, cell = gradient @ dense, 0.0
        before = np.empty_like(projections)  # the gradient before the activations
        for step in reversed(range(time)):
            i, f, g, o = gates[step]
            squashed = np.tanh(cells[step + 1])
            cell = cell + hidden * o * (1 - squashed**2)
            before[:, step] = np.concatenate(
                [
                    cell * g * i * (1 - i),
                    cell * cells[step] * f * (1 - f),
                    cell * i * (1 - g**2),
                    hidden * squashed * o * (1 - o),
                ],
                axis=1,
            )
            hidden, cell = before[:, step] @ weight, cell * f
        past = np.stack(hiddens[:-1], axis=1)
        gradients = {
            "weight_ih": np.tensordot(before, inputs, axes=([0, 1], [0, 1])),
            "weight_hh": np.tensordot(before, past, axes=([0, 1], [0, 1])),
            "bias_ih": before.sum(axis=(0, 1)),
            "bias_hh": before.sum(axis=(0, 1)),
            "dense.weight": gradient.T @ hiddens[-1],
            "dense.bias": gradient.sum(axis=0),
        }
        return {name: gradients[name] for name in parameters}

    return hiddens[-1] @ dense.T + parameters["dense.bias"], pullback


def gru(parameters: Parameters, inputs: Array) -> tuple[Array, Pullback]:
    """Returns the same for a GRU with the reset gate after the product with the hidden state."""
    weight, dense = parameters["weight_hh"], parameters["dense.weight"]
    projections = inputs @ parameters["weight_ih"].T + parameters["bias_ih"]  # [B, T, 3H]
    batch, time, _ = inputs.shape
    hiddens = [np.zeros((batch, weight.shape[1]))]
    gates = []
    for step in range(time):
        sums = hiddens[-1] @ weight.T + parameters["bias_hh"]
        ar, az, an = np.split(projections[:, step], 3, axis=1)
        sr, sz, sn = np.split(sums, 3, axis=1)
        r, z = sigmoid(ar + sr), sigmoid(az + sz)
        n = np.tanh(an + r * sn)
        gates.append((r, z, n, sn))
        hiddens.append((1 - z) * n + z * hiddens[-1])

    def pullback(gradient: Array) -> Parameters:
        hidden = gradient @ dense
        # The gradients of the sums over the inputs and over the hidden state.
        of_input, of_hidden = np.empty_like(projections), np.empty_like(projections)
        for step in reversed(range(time)):
            r, z, n, sn = gates[step]
            dn = hidden * (1 - z) * (1 - n**2)
            both = [dn * sn * r * (1 - r), hidden * (hiddens[step] - n) * z * (1 - z)]
            of_input[:, step] = np.concatenate([*both, dn], axis=1)
            of_hidden[:, step] = np.concatenate([*both, dn * r], axis=1)
            hidden = hidden * z + of_hidden[:, step] @ weight
        past = np.stack(hiddens[:-1], axis=1)
        gradients = {
            "weight_ih": np.tensordot(of_input, inputs, axes=([0, 1], [0, 1])),
            "weight_hh": np.tensordot(of_hidden, past, axes=([0, 1], [0, 1])),
            "bias_ih": of_input.sum(axis=(0, 1)),
            "bias_hh": of_hidden.sum(axis=(0, 1)),
            "dense.weight": gradient.T @ hiddens[-1],
            "dense.bias": gradient.sum(axis=0),
        }
        return {name: gradients[name] for name in parameters}

    return hiddens[-1] @ dense.T + parameters["dense.bias"], pullback


def mlp(parameters: Parameters, inputs: Array) -> tuple[Array, Pullback]:
    """Returns the outputs of dense layers with ReLU between them, [B, O], and their pullback."""
    count = len(parameters) // 2
    values = [inputs]
    for layer in range(count):
        value = values[-1] @ parameters[f"{layer}.weight"].T + parameters[f"{layer}.bias"]
        values.append(value if layer == count - 1 else np.maximum(value, 0))

    def pullback(gradient: Array) -> Parameters:
        gradients = {}
        for layer in reversed(range(count)):
            gradients[f"{layer}.weight"] = gradient.T @ values[layer]
            gradients[f"{layer}.bias"] = gradient.sum(axis=0)
            gradient = gradient @ parameters[f"{layer}.weight"] * (values[layer] > 0)
        return gradients

    return values[-1], pullback


def sigmoid(values: Array) -> Array:
    return 0.5 * (1 + np.tanh(0.5 * values))


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
