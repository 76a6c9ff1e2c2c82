"""PyTorch: its layers with fused Adam, eager or compiled with `torch.compile`."""

from itertools import pairwise
from math import prod

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cases import AttentionCase, CNNCase, MLPCase, RecurrentCase, TCNCase
from problems import BETAS, EPSILON, LEARNING_RATE, Problem
from program import Program


def version() -> str:
    return torch.__version__


def configure(threads: int) -> None:
    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)


class Regressor(nn.Module):
    """A recurrent layer, and a dense layer on its last hidden state."""

    def __init__(self, case: RecurrentCase):
        super().__init__()
        layer = {"lstm": nn.LSTM, "gru": nn.GRU}[case.suite]
        self.recurrence = layer(case.inputs, case.hidden, batch_first=True)
        self.dense = nn.Linear(case.hidden, 1)

    def forward(self, inputs: Tensor) -> Tensor:
        _, state = self.recurrence(inputs)
        hidden = state[0] if isinstance(state, tuple) else state
        return self.dense(hidden[-1])


class TCNBlock(nn.Module):
    """Two causal convolutions, and a skip connection beside them."""

    def __init__(self, inputs: int, hidden: int, kernel: int, dilation: int):
        super().__init__()
        self.first = nn.Conv1d(inputs, hidden, kernel, dilation=dilation)
        self.second = nn.Conv1d(hidden, hidden, kernel, dilation=dilation)
        self.skip = nn.Conv1d(inputs, hidden, 1) if inputs != hidden else nn.Identity()
        self.reach = ((kernel - 1) * dilation, 0)

    def forward(self, inputs: Tensor) -> Tensor:
        inner = F.relu(self.first(F.pad(inputs, self.reach)))
        outer = F.relu(self.second(F.pad(inner, self.reach)))
        return F.relu(outer + self.skip(inputs))


class TCN(nn.Module):
    """Blocks of dilated convolutions, and a dense layer on the last step."""

    def __init__(self, case: TCNCase):
        super().__init__()
        widths = [case.inputs] + [case.hidden] * case.blocks
        self.blocks = nn.Sequential(
            *(TCNBlock(*pair, case.kernel, dilation=2**place) for place, pair in enumerate(pairwise(widths)))
        )
        self.dense = nn.Linear(case.hidden, 1)

    def forward(self, inputs: Tensor) -> Tensor:
        return self.dense(self.blocks(inputs)[:, :, -1])


class AttentionRegressor(nn.Module):
    """An attention, and a dense layer on the mean of its steps."""

    def __init__(self, case: AttentionCase):
        super().__init__()
        self.attention = nn.MultiheadAttention(case.size, case.heads, batch_first=True)
        self.dense = nn.Linear(case.size, 1)

    def forward(self, inputs: Tensor) -> Tensor:
        # Without the weights of the keys, it uses the fused `scaled_dot_product_attention`.
        steps, _ = self.attention(inputs, inputs, inputs, need_weights=False)
        return self.dense(steps.mean(dim=1))


def make_cnn(case: CNNCase) -> nn.Module:
    parts = []
    for pair in pairwise(case.channels):
        parts += [nn.Conv2d(*pair, kernel_size=3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
    network = nn.Sequential(*parts, nn.Flatten(), nn.Linear(prod(case.features), case.outputs))
    # The layout in which its convolutions on processors need no conversions.
    return network.to(memory_format=torch.channels_last)


def make_mlp(case: MLPCase) -> nn.Module:
    layers = [nn.Linear(*pair) for pair in pairwise(case.sizes)]
    relus = [nn.ReLU() for _ in layers[1:]] + [nn.Identity()]
    return nn.Sequential(*(part for pair in zip(layers, relus, strict=True) for part in pair))


def make_module(problem: Problem) -> nn.Module:
    """Returns the network of a problem with its parameters."""
    match problem.case:
        case RecurrentCase():
            module = Regressor(problem.case)
        case MLPCase():
            module = make_mlp(problem.case)
        case TCNCase():
            module = TCN(problem.case)
        case AttentionCase():
            module = AttentionRegressor(problem.case)
        case CNNCase():
            module = make_cnn(problem.case)
    with torch.no_grad():
        for parameter, value in zip(module.parameters(), problem.parameters.values(), strict=True):
            parameter.copy_(torch.from_numpy(value).reshape(parameter.shape))
    return module


def make_inputs(problem: Problem) -> Tensor:
    """Returns the inputs, with the channels before steps, rows, and columns for convolutions."""
    match problem.case:
        case TCNCase():
            return torch.from_numpy(problem.inputs_channels_first)
        case CNNCase():
            images = torch.from_numpy(problem.inputs_channels_first)
            return images.contiguous(memory_format=torch.channels_last)
        case _:
            return torch.from_numpy(problem.inputs)


def build(problem: Problem, variant: str) -> Program:
    module = make_module(problem)
    inputs, targets = make_inputs(problem), torch.from_numpy(problem.targets)
    optimizer = torch.optim.Adam(module.parameters(), lr=LEARNING_RATE, betas=BETAS, eps=EPSILON, fused=True)
    if variant == "compiled":
        # By default `nn.LSTM` stays one kernel. Compiled into T separate steps
        # (`torch._dynamo.config.allow_rnn`), B32 T28 D8 H64 trained in 4.7 ms instead of 2.4, and
        # took 49 s to compile.
        module.compile()

    def predict() -> Tensor:
        with torch.inference_mode():
            return module(inputs)

    def train() -> Tensor:
        optimizer.zero_grad(set_to_none=True)
        loss = F.mse_loss(module(inputs), targets)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return Program(predict, train, fetch=Tensor.numpy, has_one_bias=False)
