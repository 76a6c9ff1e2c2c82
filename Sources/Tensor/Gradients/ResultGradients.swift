/// The gradients of the results of one recorded operation.
///
/// The gradient of the first result is stored inline: most operations have only one result, and an
/// array would cost more than a small operation's arithmetic.
package struct ResultGradients<Scalar: TensorScalar>: Sendable {
  /// The gradient of the first result. It is never nil for a visited operation with one result.
  package private(set) var first: Tensor<Scalar>?
  private var others: [Tensor<Scalar>?]

  /// Creates a value without gradients.
  init(count: Int) {
    first = nil
    others = count > 1 ? Array(repeating: nil, count: count - 1) : []
  }

  /// The gradient of each result; nil for a result without one.
  var all: [Tensor<Scalar>?] { [first] + others }

  mutating func accumulate(_ gradient: consuming Tensor<Scalar>, at index: Int) {
    if index == 0 {
      first.accumulate(gradient)
    } else {
      others[index - 1].accumulate(gradient)
    }
  }
}

extension Optional {
  /// Adds a gradient, or stores it if there is none yet.
  mutating func accumulate<Scalar>(_ gradient: consuming Tensor<Scalar>)
  where Wrapped == Tensor<Scalar> {
    // `self == nil` would copy the tensor.
    if case .some = self { self! += gradient } else { self = gradient }
  }
}
