"""Networks of convolutions."""

from collections.abc import Callable

import numpy as np

from cases import TCNCase
from problems import Array, Parameters, Pullback


def tcn(parameters: Parameters, inputs: Array) -> tuple[Array, Pullback]:
    """Returns the dense layer's outputs [B, 1] for inputs [B, T, D], and their pullback.

    Each block has two causal convolutions with ReLU, and adds its input to their result, or a map
    of its input if that has another number of channels. ReLU follows. The dilation doubles with
    each block.
    """
    steps, pullbacks = inputs, []
    for place in range(TCNCase.blocks):
        steps, pullback = block(parameters, f"blocks.{place}", steps, dilation=2**place)
        pullbacks.append(pullback)
    last, dense = steps[:, -1], parameters["dense.weight"]

    def pullback(gradient: Array) -> Parameters:
        gradients = {"dense.weight": gradient.T @ last, "dense.bias": gradient.sum(axis=0)}
        of_steps = np.zeros_like(steps)
        of_steps[:, -1] = gradient @ dense
        for pullback_of_block in reversed(pullbacks):
            of_steps, of_block = pullback_of_block(of_steps)
            gradients |= of_block
        return gradients

    return last @ dense.T + parameters["dense.bias"], pullback


#: Maps the gradient of a result to that of the input, and to those of the parameters.
LayerPullback = Callable[[Array], tuple[Array, Parameters]]


def block(parameters: Parameters, path: str, inputs: Array, dilation: int) -> tuple[Array, LayerPullback]:
    """Returns the steps of a block, [B, T, H], and their pullback."""
    inner, inner_pullback = convolution(parameters, f"{path}.first", inputs, dilation)
    outer, outer_pullback = convolution(parameters, f"{path}.second", relu(inner), dilation)
    skip = parameters.get(f"{path}.skip.weight")
    added = inputs if skip is None else inputs @ skip.T + parameters[f"{path}.skip.bias"]
    sums = relu(outer) + added

    def pullback(gradient: Array) -> tuple[Array, Parameters]:
        gradient = gradient * (sums > 0)
        of_inner, of_second = outer_pullback(gradient * (outer > 0))
        of_inputs, of_first = inner_pullback(of_inner * (inner > 0))
        if skip is None:
            return of_inputs + gradient, of_first | of_second
        of_skip = {
            f"{path}.skip.weight": np.tensordot(gradient, inputs, axes=([0, 1], [0, 1])),
            f"{path}.skip.bias": gradient.sum(axis=(0, 1)),
        }
        return of_inputs + gradient @ skip, of_first | of_second | of_skip

    return relu(sums), pullback


def convolution(
    parameters: Parameters, path: str, inputs: Array, dilation: int
) -> tuple[Array, LayerPullback]:
    """Returns a causal convolution [B, T, O] with a weight [O, D, K], and its pullback."""
    weight = parameters[f"{path}.weight"]
    time, kernel = inputs.shape[1], weight.shape[2]
    reach = dilation * (kernel - 1)
    padded = np.pad(inputs, ((0, 0), (reach, 0), (0, 0)))
    spans = [slice(tap * dilation, tap * dilation + time) for tap in range(kernel)]
    sums = sum(padded[:, span] @ weight[:, :, tap].T for tap, span in enumerate(spans))

    def pullback(gradient: Array) -> tuple[Array, Parameters]:
        of_padded, of_weight = np.zeros_like(padded), np.empty_like(weight)
        for tap, span in enumerate(spans):
            of_padded[:, span] += gradient @ weight[:, :, tap]
            of_weight[:, :, tap] = np.tensordot(gradient, padded[:, span], axes=([0, 1], [0, 1]))
        gradients = {f"{path}.weight": of_weight, f"{path}.bias": gradient.sum(axis=(0, 1))}
        return of_padded[:, reach:], gradients

    return sums + parameters[f"{path}.bias"], pullback


def relu(values: Array) -> Array:
    return np.maximum(values, 0)
