"""Dense layers with ReLU between them."""

import numpy as np

from problems import Array, Parameters, Pullback


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
