/// One recorded operation: where its inputs came from, and how gradients flow back through it.
///
/// A node belongs to the results of its operation and is gone with them: there is no tape. A node
/// without inputs is a variable that gradients are asked for.
final class GradientNode<Scalar: TensorScalar>: Sendable {
  /// Takes the gradient of each result (nil where nothing came back), gives that of each input.
  typealias Pullback = @Sendable ([Tensor<Scalar>?]) -> [Tensor<Scalar>?]

  /// Longer than the longest path to a variable, so that descending depth is a valid order.
  let depth: Int
  let resultCount: Int
  let pullback: Pullback?
  // Written by deinit alone, when nobody else can look.
  private(set) nonisolated(unsafe) var inputs: [GradientSource<Scalar>?]

  /// A variable.
  init() {
    depth = 0
    resultCount = 1
    pullback = nil
    inputs = []
  }

  init(
    inputs: [GradientSource<Scalar>?], resultCount: Int, pullback: @escaping Pullback
  ) {
    depth = 1 + (inputs.lazy.compactMap { $0?.node.depth }.max() ?? 0)
    self.resultCount = resultCount
    self.pullback = pullback
    self.inputs = inputs
  }

  /// Takes a chain of nodes apart in a loop: releasing it recursively would overflow the stack.
  deinit {
    var pending = inputs
    inputs = []
    while var source = pending.popLast() {
      if source != nil, isKnownUniquelyReferenced(&source!.node) {
        pending.append(contentsOf: source!.node.inputs)
        source!.node.inputs = []
      }
    }
  }
}

/// One result of a recorded operation.
struct GradientSource<Scalar: TensorScalar>: Sendable {
  var node: GradientNode<Scalar>
  var resultIndex = 0
}
