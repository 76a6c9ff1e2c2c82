"""Loads a network that was written in Swift, writes it again, and writes what it gives for `x`.

    exchange.py LSTM|GRU WEIGHTS INPUTS REWRITTEN OUTPUTS
"""

import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

kind, weights, inputs, rewritten, outputs = sys.argv[1:]


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        layer = getattr(torch.nn, kind)(3, 5, num_layers=2, batch_first=True)
        setattr(self, kind.lower(), layer)
        self.head = torch.nn.Linear(5, 2)


network = Network()
network.load_state_dict(load_file(weights), strict=True)
with safe_open(weights, "pt") as file:
    metadata = file.metadata()
save_file(network.state_dict(), rewritten, metadata=metadata)
with torch.no_grad():
    y = network.head(getattr(network, kind.lower())(load_file(inputs)["x"])[0])
save_file({"y": y}, outputs)
