"""A recurrent layer over T steps, and a dense layer on its last state."""

import numpy as np

from problems import Array, Parameters, Pullback


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


def sigmoid(values: Array) -> Array:
    return 0.5 * (1 + np.tanh(0.5 * values))
