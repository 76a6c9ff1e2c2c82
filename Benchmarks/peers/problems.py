"""The data of every case, the same for all peers, and Adam's parameters."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import prod

import numpy as np

from cases import AttentionCase, Case, CNNCase, MLPCase, RecurrentCase, TCNCase

LEARNING_RATE = 0.001
BETAS = (0.9, 0.999)
EPSILON = 1e-8

Array = np.ndarray
Parameters = dict[str, Array]
#: Maps the gradient of a network's outputs [B, O] to that of its parameters.
Pullback = Callable[[Array], Parameters]


@dataclass(frozen=True)
class Problem:
    """A case with its data, the same for every peer.

    Parameters have PyTorch's layouts, [O, D], and gate order, i f g o or r z n: `weight_ih`
    [G·H, D], `weight_hh` [G·H, H], `bias_ih` and `bias_hh` [G·H], `dense.weight` [1, H] and
    `dense.bias` [1] of a recurrent layer; `0.weight`, `0.bias`, `1.weight`, … of an MLP;
    `blocks.0.first.weight` [H, D, K], `blocks.0.first.bias`, `blocks.0.second.weight` [H, H, K], …,
    `blocks.0.skip.weight` [H, D], …, and `dense.weight` and `dense.bias` of a TCN;
    `in_proj_weight` [3E, E], `in_proj_bias` [3E], `out_proj.weight` [E, E], `out_proj.bias` [E],
    `dense.weight` [1, E], and `dense.bias` of an attention; `convolutions.0.weight` [O, C, 3, 3],
    `convolutions.0.bias`, …, `dense.weight` [O, C · H · W], and `dense.bias` of a CNN.
    """

    case: Case
    parameters: Mapping[str, Array]
    #: The inputs: [B, D] for an MLP, [B, H, W, C] for a CNN, [B, T, D] for other networks.
    inputs: Array
    #: The targets, [B, O].
    targets: Array
    seed: int

    @property
    def inputs_channels_first(self) -> Array:
        """Returns the inputs with the channels as the second axis, as in PyTorch and ONNX."""
        return np.ascontiguousarray(np.moveaxis(self.inputs, -1, 1))

    def with_channels_last(self) -> "Problem":
        """Returns the problem for a framework in which the channels are the last axis of images.

        The inputs of a CNN's dense layer are in the order of rows, columns, and channels then.
        """
        parameters = dict(self.parameters)
        if isinstance(self.case, CNNCase):
            weight = parameters["dense.weight"].reshape(-1, *self.case.features)
            parameters["dense.weight"] = weight.transpose(0, 2, 3, 1).reshape(len(weight), -1)
        return Problem(self.case, parameters, self.inputs, self.targets, self.seed)

    @property
    def layer_count(self) -> int:
        """Returns the number of dense layers of an MLP."""
        return sum(name.endswith(".weight") for name in self.parameters)

    def with_one_bias(self) -> "Problem":
        """Returns the problem for a framework whose LSTM has a single bias: the sum of both.

        The two biases of a GRU cannot be added.
        """
        parameters = dict(self.parameters)
        if self.case.suite == "lstm" and "bias_hh" in parameters:
            parameters["bias_ih"] = parameters["bias_ih"] + parameters.pop("bias_hh")
        return Problem(self.case, parameters, self.inputs, self.targets, self.seed)


def make_problem(case: Case, seed: int = 0) -> Problem:
    """Returns inputs and targets of unit variance, and weights distributed as in PyTorch."""
    generator = np.random.default_rng(seed)

    def normal(*shape: int) -> Array:
        return generator.standard_normal(shape, dtype=np.float32)

    parameters = dict(_draw_parameters(case, generator))
    match case:
        case RecurrentCase(_, batch, time, inputs, _) | TCNCase(batch, time, inputs, _):
            return Problem(case, parameters, normal(batch, time, inputs), normal(batch, 1), seed)
        case CNNCase(batch, rows, columns, channels, outputs):
            images = normal(batch, rows, columns, channels[0])
            return Problem(case, parameters, images, normal(batch, outputs), seed)
        case AttentionCase(batch, time, size):
            return Problem(case, parameters, normal(batch, time, size), normal(batch, 1), seed)
        case MLPCase(batch, sizes):
            return Problem(case, parameters, normal(batch, sizes[0]), normal(batch, sizes[-1]), seed)


def _draw_parameters(case: Case, generator: np.random.Generator) -> Iterator[tuple[str, Array]]:
    def uniform(fan_in: int, *shape: int) -> Array:
        bound = fan_in**-0.5
        return generator.uniform(-bound, bound, shape).astype(np.float32)

    match case:
        case RecurrentCase(_, _, _, inputs, hidden):
            rows = case.gates * hidden
            yield "weight_ih", uniform(hidden, rows, inputs)
            yield "weight_hh", uniform(hidden, rows, hidden)
            yield "bias_ih", uniform(hidden, rows)
            yield "bias_hh", uniform(hidden, rows)
            yield "dense.weight", uniform(hidden, 1, hidden)
            yield "dense.bias", uniform(hidden, 1)
        case MLPCase(_, sizes):
            for layer, (inputs, outputs) in enumerate(pairwise(sizes)):
                yield f"{layer}.weight", uniform(inputs, outputs, inputs)
                yield f"{layer}.bias", uniform(inputs, outputs)
        case TCNCase(_, _, inputs, hidden):
            for block in range(case.blocks):
                width = hidden if block else inputs
                for name, channels in (("first", width), ("second", hidden)):
                    fan_in = channels * case.kernel
                    path = f"blocks.{block}.{name}"
                    yield f"{path}.weight", uniform(fan_in, hidden, channels, case.kernel)
                    yield f"{path}.bias", uniform(fan_in, hidden)
                if width != hidden:
                    yield f"blocks.{block}.skip.weight", uniform(width, hidden, width)
                    yield f"blocks.{block}.skip.bias", uniform(width, hidden)
            yield "dense.weight", uniform(hidden, 1, hidden)
            yield "dense.bias", uniform(hidden, 1)
        case AttentionCase(_, _, size):
            yield "in_proj_weight", uniform(size, 3 * size, size)
            yield "in_proj_bias", uniform(size, 3 * size)
            yield "out_proj.weight", uniform(size, size, size)
            yield "out_proj.bias", uniform(size, size)
            yield "dense.weight", uniform(size, 1, size)
            yield "dense.bias", uniform(size, 1)
        case CNNCase(channels=channels, outputs=outputs):
            for place, (inputs, results) in enumerate(pairwise(channels)):
                fan_in = inputs * 9
                yield f"convolutions.{place}.weight", uniform(fan_in, results, inputs, 3, 3)
                yield f"convolutions.{place}.bias", uniform(fan_in, results)
            features = prod(case.features)
            yield "dense.weight", uniform(features, outputs, features)
            yield "dense.bias", uniform(features, outputs)


def inputs_first(weight: Array) -> Array:
    """Converts a weight [O, D, …] to [D, O] or [kernel size, D, O], as in Keras and Flax."""
    return weight.transpose(*range(2, weight.ndim), *reversed(range(min(weight.ndim, 2))))
