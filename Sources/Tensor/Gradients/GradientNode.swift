/// One recorded operation: where its inputs came from, and how gradients flow back through it.
///
/// A node belongs to the results of its operation and is gone with them: there is no tape. The
/// variables that gradients are asked for are the results of a node without inputs.
///
/// All tensors around a node have one scalar type, which the node itself does not name: taking a
/// generic chain apart took a tenth of a small network's step.
@usableFromInline package final class GradientNode: Sendable {
  /// Longer than the longest path to a variable, so that descending depth is a valid order; 0 for
  /// variables.
  let depth: Int
  let resultCount: Int
  /// A ``Pullback`` of the tensors' scalar type; nil for variables.
  private let pullback: (any AnyObject & Sendable)?
  // Written by deinit alone, when nobody else can look.
  private(set) nonisolated(unsafe) var inputs: [GradientSource?]

  /// Variables, as many as are wanted.
  init() {
    depth = 0
    resultCount = 0
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
    self.pullback = pullback
    self.inputs = inputs
  }

  /// Adds what comes back to the inputs, given what came back to the results. Not for variables.
  func pullBack<Scalar: TensorScalar>(
    _ received: ResultGradients<Scalar>, into pass: inout Backpropagation<Scalar>
  ) {
    guard let pullback else { return }
    // What tracked tensors of this type have recorded is of this type.
    unsafeDowncast(pullback, to: Pullback<Scalar>.self).body(received, &pass)
  }

  /// Takes a chain of nodes apart in a loop: releasing it recursively would overflow the stack.
  deinit {
    guard depth > 1 else { return }
    var pending = inputs
    inputs = []
    while var source = pending.popLast() {
      // Where there are only variables below, nothing is left to take apart.
      if let depth = source?.node.depth, depth > 1, isKnownUniquelyReferenced(&source!.node) {
        pending.append(contentsOf: source!.node.inputs)
        source!.node.inputs = []
      }
    }
  }
}

/// Takes what came back to an operation's results, and gives the pass what goes back to its inputs.
final class Pullback<Scalar: TensorScalar>: Sendable {
  typealias Body = @Sendable (ResultGradients<Scalar>, inout Backpropagation<Scalar>) -> Void

  let body: Body

  init(_ body: @escaping Body) { self.body = body }
}

/// One result of a recorded operation.
@usableFromInline package struct GradientSource: Sendable {
  var node: GradientNode
  var resultIndex = 0
}
