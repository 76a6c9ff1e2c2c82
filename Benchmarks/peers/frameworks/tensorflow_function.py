"""TensorFlow: one `tf.function` per training step, as a graph or compiled with XLA.

The cell is written out, with the input projections of all steps as one product. `keras.layers.LSTM`
is slower: B32 T28 D8 H64 trained in 4.8 ms, compared with 3.3 ms for this graph.
"""

import os
from collections.abc import Callable

# Set before the import, which otherwise prints a dozen lines about processors and GPUs.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf

from cases import AttentionCase, TCNCase
from problems import BETAS, EPSILON, LEARNING_RATE, Problem, inputs_first
from program import Program

Variables = dict[str, tf.Variable]


def version() -> str:
    return tf.__version__


def configure(threads: int) -> None:
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)


def lstm(variables: Variables, inputs: tf.Tensor, unroll: bool) -> tf.Tensor:
    """Returns the dense layer's outputs [B, 1] for inputs [B, T, D]. `unroll` unrolls the loop."""
    recurrent = tf.convert_to_tensor(variables["weight_hh"])

    def step(projection: tf.Tensor, hidden: tf.Tensor, cell: tf.Tensor):
        i, f, g, o = tf.split(projection + hidden @ recurrent, 4, axis=1)
        cell = tf.sigmoid(f) * cell + tf.sigmoid(i) * tf.tanh(g)
        return tf.sigmoid(o) * tf.tanh(cell), cell

    return over_time(variables, inputs, step, state_count=2, unroll=unroll)


def gru(variables: Variables, inputs: tf.Tensor, unroll: bool) -> tf.Tensor:
    """Returns the same for a GRU with the reset gate after the product with the hidden state."""
    recurrent = tf.convert_to_tensor(variables["weight_hh"])
    bias = tf.convert_to_tensor(variables["bias_hh"])

    def step(projection: tf.Tensor, hidden: tf.Tensor):
        sums = hidden @ recurrent + bias
        input_r, input_z, input_n = tf.split(projection, 3, axis=1)
        hidden_r, hidden_z, hidden_n = tf.split(sums, 3, axis=1)
        r, z = tf.sigmoid(input_r + hidden_r), tf.sigmoid(input_z + hidden_z)
        n = tf.tanh(input_n + r * hidden_n)
        return (n + z * (hidden - n),)

    return over_time(variables, inputs, step, state_count=1, unroll=unroll)


def over_time(
    variables: Variables, inputs: tf.Tensor, step: Callable, state_count: int, unroll: bool
) -> tf.Tensor:
    """Returns the dense layer's outputs for the first state after all steps, from zero states."""
    time = inputs.shape[1]
    by_time = tf.transpose(inputs, [1, 0, 2])
    projections = tf.tensordot(by_time, variables["weight_ih"], 1) + variables["bias_ih"]
    state = (tf.zeros([inputs.shape[0], variables["weight_hh"].shape[0]]),) * state_count
    if unroll:
        for projection in tf.unstack(projections):
            state = step(projection, *state)
    else:
        _, *state = tf.while_loop(
            lambda index, *_: index < time,
            lambda index, *state: (index + 1, *step(projections[index], *state)),
            (0, *state),
            maximum_iterations=time,
        )
    return state[0] @ variables["dense.weight"] + variables["dense.bias"]


def mlp(variables: Variables, inputs: tf.Tensor, unroll: bool) -> tf.Tensor:
    """Returns the outputs [B, O] for inputs [B, D]. There is no loop to unroll."""
    count = len(variables) // 2
    for layer in range(count):
        inputs = inputs @ variables[f"{layer}.weight"] + variables[f"{layer}.bias"]
        inputs = inputs if layer == count - 1 else tf.nn.relu(inputs)
    return inputs


def tcn(variables: Variables, inputs: tf.Tensor, unroll: bool) -> tf.Tensor:
    """Returns the dense layer's outputs [B, 1] for inputs [B, T, D]. There is no loop to unroll."""

    def convolution(path: str, steps: tf.Tensor, dilation: int) -> tf.Tensor:
        weight = variables[f"{path}.weight"]
        padded = tf.pad(steps, [[0, 0], [dilation * (weight.shape[0] - 1), 0], [0, 0]])
        sums = tf.nn.convolution(padded, weight, padding="VALID", dilations=[dilation])
        return tf.nn.relu(sums + variables[f"{path}.bias"])

    steps = inputs
    for place in range(TCNCase.blocks):
        path, dilation = f"blocks.{place}", 2**place
        inner = convolution(f"{path}.first", steps, dilation)
        outer = convolution(f"{path}.second", inner, dilation)
        if f"{path}.skip.weight" in variables:
            skip = tf.tensordot(steps, variables[f"{path}.skip.weight"], 1)
            steps = skip + variables[f"{path}.skip.bias"]
        steps = tf.nn.relu(outer + steps)
    return steps[:, -1] @ variables["dense.weight"] + variables["dense.bias"]


def mha(variables: Variables, inputs: tf.Tensor, unroll: bool) -> tf.Tensor:
    """Returns the dense layer's outputs [B, 1] for inputs [B, T, E]. There is no loop to unroll."""
    batch, time, size = inputs.shape
    width = AttentionCase.head_size

    def dense(values: tf.Tensor, weight: str, bias: str) -> tf.Tensor:
        return tf.tensordot(values, variables[weight], 1) + variables[bias]

    projections = dense(inputs, "in_proj_weight", "in_proj_bias")
    parts = tf.reshape(projections, [batch, time, 3, size // width, width])
    queries, keys, values = tf.unstack(tf.transpose(parts, [2, 0, 3, 1, 4]))  # [B, heads, T, …]
    scores = tf.matmul(queries * width**-0.5, keys, transpose_b=True)
    heads = tf.transpose(tf.nn.softmax(scores) @ values, [0, 2, 1, 3])
    steps = dense(tf.reshape(heads, [batch, time, size]), "out_proj.weight", "out_proj.bias")
    return tf.reduce_mean(steps, axis=1) @ variables["dense.weight"] + variables["dense.bias"]


def cnn(variables: Variables, images: tf.Tensor, unroll: bool) -> tf.Tensor:
    """Returns the outputs [B, O] for images [B, H, W, C]. There is no loop to unroll."""
    count = sum(name.startswith("convolutions.") for name in variables) // 2
    for place in range(count):
        weight = variables[f"convolutions.{place}.weight"]
        sums = tf.nn.conv2d(images, weight, strides=1, padding="SAME")
        values = tf.nn.relu(tf.nn.bias_add(sums, variables[f"convolutions.{place}.bias"]))
        images = tf.nn.max_pool2d(values, ksize=2, strides=2, padding="VALID")
    features = tf.reshape(images, [images.shape[0], -1])
    return features @ variables["dense.weight"] + variables["dense.bias"]


NETWORKS = {"lstm": lstm, "gru": gru, "mlp": mlp, "tcn": tcn, "mha": mha, "cnn": cnn}


class Adam:
    """Adam (Kingma & Ba 2015), like `keras.optimizers.Adam` with less overhead."""

    def __init__(self, variables: list[tf.Variable]):
        self.variables = variables
        self.means = [tf.Variable(tf.zeros_like(variable)) for variable in variables]
        self.squares = [tf.Variable(tf.zeros_like(variable)) for variable in variables]
        self.step = tf.Variable(0.0)

    def update(self, gradients: list[tf.Tensor]) -> None:
        first, second = BETAS
        step = self.step.assign_add(1.0)
        rate = LEARNING_RATE / (1 - first**step)
        correction = 1 / (1 - second**step)
        for variable, mean, square, gradient in zip(
            self.variables, self.means, self.squares, gradients, strict=True
        ):
            mean.assign(first * mean + (1 - first) * gradient)
            square.assign(second * square + (1 - second) * gradient * gradient)
            variable.assign_sub(rate * mean / (tf.sqrt(square * correction) + EPSILON))


def build(problem: Problem, variant: str) -> Program:
    network = NETWORKS[problem.case.suite]
    # Matrices are [D, O], as in Keras.
    parameters = problem.with_one_bias().with_channels_last().parameters
    variables = {name: tf.Variable(inputs_first(value)) for name, value in parameters.items()}
    optimizer = Adam(list(variables.values()))
    inputs, targets = tf.constant(problem.inputs), tf.constant(problem.targets)
    is_xla = variant == "xla"

    # Measured on two cores of an EPYC (Zen 4), B32 T28 D8 H64: with a loop or without it the graph
    # trains in 8.0 or 3.3 ms, XLA in 3.2 or 6.9; forward takes 1.3 or 0.9 ms and 1.7 or 0.9.
    @tf.function(jit_compile=is_xla)
    def predict(inputs: tf.Tensor) -> tf.Tensor:
        return network(variables, inputs, unroll=True)

    @tf.function(jit_compile=is_xla)
    def train(inputs: tf.Tensor, targets: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            error = network(variables, inputs, unroll=not is_xla) - targets
            loss = tf.reduce_mean(error * error)
        optimizer.update(tape.gradient(loss, optimizer.variables))
        return loss

    return Program(lambda: predict(inputs), lambda: train(inputs, targets), fetch=lambda value: value.numpy())
