"""JAX: one `jit` per training step, with a recurrence as a `lax.scan` over the time steps."""

from functools import partial

import jax
import jax.numpy as jnp
from jax import Array, lax

from cases import AttentionCase, TCNCase
from problems import BETAS, EPSILON, LEARNING_RATE, Parameters, Problem, inputs_first
from program import Program


def version() -> str:
    return jax.__version__


def configure(threads: int) -> None:
    """Does nothing: XLA uses as many threads as the process has cores."""


def lstm(parameters: Parameters, inputs: Array, *, unroll: bool) -> Array:
    """Returns the dense layer's outputs [B, 1] for inputs [B, T, D]. `unroll` unrolls the loop."""
    # The projections of the inputs of all steps are one product, outside of the scan.
    projections = inputs.swapaxes(0, 1) @ parameters["weight_ih"] + parameters["bias_ih"]
    recurrent = parameters["weight_hh"]

    def step(state: tuple[Array, Array], projection: Array):
        hidden, cell = state
        i, f, g, o = jnp.split(projection + hidden @ recurrent, 4, axis=-1)
        cell = jax.nn.sigmoid(f) * cell + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(cell), cell), None

    start = jnp.zeros((inputs.shape[0], recurrent.shape[0]))
    (hidden, _), _ = lax.scan(step, (start, start), projections, unroll=unroll)
    return hidden @ parameters["dense.weight"] + parameters["dense.bias"]


def gru(parameters: Parameters, inputs: Array, *, unroll: bool) -> Array:
    """Returns the same for a GRU with the reset gate after the product with the hidden state."""
    projections = inputs.swapaxes(0, 1) @ parameters["weight_ih"] + parameters["bias_ih"]
    recurrent, bias = parameters["weight_hh"], parameters["bias_hh"]
    size = recurrent.shape[0]

    def step(hidden: Array, projection: Array):
        sums = hidden @ recurrent + bias
        r, z = jnp.split(jax.nn.sigmoid((projection + sums)[:, : 2 * size]), 2, axis=-1)
        n = jnp.tanh(projection[:, 2 * size :] + r * sums[:, 2 * size :])
        return n + z * (hidden - n), None

    start = jnp.zeros((inputs.shape[0], size))
    hidden, _ = lax.scan(step, start, projections, unroll=unroll)
    return hidden @ parameters["dense.weight"] + parameters["dense.bias"]


def mlp(parameters: Parameters, inputs: Array, *, unroll: bool) -> Array:
    """Returns the outputs [B, O] for inputs [B, D]. There is no loop to unroll."""
    count = len(parameters) // 2
    for layer in range(count):
        inputs = inputs @ parameters[f"{layer}.weight"] + parameters[f"{layer}.bias"]
        inputs = inputs if layer == count - 1 else jax.nn.relu(inputs)
    return inputs


def tcn(parameters: Parameters, inputs: Array, *, unroll: bool) -> Array:
    """Returns the dense layer's outputs [B, 1] for inputs [B, T, D]. There is no loop to unroll."""

    def convolution(path: str, steps: Array, dilation: int) -> Array:
        weight = parameters[f"{path}.weight"]
        sums = lax.conv_general_dilated(
            steps,
            weight,
            window_strides=(1,),
            padding=((dilation * (weight.shape[0] - 1), 0),),
            rhs_dilation=(dilation,),
            dimension_numbers=("NWC", "WIO", "NWC"),
        )
        return jax.nn.relu(sums + parameters[f"{path}.bias"])

    steps = inputs
    for place in range(TCNCase.blocks):
        path, dilation = f"blocks.{place}", 2**place
        inner = convolution(f"{path}.first", steps, dilation)
        outer = convolution(f"{path}.second", inner, dilation)
        if f"{path}.skip.weight" in parameters:
            steps = steps @ parameters[f"{path}.skip.weight"] + parameters[f"{path}.skip.bias"]
        steps = jax.nn.relu(outer + steps)
    return steps[:, -1] @ parameters["dense.weight"] + parameters["dense.bias"]


def mha(parameters: Parameters, inputs: Array, *, unroll: bool) -> Array:
    """Returns the dense layer's outputs [B, 1] for inputs [B, T, E]. There is no loop to unroll."""
    batch, time, size = inputs.shape
    projections = inputs @ parameters["in_proj_weight"] + parameters["in_proj_bias"]
    parts = projections.reshape(batch, time, 3, -1, AttentionCase.head_size)
    heads = jax.nn.dot_product_attention(parts[:, :, 0], parts[:, :, 1], parts[:, :, 2])
    joined = heads.reshape(batch, time, size)
    steps = joined @ parameters["out_proj.weight"] + parameters["out_proj.bias"]
    return steps.mean(axis=1) @ parameters["dense.weight"] + parameters["dense.bias"]


def cnn(parameters: Parameters, images: Array, *, unroll: bool) -> Array:
    """Returns the outputs [B, O] for images [B, H, W, C]. There is no loop to unroll."""
    count = sum(name.startswith("convolutions.") for name in parameters) // 2
    for place in range(count):
        sums = lax.conv_general_dilated(
            images,
            parameters[f"convolutions.{place}.weight"],
            window_strides=(1, 1),
            padding="SAME",
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
        )
        values = jax.nn.relu(sums + parameters[f"convolutions.{place}.bias"])
        window = (1, 2, 2, 1)
        images = lax.reduce_window(values, -jnp.inf, lax.max, window, window, "VALID")
    features = images.reshape(len(images), -1)
    return features @ parameters["dense.weight"] + parameters["dense.bias"]


NETWORKS = {"lstm": lstm, "gru": gru, "mlp": mlp, "tcn": tcn, "mha": mha, "cnn": cnn}


def adam(parameters: Parameters, gradients: Parameters, state: tuple):
    """Returns the parameters and the state (means, squares, and steps) after an Adam step."""
    means, squares, steps = state
    steps += 1
    first, second = BETAS
    means = jax.tree.map(lambda m, g: first * m + (1 - first) * g, means, gradients)
    squares = jax.tree.map(lambda s, g: second * s + (1 - second) * g * g, squares, gradients)
    rate = LEARNING_RATE / (1 - first**steps)
    correction = 1 / (1 - second**steps)
    parameters = jax.tree.map(
        lambda p, m, s: p - rate * m / (jnp.sqrt(s * correction) + EPSILON),
        parameters,
        means,
        squares,
    )
    return parameters, (means, squares, steps)


def build(problem: Problem, variant: str) -> Program:
    network = NETWORKS[problem.case.suite]
    inputs, targets = jnp.asarray(problem.inputs), jnp.asarray(problem.targets)
    # Matrices are [D, O], as in Flax.
    values = problem.with_one_bias().with_channels_last().parameters
    parameters = {name: jnp.array(inputs_first(value)) for name, value in values.items()}
    zeros = partial(jax.tree.map, jnp.zeros_like)
    state = (zeros(parameters), zeros(parameters), jnp.zeros(()))

    def loss_of(parameters: Parameters, inputs: Array, targets: Array) -> Array:
        return jnp.mean((network(parameters, inputs, unroll=False) - targets) ** 2)

    @partial(jax.jit, donate_argnums=(0, 1))
    def update(parameters: Parameters, state: tuple, inputs: Array, targets: Array):
        loss, gradients = jax.value_and_grad(loss_of)(parameters, inputs, targets)
        return loss, *adam(parameters, gradients, state)

    # Measured on an EPYC (Zen 4): without its loop B32 T28 D8 H64 takes 0.71 ms forward instead of
    # 1.12, but 8.6 ms in training instead of 2.5. Saving less for the backward pass
    # (`jax.checkpoint`) is also slower in most cases.
    predict = jax.jit(partial(network, unroll=True))

    def train() -> Array:
        nonlocal parameters, state
        loss, parameters, state = update(parameters, state, inputs, targets)
        return loss

    return Program(lambda: predict(parameters, inputs), train)
