/// An error that explains why a factorization machine can't be trained.
public enum FactorizationError: Error, Equatable {
  /// There are no rows to train on.
  case noRows
  /// A label is not finite.
  case labelNotFinite(row: Int)
  /// The labels of a classification have a value other than −1, 0, and 1, or both −1 and 0.
  case labelNotOfClass(row: Int, value: Float)
  /// All labels of a classification are of one class.
  case singleClass(Float)
  /// A weight is negative or not finite.
  case invalidWeight(row: Int, value: Float)
  /// The rows of the validation set have another number of columns or fields.
  case otherColumns(training: Int, validation: Int)
  /// The loss is no longer finite.
  case diverged(epoch: Int, learningRate: Double)
}

extension FactorizationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noRows: "there are no rows to train on"
    case .labelNotFinite(let row): "row \(row) has a label that is not a finite number"
    case .labelNotOfClass(let row, let value):
      "row \(row) has the label \(value.description), but labels of classes must be 0 and 1, or −1 and 1; use the "
        + "squared error for a regression"
    case .singleClass(let label):
      "all rows have the label \(label.description); a classification needs rows of both classes"
    case .invalidWeight(let row, let value):
      "row \(row) has the weight \(value.description), but weights must be finite and at least 0"
    case .otherColumns(let training, let validation):
      "the validation rows have \(validation) columns or fields, but the training rows \(training); read "
        + "both with the same numbers of columns and fields"
    case .diverged(let epoch, let rate):
      "the loss is not finite in epoch \(epoch); train with a learning rate below \(rate), or scale the "
        + "features"
    }
  }
}
