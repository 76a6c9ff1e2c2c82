/// What has come back to the results of one recorded operation.
///
/// The first result's gradient lies in place: most operations have no other, and an array for each
/// would cost more than a small operation's arithmetic.
package struct ResultGradients<Scalar: TensorScalar>: Sendable {
  /// That of the first result. The only result of an operation that is visited always has one.
  package private(set) var first: Tensor<Scalar>?
  private var others: [Tensor<Scalar>?]

  /// Nothing yet.
  init(count: Int) {
    first = nil
    others = count > 1 ? Array(repeating: nil, count: count - 1) : []
  }

  /// The gradient of each result, nil where nothing came back.
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
  /// Adds a gradient, or takes it where there is none yet.
  mutating func accumulate<Scalar>(_ gradient: consuming Tensor<Scalar>)
  where Wrapped == Tensor<Scalar> {
    // Not `self == nil`, which copies the tensor to look.
    if case .some = self { self! += gradient } else { self = gradient }
  }
}
