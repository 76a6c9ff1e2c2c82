"""MLX: its layers with the training step compiled by `mx.compile`."""

from functools import partial
from importlib.metadata import version as version_of
from itertools import pairwise

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
import numpy as np

from cases import AttentionCase, CNNCase, MLPCase, RecurrentCase, TCNCase
from problems import BETAS, EPSILON, LEARNING_RATE, Problem
from program import Program


def version() -> str:
    return version_of("mlx")


def configure(threads: int) -> None:
    """Does not set threads: MLX uses as many threads as the process has cores."""
    mx.set_default_device(mx.cpu)


class LSTMRegressor(nn.Module):
    """An LSTM, and a dense layer on its last hidden state."""

    def __init__(self, problem: Problem):
        super().__init__()
        case, values = problem.case, problem.with_one_bias().parameters
        self.lstm = nn.LSTM(case.inputs, case.hidden)
        self.lstm.Wx = mx.array(values["weight_ih"])
        self.lstm.Wh = mx.array(values["weight_hh"])
        self.lstm.bias = mx.array(values["bias_ih"])
        self.dense = make_dense(values, "dense")

    def __call__(self, inputs: mx.array) -> mx.array:
        hidden, _ = self.lstm(inputs)
        return self.dense(hidden[:, -1])


class MLP(nn.Module):
    """Dense layers with ReLU between them."""

    def __init__(self, problem: Problem):
        super().__init__()
        count = problem.layer_count
        self.layers = [make_dense(problem.parameters, str(layer)) for layer in range(count)]

    def __call__(self, inputs: mx.array) -> mx.array:
        for layer in self.layers[:-1]:
            inputs = nn.relu(layer(inputs))
        return self.layers[-1](inputs)


class TCNBlock(nn.Module):
    """Two causal convolutions, and a skip connection beside them."""

    def __init__(self, parameters, path: str, dilation: int):
        super().__init__()
        self.first = make_convolution(parameters, f"{path}.first", dilation)
        self.second = make_convolution(parameters, f"{path}.second", dilation)
        has_skip = f"{path}.skip.weight" in parameters
        self.skip = make_dense(parameters, f"{path}.skip") if has_skip else nn.Identity()
        self.reach = dilation * (self.first.weight.shape[1] - 1)

    def __call__(self, inputs: mx.array) -> mx.array:
        def causal(layer: nn.Conv1d, steps: mx.array) -> mx.array:
            return nn.relu(layer(mx.pad(steps, [(0, 0), (self.reach, 0), (0, 0)])))

        outer = causal(self.second, causal(self.first, inputs))
        return nn.relu(outer + self.skip(inputs))


class TCN(nn.Module):
    """Blocks of dilated convolutions, and a dense layer on the last step."""

    def __init__(self, problem: Problem):
        super().__init__()
        self.blocks = [
            TCNBlock(problem.parameters, f"blocks.{place}", dilation=2**place)
            for place in range(problem.case.blocks)
        ]
        self.dense = make_dense(problem.parameters, "dense")

    def __call__(self, inputs: mx.array) -> mx.array:
        for block in self.blocks:
            inputs = block(inputs)
        return self.dense(inputs[:, -1])


class AttentionRegressor(nn.Module):
    """An attention, and a dense layer on the mean of its steps."""

    def __init__(self, problem: Problem):
        super().__init__()
        values = problem.parameters
        self.input = make_linear(values["in_proj_weight"], values["in_proj_bias"])
        self.output = make_dense(values, "out_proj")
        self.dense = make_dense(values, "dense")

    def __call__(self, inputs: mx.array) -> mx.array:
        batch, time, size = inputs.shape
        width = AttentionCase.head_size
        parts = self.input(inputs).reshape(batch, time, 3, size // width, width)
        queries, keys, values = (parts[:, :, part].swapaxes(1, 2) for part in range(3))
        heads = mx.fast.scaled_dot_product_attention(queries, keys, values, scale=width**-0.5)
        steps = self.output(heads.swapaxes(1, 2).reshape(batch, time, size))
        return self.dense(steps.mean(axis=1))


class CNN(nn.Module):
    """Convolutions with ReLU, each followed by the maximum over 2 × 2, and a dense layer."""

    def __init__(self, problem: Problem):
        super().__init__()
        values = problem.with_channels_last().parameters
        self.convolutions = []
        for place, pair in enumerate(pairwise(problem.case.channels)):
            layer = nn.Conv2d(*pair, kernel_size=3, padding=1)
            weight = values[f"convolutions.{place}.weight"]
            layer.weight = mx.array(weight.transpose(0, 2, 3, 1))
            layer.bias = mx.array(values[f"convolutions.{place}.bias"])
            self.convolutions.append(layer)
        self.pooling = nn.MaxPool2d(kernel_size=2, stride=2)
        self.dense = make_dense(values, "dense")

    def __call__(self, images: mx.array) -> mx.array:
        for layer in self.convolutions:
            images = self.pooling(nn.relu(layer(images)))
        return self.dense(images.reshape(images.shape[0], -1))


def make_convolution(parameters, name: str, dilation: int) -> nn.Conv1d:
    weight = parameters[f"{name}.weight"]
    outputs, inputs, kernel = weight.shape
    layer = nn.Conv1d(inputs, outputs, kernel, dilation=dilation)
    layer.weight = mx.array(weight.transpose(0, 2, 1))
    layer.bias = mx.array(parameters[f"{name}.bias"])
    return layer


def make_dense(parameters, name: str) -> nn.Linear:
    return make_linear(parameters[f"{name}.weight"], parameters[f"{name}.bias"])


def make_linear(weight, bias) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight, layer.bias = mx.array(weight), mx.array(bias)
    return layer


def build(problem: Problem, variant: str) -> Program:
    if problem.case.suite == "gru":
        # Adam updates the sum of two biases differently from a single bias.
        raise NotImplementedError("mlx.nn.GRU has one bias for r and z, while others have two")
    models = {
        RecurrentCase: LSTMRegressor,
        MLPCase: MLP,
        TCNCase: TCN,
        AttentionCase: AttentionRegressor,
        CNNCase: CNN,
    }
    model = models[type(problem.case)](problem)
    inputs, targets = mx.array(problem.inputs), mx.array(problem.targets)
    optimizer = optim.Adam(LEARNING_RATE, BETAS, EPSILON, bias_correction=True)
    optimizer.init(model.trainable_parameters())
    mx.eval(model.parameters(), optimizer.state)
    state = [model.state, optimizer.state]

    def loss_of(inputs: mx.array, targets: mx.array) -> mx.array:
        return nn.losses.mse_loss(model(inputs), targets)

    value_and_gradient = nn.value_and_grad(model, loss_of)

    @partial(mx.compile, inputs=state, outputs=state)
    def update(inputs: mx.array, targets: mx.array) -> mx.array:
        loss, gradients = value_and_gradient(inputs, targets)
        optimizer.update(model, gradients)
        return loss

    predict = mx.compile(model, inputs=[model.state])

    def evaluated(call):
        def run(*arguments: mx.array) -> mx.array:
            result = call(*arguments)
            mx.eval(result, state)
            return result

        return run

    return Program(partial(evaluated(predict), inputs), partial(evaluated(update), inputs, targets), np.array)
