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
