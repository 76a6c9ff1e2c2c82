"""The peers, by name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    #: The name in options and rows.
    name: str
    #: The name in tables.
    title: str
    #: The environment: a file of `requirements`, and the package whose version is shown.
    environment: str
    #: The module of `frameworks` that does the work, and its form.
    module: str
    variant: str
    #: The maximum number of rounds: a peer that takes 20 times as long needs only a few.
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
