"""The peers, by name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    #: How options and rows name it.
    name: str
    #: How tables name it.
    title: str
    #: The environment that has it: a file of `requirements`, and the package whose version counts.
    environment: str
    #: The module of `frameworks` that does the work, and in which of its forms.
    module: str
    variant: str
    #: The most rounds that it is worth to run: a peer that takes 20 times as long needs no more.
    most_rounds: int | None = None


PEERS = {
    peer.name: peer
    for peer in (
        Peer("torch", "PyTorch", "torch", "pytorch", "eager"),
        Peer("torch-compile", "torch.compile", "torch", "pytorch", "compiled"),
        Peer("tf", "TensorFlow", "tensorflow", "tensorflow_function", "graph"),
        Peer("xla", "TensorFlow XLA", "tensorflow", "tensorflow_function", "xla"),
        Peer("jax", "JAX", "jax", "jax_scan", "jit"),
        Peer("ort", "ONNX Runtime", "onnxruntime", "onnx_runtime", "session"),
        Peer("mlx", "MLX", "mlx", "mlx_compiled", "compiled", most_rounds=1),
    )
}
