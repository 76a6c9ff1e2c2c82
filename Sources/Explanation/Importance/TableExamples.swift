import Forecasting

/// The rows of a table, and the error of any model that predicts them from their columns.
public struct TableExamples: ExchangeableExamples {
  /// The columns, [B, F].
  public let columns: Tensor<Float>
  public let inputs: [ExplainedInput]
  private let error: @Sendable (Tensor<Float>) -> Double

  /// Creates examples. Stops the program unless there is an input for each column.
  ///
  /// - Parameters:
  ///   - columns: The columns, [B, F].
  ///   - inputs: The name and the group of each column.
  ///   - error: The error of the model's predictions for columns of this shape.
  public init(
    _ columns: Tensor<Float>, inputs: [ExplainedInput],
    error: @escaping @Sendable (_ columns: Tensor<Float>) -> Double
  ) {
    guard columns.rank == 2, columns.shape[1] == inputs.count else {
      fatalError(
        "TableExamples: expected a column for each of \(inputs.count) inputs, got "
          + "\(columns.shape)")
    }
    self.columns = columns
    self.inputs = inputs
    self.error = error
  }

  public var count: Int { columns.shape[0] }

  public func error(exchanging exchanged: [Int], by order: [Int]) -> Double {
    error(columns.exchanging(exchanged, by: order))
  }

  public func varies(_ input: Int) -> Bool {
    let column = columns.slice(axis: 1, input..<input + 1).scalars
    return column.contains { $0 != column[0] }
  }
}
