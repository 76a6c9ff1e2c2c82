import Synchronization

/// A recorded operation: the sources of its inputs, and its derivative.
///
/// A node belongs to the results of its operation and is released with them, so there is no tape.
/// The variables of a gradient are the results of a node of their own. The inputs of that node are
/// the sources of those variables that an outer gradient tracks.
///
/// All tensors around a node have one scalar type, but the node is not generic over it: releasing a
/// chain of generic nodes took a tenth of a small network's step.
@usableFromInline package final class GradientNode: Sendable {
  /// A number greater than the length of the longest path to a variable, so that descending depth
  /// is a valid order. It is 0 for variables that do not depend on those of another gradient.
  private(set) nonisolated(unsafe) var depth: Int
  private(set) nonisolated(unsafe) var resultCount: Int
  /// A Boolean value that indicates whether the node leads to the variables of several gradients.
  private(set) nonisolated(unsafe) var isMixed: Bool
  /// The variables that the node leads to; for a mixed node, the first ones.
  private let variables: ObjectIdentifier?
  /// A ``Pullback`` of the tensors' scalar type; nil for variables.
  private let pullback: (any AnyObject & Sendable)?
  // Written while variables are made, and in deinit, when there is no other reference.
  private(set) nonisolated(unsafe) var inputs: [GradientSource?]
  /// A Boolean value that indicates whether this is the node of variables whose gradients have not
  /// been computed yet.
  private let isOpen: Atomic<Bool>

  /// Creates a node for variables, which ``addVariable(from:)`` adds.
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
  /// - Parameter source: The source of the variable's tensor if another gradient tracks it. To that
  ///   gradient, the variable is the tensor itself.
  func addVariable(from source: GradientSource?) {
    resultCount += 1
    guard let source else { return }
    while inputs.count < resultCount - 1 { inputs.append(nil) }
    inputs.append(source)
    depth = max(depth, source.node.depth + 1)
    isMixed = true
  }

  /// Marks the gradients of these variables as computed. From then on nothing depends on them.
  func close() { isOpen.store(false, ordering: .relaxed) }

  /// A Boolean value that indicates whether this is the node of variables whose gradients have not
  /// been computed yet.
  var isOpenVariables: Bool { isOpen.load(ordering: .relaxed) }

  /// Adds the gradients of the inputs to a pass, given the gradients of the results.
  func pullBack<Scalar: TensorScalar>(
    _ received: ResultGradients<Scalar>, into pass: inout Backpropagation<Scalar>
  ) {
    guard let pullback else { return pass.add(toVariables: received) }
    // Tensors of this type record pullbacks of this type only.
    let typed = unsafeDowncast(pullback, to: Pullback<Scalar>.self)
    if pass.routes != nil, let name = typed.firstOrderName {
      pass.requireNoFurtherGradient(of: name, received)
    }
    typed.body(received, &pass)
  }

  /// Releases a chain of nodes in a loop, since a recursive release would overflow the stack.
  deinit {
    guard depth > 1 else { return }
    var pending = inputs
    inputs = []
    while var source = pending.popLast() {
      // A node that only has variables as inputs needs no loop.
      if let depth = source?.node.depth, depth > 1, isKnownUniquelyReferenced(&source!.node) {
        pending.append(contentsOf: source!.node.inputs)
        source!.node.inputs = []
      }
    }
  }
}

/// A function that takes the gradients of an operation's results and adds those of its inputs to a
/// pass.
final class Pullback<Scalar: TensorScalar>: Sendable {
  typealias Body = @Sendable (ResultGradients<Scalar>, inout Backpropagation<Scalar>) -> Void

  let body: Body
  /// The operation's name, if its gradient cannot be differentiated.
  let firstOrderName: String?

  init(firstOrderName: String? = nil, _ body: @escaping Body) {
    self.body = body
    self.firstOrderName = firstOrderName
  }
}

/// A result of a recorded operation.
@usableFromInline package struct GradientSource: Sendable {
  var node: GradientNode
  var resultIndex = 0
}
