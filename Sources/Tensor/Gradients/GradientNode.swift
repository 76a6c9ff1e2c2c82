import Synchronization

/// One recorded operation: where its inputs came from, and how gradients flow back through it.
///
/// A node belongs to the results of its operation and is gone with them: there is no tape. The
/// variables that gradients are asked for are the results of a node of their own. Its inputs are the
/// sources of those variables that an outer gradient tracks.
///
/// All tensors around a node have one scalar type, which the node itself does not name: taking a
/// generic chain apart took a tenth of a small network's step.
@usableFromInline package final class GradientNode: Sendable {
  /// Longer than the longest path to a variable, so that descending depth is a valid order; 0 for
  /// variables that do not depend on those of another gradient.
  private(set) nonisolated(unsafe) var depth: Int
  private(set) nonisolated(unsafe) var resultCount: Int
  /// A Boolean value that indicates whether the node leads to the variables of several gradients.
  private(set) nonisolated(unsafe) var isMixed: Bool
  /// The variables that the node leads to; the first ones of a mixed node.
  private let variables: ObjectIdentifier?
  /// A ``Pullback`` of the tensors' scalar type; nil for variables.
  private let pullback: (any AnyObject & Sendable)?
  // Variables write these while they are made, and deinit does when nobody else can look.
  private(set) nonisolated(unsafe) var inputs: [GradientSource?]
  /// A Boolean value that indicates whether this is the node of variables whose gradients have yet to
  /// be taken.
  private let isOpen: Atomic<Bool>

  /// Creates the node of variables, which ``addVariable(from:)`` adds.
  init() {
    depth = 0
    resultCount = 0
    isMixed = false
    variables = nil
    pullback = nil
    inputs = []
    isOpen = Atomic(true)
  }

  init<Scalar: TensorScalar>(
    inputs: [GradientSource?], resultCount: Int, pullback: Pullback<Scalar>
  ) {
    var depth = 0
    var isMixed = false
    var variables: ObjectIdentifier?
    for input in inputs {
      guard let node = input?.node else { continue }
      depth = max(depth, node.depth)
      let theirs = node.variables ?? ObjectIdentifier(node)
      if node.isMixed || (variables != nil && variables != theirs) { isMixed = true }
      variables = theirs
    }
    self.depth = depth + 1
    self.resultCount = resultCount
    self.isMixed = isMixed
    self.variables = variables
    self.pullback = pullback
    self.inputs = inputs
    isOpen = Atomic(false)
  }

  /// Adds a variable.
  ///
  /// - Parameter source: The source of a tensor that another gradient tracks: to that gradient the
  ///   variable is the tensor itself.
  func addVariable(from source: GradientSource?) {
    resultCount += 1
    guard let source else { return }
    while inputs.count < resultCount - 1 { inputs.append(nil) }
    inputs.append(source)
    depth = max(depth, source.node.depth + 1)
    isMixed = true
  }

  /// Marks the gradients of these variables as taken: from now on nothing depends on them.
  func close() { isOpen.store(false, ordering: .relaxed) }

  /// A Boolean value that indicates whether these are variables whose gradients have yet to be taken.
  var isOpenVariables: Bool { isOpen.load(ordering: .relaxed) }

  /// Adds what comes back to the inputs, given what came back to the results.
  func pullBack<Scalar: TensorScalar>(
    _ received: ResultGradients<Scalar>, into pass: inout Backpropagation<Scalar>
  ) {
    guard let pullback else { return pass.add(toVariables: received) }
    // What tracked tensors of this type have recorded is of this type.
    let typed = unsafeDowncast(pullback, to: Pullback<Scalar>.self)
    if pass.routes != nil, let name = typed.firstOrderName {
      pass.requireNoFurtherGradient(of: name, received)
    }
    typed.body(received, &pass)
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
  /// The operation's name, if its gradient cannot itself be differentiated.
  let firstOrderName: String?

  init(firstOrderName: String? = nil, _ body: @escaping Body) {
    self.body = body
    self.firstOrderName = firstOrderName
  }
}

/// One result of a recorded operation.
@usableFromInline package struct GradientSource: Sendable {
  var node: GradientNode
  var resultIndex = 0
}
