import NeuralNetwork

/// The use of stock-outs in the training of a network.
///
/// On a day on which an item was sold out, the units sold are a lower bound of the demand
/// (``CellState/stockOut``). Such days aren't observed: they enter neither the history that a network
/// sees nor the scores.
public enum StockOutTreatment: String, Sendable, Codable, CaseIterable {
  /// Stock-outs don't count in the loss, like gaps.
  case masked
  /// The loss of a stock-out is that of a lower bound: the negative logarithm of the probability that
  /// demand was at least the units sold. See ``ForecastHead/loss(of:atLeast:)``.
  case censored
}

/// The units sold at the stock-outs of a panel, from which the lower bounds of windows are cut.
struct LowerBounds: Sendable {
  private let group: ColumnGroup

  /// Creates the bounds of a panel, or nil if it has no stock-outs.
  init?(of panel: Panel) {
    guard panel.states.contains(.stockOut) else { return nil }
    group = ColumnGroup([FeatureColumn(stockOutsOf: panel)])
  }

  /// Returns the bounds at the future steps of windows, [B, K] each: the units sold, 0 where the
  /// item wasn't sold out, and a mask that is 1 where it was.
  func steps(
    of batch: FeatureBatch
  ) -> (values: Tensor<Float>, mask: Tensor<Float>) {
    let windows = zip(batch.series, batch.ends).map { SeriesWindow(series: $0, start: $1) }
    let shape = batch.targets.shape
    let block = group.block(windows, length: shape[1])
    return (block.numbers.reshaped(to: shape), block.mask.reshaped(to: shape))
  }
}
