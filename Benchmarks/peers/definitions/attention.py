"""The attention of sequences to themselves, and a dense layer on the mean of its steps."""

import numpy as np

from cases import AttentionCase
from problems import Array, Parameters, Pullback


def mha(parameters: Parameters, inputs: Array) -> tuple[Array, Pullback]:
    """Returns the dense layer's outputs [B, 1] for inputs [B, T, E], and their pullback."""
    weight, output = parameters["in_proj_weight"], parameters["out_proj.weight"]
    dense = parameters["dense.weight"]
    batch, time, size = inputs.shape
    width = AttentionCase.head_size

    def split(values: Array) -> Array:
        """Converts [B, T, E] to [B, heads, T, E / heads]."""
        return values.reshape(batch, time, -1, width).swapaxes(1, 2)

    def joined(values: Array) -> Array:
        return values.swapaxes(1, 2).reshape(batch, time, size)

    projections = inputs @ weight.T + parameters["in_proj_bias"]
    queries, keys, values = map(split, np.split(projections, 3, axis=2))
    scores = np.exp(queries @ keys.swapaxes(2, 3) * width**-0.5)
    shares = scores / scores.sum(axis=3, keepdims=True)  # [B, heads, T, T]
    heads = joined(shares @ values)
    means = (heads @ output.T + parameters["out_proj.bias"]).mean(axis=1)

    def pullback(gradient: Array) -> Parameters:
        of_steps = np.repeat((gradient @ dense / time)[:, None], time, axis=1)  # [B, T, E]
        of_heads = split(of_steps @ output)
        of_shares = of_heads @ values.swapaxes(2, 3)
        of_scores = shares * (of_shares - (of_shares * shares).sum(axis=3, keepdims=True))
        of_scores *= width**-0.5
        of_parts = (
            of_scores @ keys,
            of_scores.swapaxes(2, 3) @ queries,
            shares.swapaxes(2, 3) @ of_heads,
        )
        of_projections = np.concatenate([joined(part) for part in of_parts], axis=2)
        return {
            "in_proj_weight": np.tensordot(of_projections, inputs, axes=([0, 1], [0, 1])),
            "in_proj_bias": of_projections.sum(axis=(0, 1)),
            "out_proj.weight": np.tensordot(of_steps, heads, axes=([0, 1], [0, 1])),
            "out_proj.bias": of_steps.sum(axis=(0, 1)),
            "dense.weight": gradient.T @ means,
            "dense.bias": gradient.sum(axis=0),
        }

    return means @ dense.T + parameters["dense.bias"], pullback
