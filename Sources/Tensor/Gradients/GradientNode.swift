/// One recorded operation: where its inputs came from, and how gradients flow back through it.
///
/// A node belongs to the results of its operation and is gone with them: there is no tape. A node
/// without inputs is a variable that gradients are asked for.
///
/// All tensors around a node have one scalar type, which the node itself does not name: taking a
/// generic chain apart took a tenth of a small network's step.
@usableFromInline final class GradientNode: Sendable {
  /// Longer than the longest path to a variable, so that descending depth is a valid order.
  let depth: Int
  let resultCount: Int
  /// Of a variable: its place among those that were named together.
  let variableIndex: Int
  /// A ``Pullback`` of the tensors' scalar type; nil for a variable.
  private let pullback: (any AnyObject & Sendable)?
  // Written by deinit alone, when nobody else can look.
  private(set) nonisolated(unsafe) var inputs: [GradientSource?]

  /// A variable.
  init(variableIndex: Int) {
    depth = 0
    resultCount = 1
    self.variableIndex = variableIndex
    pullback = nil
    inputs = []
  }

  init<Scalar: TensorScalar>(
    inputs: [GradientSource?], resultCount: Int, pullback: Pullback<Scalar>
  ) {
    var depth = 0
    for input in inputs { depth = max(depth, input?.node.depth ?? 0) }
    self.depth = depth + 1
    self.resultCount = resultCount
    variableIndex = 0
    self.pullback = pullback
    self.inputs = inputs
  }

  /// The gradients of the inputs, nil where there is none to give, from those of the results, nil where
  /// nothing came back. Not for variables, which have no inputs.
  func inputGradients<Scalar: TensorScalar>(
    _ resultGradients: [Tensor<Scalar>?]
  ) -> [Tensor<Scalar>?] {
    guard let pullback else { return [] }
    // What tracked tensors of this type have recorded is of this type.
    return unsafeDowncast(pullback, to: Pullback<Scalar>.self).body(resultGradients)
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

/// Takes the gradient of each result (nil where nothing came back), gives that of each input.
final class Pullback<Scalar: TensorScalar>: Sendable {
  let body: @Sendable ([Tensor<Scalar>?]) -> [Tensor<Scalar>?]

  init(_ body: @escaping @Sendable ([Tensor<Scalar>?]) -> [Tensor<Scalar>?]) { self.body = body }
}

/// One result of a recorded operation.
@usableFromInline struct GradientSource: Sendable {
  var node: GradientNode
  var resultIndex = 0
}
