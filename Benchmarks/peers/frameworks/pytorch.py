"""PyTorch: `nn.LSTM` or `nn.GRU` with fused Adam, eager or compiled with `torch.compile`."""

from itertools import pairwise

import torch
from torch import Tensor, nn

from cases import RecurrentCase
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


def make_module(problem: Problem) -> nn.Module:
    """Returns the network of a problem with its parameters."""
    if isinstance(problem.case, RecurrentCase):
        module = Regressor(problem.case)
    else:
        sizes = problem.case.sizes
        layers = [nn.Linear(*pair) for pair in pairwise(sizes)]
        relus = [nn.ReLU() for _ in layers[1:]] + [nn.Identity()]
        module = nn.Sequential(*(part for pair in zip(layers, relus, strict=True) for part in pair))
    with torch.no_grad():
        for parameter, value in zip(module.parameters(), problem.parameters.values(), strict=True):
            parameter.copy_(torch.from_numpy(value))
    return module


def build(problem: Problem, variant: str) -> Program:
    module = make_module(problem)
    inputs, targets = torch.from_numpy(problem.inputs), torch.from_numpy(problem.targets)
    optimizer = torch.optim.Adam(
        module.parameters(), lr=LEARNING_RATE, betas=BETAS, eps=EPSILON, fused=True
    )
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
        loss = nn.functional.mse_loss(module(inputs), targets)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return Program(predict, train, fetch=Tensor.numpy, has_one_bias=False)
