"""Convolutions of images with ReLU, each followed by the maximum over 2 × 2, and a dense layer."""

import numpy as np

from problems import Array, Parameters, Pullback


def cnn(parameters: Parameters, inputs: Array) -> tuple[Array, Pullback]:
    """Returns the dense layer's outputs [B, O] for inputs [B, H, W, C], and their pullback."""
    count = sum(name.startswith("convolutions.") for name in parameters) // 2
    images, passes = inputs, []
    for place in range(count):
        weight = parameters[f"convolutions.{place}.weight"]
        patches = neighborhoods(images)  # [B, H, W, C, 3, 3]
        sums = np.tensordot(patches, weight, axes=([3, 4, 5], [1, 2, 3]))
        sums += parameters[f"convolutions.{place}.bias"]
        quarters = quartered(np.maximum(sums, 0))
        passes.append((patches, sums, quarters))
        images = quarters.max(axis=(2, 4))
    # The inputs of the dense layer have the order of PyTorch: channels, rows, columns.
    features = images.transpose(0, 3, 1, 2).reshape(len(images), -1)
    dense, (rows, columns, channels) = parameters["dense.weight"], images.shape[1:]

    def pullback(gradient: Array) -> Parameters:
        gradients = {"dense.weight": gradient.T @ features, "dense.bias": gradient.sum(axis=0)}
        of_images = (gradient @ dense).reshape(-1, channels, rows, columns).transpose(0, 2, 3, 1)
        for place, (patches, sums, quarters) in reversed(list(enumerate(passes))):
            path = f"convolutions.{place}"
            # Where several numbers are the maximum, they are 0, and ReLU has no gradient.
            is_maximum = quarters == quarters.max(axis=(2, 4), keepdims=True)
            of_sums = (is_maximum * of_images[:, :, None, :, None]).reshape(sums.shape)
            of_sums = of_sums * (sums > 0)
            gradients[f"{path}.weight"] = np.tensordot(of_sums, patches, axes=([0, 1, 2], [0, 1, 2]))
            gradients[f"{path}.bias"] = of_sums.sum(axis=(0, 1, 2))
            # Each number is at the opposite place in the neighborhoods of its neighbors.
            opposite = parameters[f"{path}.weight"][:, :, ::-1, ::-1]
            of_images = np.tensordot(neighborhoods(of_sums), opposite, axes=([3, 4, 5], [0, 2, 3]))
        return gradients

    return features @ dense.T + parameters["dense.bias"], pullback


def neighborhoods(images: Array) -> Array:
    """Returns the 3 × 3 numbers around each number, with zeros around the images."""
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    return np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))


def quartered(images: Array) -> Array:
    """Converts [B, H, W, C] to [B, H / 2, 2, W / 2, 2, C]."""
    batch, rows, columns, channels = images.shape
    return images.reshape(batch, rows // 2, 2, columns // 2, 2, channels)
