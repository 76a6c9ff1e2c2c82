"""M5's weighted root mean squared scaled error, the mean over twelve levels of sums."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

#: The file of the weights and scales of all levels' series.
WEIGHTS = "wrmsse.npz"

#: The columns whose values share a sum, by level. The series themselves are the last level.
LEVELS: list[list[str]] = [
    [],
    ["state_id"],
    ["store_id"],
    ["cat_id"],
    ["dept_id"],
    ["state_id", "cat_id"],
    ["state_id", "dept_id"],
    ["store_id", "cat_id"],
    ["store_id", "dept_id"],
    ["item_id"],
    ["item_id", "state_id"],
    ["unique_id"],
]


def wrmsse(
    forecast: np.ndarray, truth: np.ndarray, static: pd.DataFrame, weights: np.ndarray, scales: np.ndarray
) -> float:
    """Returns the score of forecasts with a row per series and a column per step.

    `weights` add up to 1 for each level. They and `scales`, the mean squared changes of the history,
    follow the levels' order.
    """
    errors = np.concatenate(list(level_sums(forecast - truth, static)))
    return float((weights * np.sqrt((errors**2).mean(axis=1) / scales)).sum() / len(LEVELS))


def level_sums(values: np.ndarray, static: pd.DataFrame) -> Iterator[np.ndarray]:
    """Returns the sums of rows by the columns of each level, sorted by their values."""
    table = pd.DataFrame(values)
    for keys in LEVELS:
        if not keys:
            yield values.sum(axis=0, keepdims=True)
        else:
            # As text, since categories may be in another order.
            yield table.groupby([static[key].astype(str) for key in keys]).sum().to_numpy()


def weights_and_scales(
    static: pd.DataFrame, sales: np.ndarray, prices: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Returns the shares of the revenue of the last 28 days, and the mean squared daily changes since
    the first sale, for all levels."""
    revenue = np.nan_to_num(sales[:, -28:] * prices[:, -28:]).sum(axis=1, keepdims=True)
    weights = np.concatenate([level[:, 0] / level.sum() for level in level_sums(revenue, static)])
    scales = np.concatenate([mean_squared_changes(level) for level in level_sums(sales, static)])
    return weights, scales


def mean_squared_changes(rows: np.ndarray) -> np.ndarray:
    """Returns the mean of squared changes from each row's first sale on; infinite without changes."""
    starts = (rows > 0).argmax(axis=1)
    counted = np.arange(rows.shape[1] - 1) >= starts[:, None]
    squares = np.where(counted, np.diff(rows.astype(np.float64), axis=1) ** 2, 0).sum(axis=1)
    counts = counted.sum(axis=1)
    means = np.divide(squares, counts, out=np.zeros_like(squares), where=counts > 0)
    return np.where(means > 0, means, np.inf)
