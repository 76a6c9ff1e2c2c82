"""Makes the safetensors files beside it, with the packages of Tests/requirements.txt."""

import pathlib

import torch
from safetensors.torch import save_file

here = pathlib.Path(__file__).parent
torch.manual_seed(20)


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(3, 5, num_layers=2, batch_first=True)
        self.head = torch.nn.Linear(5, 2)


def make_network():
    network = Network()
    save_file(network.state_dict(), here / "network.safetensors", metadata={"format": "pt"})
    x, h, c = torch.randn(4, 7, 3), torch.randn(2, 4, 5), torch.randn(2, 4, 5)
    with torch.no_grad():
        output, (last_h, last_c) = network.lstm(x, (h, c))
        y = network.head(output)
    tensors = dict(x=x, h=h, c=c, output=output, last_h=last_h, last_c=last_c, y=y)
    tensors = {name: tensor.contiguous() for name, tensor in tensors.items()}
    save_file(tensors, here / "network-outputs.safetensors")


def make_types():
    """One tensor of each type that PyTorch knows, and what the 16-bit ones are in F32."""
    integers = "bool uint8 int8 int16 uint16 int32 uint32 int64 uint64"
    others = "float8_e5m2 float8_e4m3fn complex64"
    tensors = {
        name: torch.ones(2, 3, dtype=getattr(torch, name)) for name in f"{integers} {others}".split()
    }
    numbers = torch.tensor(
        [0.0, -0.0, 1.0, -2.5, 0.1, 65504.0, 65520.0, -1e30, 6e-8, 6.1e-5, 3e-40, torch.inf, torch.nan]
    )
    for name in ["float16", "bfloat16"]:
        tensors[name] = numbers.to(getattr(torch, name))
        tensors[f"{name} in F32"] = tensors[name].float()
    save_file(tensors, here / "types.safetensors")


def make_floats():
    """F32 and F64 with names, shapes and numbers out of the ordinary."""
    tensors = {
        "b": torch.tensor([1e-45, -0.0, 3.4e38]),
        "a": torch.tensor([[5e-324, 0.1], [-1.7e308, torch.inf]], dtype=torch.float64),
        "": torch.zeros(0, 3),
        "scalar": torch.tensor(4.0),
        "z \" \\ / \b\f\n\r\t\x01\x1f\x7f é ﬀ 😀 \u2028": torch.ones(1, 2, 1, 3),
        "é": torch.full((2,), 2.0),
        "Z": torch.full((3,), 3.0, dtype=torch.float64),
    }
    save_file(tensors, here / "floats.safetensors", metadata={"key \"é\"\n": "a/b\\c\x02"})


def make_batch_norm():
    """The state of a batch normalization after two batches: the number of batches is an I64."""
    torch.manual_seed(5)
    norm = torch.nn.BatchNorm1d(3)
    x = torch.randn(7, 3)
    norm(x)
    norm(2 * x + 1)
    with torch.no_grad():
        norm.weight.copy_(torch.randn(3))
        norm.bias.copy_(torch.randn(3))
    norm.eval()
    save_file(norm.state_dict(), here / "batch-norm.safetensors")
    save_file({"x": x, "y": norm(x).detach()}, here / "batch-norm-outputs.safetensors")


make_network()
make_types()
make_floats()
make_batch_norm()
