"""ONNX Runtime, forward only: the graph of a problem, written by hand."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from cases import AttentionCase, CNNCase, MLPCase, RecurrentCase, TCNCase
from problems import Array, Problem
from program import Program

_threads = 1


def version() -> str:
    return onnxruntime.__version__


def configure(threads: int) -> None:
    global _threads
    _threads = threads


def recurrent_graph(problem: Problem) -> tuple[list[onnx.NodeProto], dict[str, Array]]:
    """Returns the nodes and weights of a recurrent layer and a dense layer on its last state."""
    parameters, case = problem.parameters, problem.case

    def gates(value: Array) -> Array:
        """Converts PyTorch's gate order, i f g o or r z n, to ONNX's, i o f g or z r n."""
        if case.suite == "lstm":
            i, f, g, o = np.split(value, 4)
            return np.concatenate([i, o, f, g])
        r, z, n = np.split(value, 3)
        return np.concatenate([z, r, n])

    biases = np.concatenate([gates(parameters["bias_ih"]), gates(parameters["bias_hh"])])
    weights = {
        "weight_ih": gates(parameters["weight_ih"])[None],
        "weight_hh": gates(parameters["weight_hh"])[None],
        "biases": biases[None],
        "first": np.array([0]),
        "dense.weight": parameters["dense.weight"],
        "dense.bias": parameters["dense.bias"],
    }
    # The reset gate of a GRU is applied after the product, as in PyTorch.
    options = {"linear_before_reset": 1} if case.suite == "gru" else {}
    nodes = [
        helper.make_node("Transpose", ["inputs"], ["by_time"], perm=[1, 0, 2]),
        helper.make_node(
            case.suite.upper(),
            ["by_time", "weight_ih", "weight_hh", "biases"],
            ["", "hidden"],
            hidden_size=case.hidden,
            **options,
        ),
        helper.make_node("Squeeze", ["hidden", "first"], ["last"]),
        helper.make_node("Gemm", ["last", "dense.weight", "dense.bias"], ["outputs"], transB=1),
    ]
    return nodes, weights


def mlp_graph(problem: Problem) -> tuple[list[onnx.NodeProto], dict[str, Array]]:
    """Returns the nodes of dense layers with ReLU between them, and their weights."""
    nodes, value = [], "inputs"
    for layer in range(problem.layer_count):
        is_last = layer == problem.layer_count - 1
        result = "outputs" if is_last else f"{layer}.sums"
        gemm = [value, f"{layer}.weight", f"{layer}.bias"]
        nodes.append(helper.make_node("Gemm", gemm, [result], transB=1))
        if not is_last:
            value = f"{layer}.values"
            nodes.append(helper.make_node("Relu", [result], [value]))
    return nodes, dict(problem.parameters)


def tcn_graph(problem: Problem) -> tuple[list[onnx.NodeProto], dict[str, Array]]:
    """Returns the nodes and weights of a temporal convolutional network, [B, D, T] → [B, 1]."""
    nodes, weights = [], dict(problem.parameters) | {"last": np.array(problem.case.time - 1)}

    def convolution(path: str, steps: str, dilation: int) -> str:
        names = [steps, f"{path}.weight", f"{path}.bias"]
        reach = dilation * (weights[f"{path}.weight"].shape[2] - 1)
        nodes.append(helper.make_node("Conv", names, [path], dilations=[dilation], pads=[reach, 0]))
        return path

    def relu(sums: str) -> str:
        nodes.append(helper.make_node("Relu", [sums], [f"{sums}.values"]))
        return f"{sums}.values"

    steps = "inputs"
    for place in range(problem.case.blocks):
        path, dilation = f"blocks.{place}", 2**place
        inner = relu(convolution(f"{path}.first", steps, dilation))
        outer = relu(convolution(f"{path}.second", inner, dilation))
        if (skip := weights.get(f"{path}.skip.weight")) is not None:
            weights[f"{path}.skip.weight"] = skip[:, :, None]
            steps = convolution(f"{path}.skip", steps, dilation=1)
        nodes.append(helper.make_node("Add", [outer, steps], [path]))
        steps = relu(path)
    nodes += [
        helper.make_node("Gather", [steps, "last"], ["state"], axis=2),
        helper.make_node("Gemm", ["state", "dense.weight", "dense.bias"], ["outputs"], transB=1),
    ]
    return nodes, weights


def mha_graph(problem: Problem) -> tuple[list[onnx.NodeProto], dict[str, Array]]:
    """Returns the nodes of an attention and a dense layer, and their weights.

    `Attention` is the operator that ONNX Runtime puts in the place of the attention of a model.
    """
    weights = dict(problem.parameters)
    for name in ("in_proj_weight", "out_proj.weight"):
        weights[name] = np.ascontiguousarray(weights[name].T)
    projections = ["inputs", "in_proj_weight", "in_proj_bias"]
    nodes = [
        helper.make_node(
            "Attention",
            projections,
            ["heads"],
            domain="com.microsoft",
            num_heads=problem.case.heads,
        ),
        helper.make_node("MatMul", ["heads", "out_proj.weight"], ["products"]),
        helper.make_node("Add", ["products", "out_proj.bias"], ["steps"]),
        helper.make_node("ReduceMean", ["steps"], ["means"], axes=[1], keepdims=0),
        helper.make_node("Gemm", ["means", "dense.weight", "dense.bias"], ["outputs"], transB=1),
    ]
    return nodes, weights


def cnn_graph(problem: Problem) -> tuple[list[onnx.NodeProto], dict[str, Array]]:
    """Returns the nodes of convolutions and a dense layer, [B, C, H, W] → [B, O], and their weights."""
    nodes, images = [], "inputs"
    for place in range(len(problem.case.channels) - 1):
        path = f"convolutions.{place}"
        names = [images, f"{path}.weight", f"{path}.bias"]
        images = f"{path}.maxima"
        nodes += [
            helper.make_node("Conv", names, [f"{path}.sums"], pads=[1, 1, 1, 1]),
            helper.make_node("Relu", [f"{path}.sums"], [f"{path}.values"]),
            helper.make_node("MaxPool", [f"{path}.values"], [images], kernel_shape=[2, 2], strides=[2, 2]),
        ]
    nodes += [
        helper.make_node("Flatten", [images], ["features"]),
        helper.make_node("Gemm", ["features", "dense.weight", "dense.bias"], ["outputs"], transB=1),
    ]
    return nodes, dict(problem.parameters)


#: The graph of each kind of case.
GRAPHS = {
    RecurrentCase: recurrent_graph,
    MLPCase: mlp_graph,
    TCNCase: tcn_graph,
    AttentionCase: mha_graph,
    CNNCase: cnn_graph,
}


def make_inputs(problem: Problem) -> Array:
    """Returns the inputs, with the channels before steps, rows, and columns for convolutions."""
    is_convolution = isinstance(problem.case, TCNCase | CNNCase)
    return problem.inputs_channels_first if is_convolution else problem.inputs


def make_model(problem: Problem) -> onnx.ModelProto:
    nodes, weights = GRAPHS[type(problem.case)](problem)

    def tensor(name: str, value: Array) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape)

    graph = helper.make_graph(
        nodes,
        problem.case.suite,
        [tensor("inputs", make_inputs(problem))],
        [tensor("outputs", problem.targets)],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    # The second set has operators of ONNX Runtime.
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def build(problem: Problem, variant: str) -> Program:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _threads
    session = onnxruntime.InferenceSession(
        make_model(problem).SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    feed = {"inputs": make_inputs(problem)}
    return Program(lambda: session.run(None, feed)[0], train=None, has_one_bias=False)
