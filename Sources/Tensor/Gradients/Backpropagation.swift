/// A backward pass, which computes the gradients of variables from the gradient of a result.
///
/// Nodes are visited by descending depth, so that a node's gradient is complete when it is visited.
/// Within a depth they are visited in the order in which they were reached, so that sums of
/// gradients are the same in every run.
package struct Backpropagation<Scalar: TensorScalar> {
  private let variables: GradientNode
  /// The gradient of each variable so far.
  private var gradients: [Tensor<Scalar>?]
  /// The nodes that were reached, by depth.
  private var levels: [BackpropagationLevel<Scalar>]
  /// The node that is being visited.
  private(set) var node: GradientNode

  /// The gradients that are to be multiplied by infinity, and their targets.
  private var infinite: [(gradient: Tensor<Scalar>, source: GradientSource)] = []
  /// A Boolean value that indicates whether the pass computes gradients that are multiplied by
  /// infinity.
  private var isInfinite = false
  /// The variables to which the nodes lead; nil if all nodes lead to this pass's variables only.
  let routes: GradientRoutes?

  /// Returns the gradients of `result` with respect to `variables` (nil for a variable that it does
  /// not depend on), and whether the result depends on variables of an outer gradient.
  ///
  /// - Parameters:
  ///   - seed: The gradient of the result itself, in its shape.
  ///   - variables: The node of the variables.
  ///   - count: The number of variables.
  @specialized(where Scalar == Float)
  static func gradients(
    of result: Tensor<Scalar>, seed: Tensor<Scalar>, at variables: GradientNode, count: Int
  ) -> (gradients: [Tensor<Scalar>?], dependsOnOuter: Bool) {
    var pass = Self(variables, count: count, result.source?.node)
    var isTracked = false
    if let source = result.source {
      isTracked = pass.routes?.leadsToOuter(source.node) ?? false
      pass.accumulate(seed, at: source)
      pass.visitNodes()
      pass.addInfiniteGradients()
    }
    return (pass.gradients, isTracked)
  }

  private init(_ variables: GradientNode, count: Int, _ result: GradientNode?) {
    self.variables = variables
    node = variables
    routes =
      if let result, result.isMixed { GradientRoutes(from: result, to: variables) } else { nil }
    // Not Array(repeating:count:), which is generic where this is not.
    gradients = []
    gradients.reserveCapacity(count)
    for _ in 0..<count { gradients.append(nil) }
    levels = []
    let depth = result?.depth ?? 0
    levels.reserveCapacity(depth)
    for _ in 0..<depth { levels.append(BackpropagationLevel()) }
  }

  /// Creates an empty pass over the same nodes.
  private init(again pass: Self) {
    variables = pass.variables
    node = variables
    routes = pass.routes
    gradients = pass.gradients.map { _ in nil }
    levels = pass.levels.map { _ in BackpropagationLevel() }
  }

  /// Adds the gradients that are multiplied by infinity, computed in a separate pass.
  ///
  /// A nonzero gradient of a variable becomes an infinity of the same sign, and a gradient of 0
  /// stays 0. In the same pass as the finite gradients, the infinities would be multiplied by
  /// derivatives of 0, which gives NaN.
  private mutating func addInfiniteGradients() {
    guard !infinite.isEmpty else { return }
    var pass = Self(again: self)
    pass.isInfinite = true
    for (gradient, source) in infinite { pass.accumulate(gradient, at: source) }
    pass.visitNodes()
    pass.addInfiniteGradients()
    for (index, gradient) in pass.gradients.enumerated() {
      guard let gradient = gradient?.detached else { continue }
      gradients[index].accumulate(
        Tensor.select(gradient .== 0, Tensor(0), gradient * .infinity))
    }
  }

  private mutating func visitNodes() {
    for level in levels.indices.reversed() {
      var reached = levels[level].takeReached()
      reached.reverse()
      while let (node, received) = reached.popLast() {
        self.node = node
        node.pullBack(received, into: &self)
      }
    }
  }

  /// Returns a Boolean value that indicates whether the gradient of the visited operation's input
  /// is needed.
  package func wantsGradient(ofInput index: Int) -> Bool {
    guard let source = node.inputs[index] else { return false }
    return routes?.leadsToVariables(source.node) ?? true
  }

  /// Adds a gradient of an input of the visited operation, unless it is not needed.
  @specialized(where Scalar == Float)
  package mutating func add(_ gradient: consuming Tensor<Scalar>, toInput index: Int) {
    guard let source = node.inputs[index] else { return }
    if routes == nil { gradient.source = nil }
    accumulate(gradient, at: source)
  }

  /// Adds a change of an input of the visited operation that is a running statistic, not a gradient.
  ///
  /// The change reaches the variable like a gradient, but does not depend on the gradient of the
  /// result.
  package mutating func add(change: Tensor<Scalar>, toInput index: Int) {
    if !isInfinite { add(change.detached, toInput: index) }
  }

  /// Adds infinity times a gradient of an input of the visited operation.
  ///
  /// - Parameter gradient: A finite gradient, 0 at elements without an infinity.
  mutating func add(infinitely gradient: Tensor<Scalar>, toInput index: Int) {
    guard let source = node.inputs[index] else { return }
    infinite.append((gradient.detached, source))
  }

  /// Adds a gradient of each input of the visited operation, with nil for none.
  mutating func add(_ inputGradients: [Tensor<Scalar>?]) {
    guard inputGradients.count == node.inputs.count else {
      fatalError(
        "Gradient: a pullback returned \(inputGradients.count) gradients for "
          + "\(node.inputs.count) inputs"
      )
    }
    for (index, gradient) in inputGradients.enumerated() {
      if let gradient { add(gradient, toInput: index) }
    }
  }

  /// Adds the gradients of another gradient's variables to the tensors from which they were made.
  mutating func add(toVariables received: ResultGradients<Scalar>) {
    for (index, gradient) in zip(node.inputs.indices, received.all) {
      if let gradient { add(gradient, toInput: index) }
    }
  }

  private mutating func accumulate(
    _ gradient: consuming Tensor<Scalar>, at source: GradientSource
  ) {
    let node = source.node
    if node === variables {
      gradients[source.resultIndex].accumulate(gradient)
    } else if node.depth > 0, routes?.leadsToVariables(node) ?? true {
      levels[node.depth - 1].accumulate(gradient, at: node, source.resultIndex)
    }
    // The variables of an outer gradient are ignored.
  }
}

/// The nodes of one depth that were reached, in the order in which they were reached.
private struct BackpropagationLevel<Scalar: TensorScalar> {
  private typealias Reached = (node: GradientNode, gradients: ResultGradients<Scalar>)

  private var reached: [Reached] = []
  /// The index of each node in `reached`, once there are too many for a linear search.
  private var places: [ObjectIdentifier: Int] = [:]
  private static var mostSearched: Int { 16 }

  mutating func accumulate(
    _ gradient: consuming Tensor<Scalar>, at node: GradientNode, _ resultIndex: Int
  ) {
    let place = place(of: node) ?? append(node)
    reached[place].gradients.accumulate(gradient, at: resultIndex)
  }

  /// Removes and returns the nodes and the gradients of their results.
  mutating func takeReached() -> [(node: GradientNode, gradients: ResultGradients<Scalar>)] {
    defer { self = Self() }
    return reached
  }

  private func place(of node: GradientNode) -> Int? {
    reached.count <= Self.mostSearched
      ? reached.lastIndex { $0.node === node } : places[ObjectIdentifier(node)]
  }

  private mutating func append(_ node: GradientNode) -> Int {
    reached.append((node, ResultGradients(count: node.resultCount)))
    if reached.count == Self.mostSearched + 1 {
      for (place, one) in reached.enumerated() { places[ObjectIdentifier(one.node)] = place }
    } else if reached.count > Self.mostSearched {
      places[ObjectIdentifier(node)] = reached.count - 1
    }
    return reached.count - 1
  }
}
