import Forecasting

/// Examples whose inputs can be exchanged between them, and a model that predicts them.
///
/// ``PermutationImportance`` works with any model that is available in this form: ``WindowExamples``
/// are the windows of a network, and ``TableExamples`` the rows of a table.
public protocol ExchangeableExamples: Sendable {
  /// The number of examples, B.
  var count: Int { get }

  /// The inputs of the model.
  var inputs: [ExplainedInput] { get }

  /// Returns the error of the predictions of all examples if some inputs are exchanged.
  ///
  /// - Parameters:
  ///   - exchanged: The indices of the inputs that are exchanged, or an empty list for none.
  ///   - order: For each example, the index of the example that it takes these inputs from, [B].
  func error(exchanging exchanged: [Int], by order: [Int]) -> Double

  /// Returns a Boolean value that indicates whether an input differs between the examples.
  func varies(_ input: Int) -> Bool
}

/// A measure of the errors of forecasts, relative to the size of the values.
public enum ErrorMeasure: String, Sendable, CaseIterable {
  /// Σ|forecast − actual| / Σ|actual|.
  case absolute
  /// √mean (forecast − actual)² / mean |actual|.
  case squared

  /// Returns the error of the observed values, or the one without a division if all are 0.
  ///
  /// - Parameters:
  ///   - forecasts: The forecasts, of any shape.
  ///   - actual: The actual values, of the same shape.
  ///   - mask: 1 where a value is observed and 0 elsewhere, of the same shape.
  func error(
    of forecasts: Tensor<Float>, _ actual: Tensor<Float>, mask: Tensor<Float>
  ) -> Double {
    var (errors, sizes, count) = (0.0, 0.0, 0.0)
    for (value, (forecast, isObserved)) in zip(
      actual.scalars, zip(forecasts.scalars, mask.scalars))
    where isObserved != 0 {
      let error = Double(forecast) - Double(value)
      errors += self == .absolute ? abs(error) : error * error
      sizes += abs(Double(value))
      count += 1
    }
    guard count > 0 else { return 0 }
    let size = sizes > 0 ? sizes / count : 1
    return (self == .absolute ? errors / count : (errors / count).squareRoot()) / size
  }
}
