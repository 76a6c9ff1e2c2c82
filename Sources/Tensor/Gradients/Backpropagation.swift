/// Carries gradients from a result back to variables.
///
/// Nodes are visited by descending depth, so each has the whole of its gradient when its turn comes,
/// and in the order in which they were reached, so sums of gradients are the same in every run.
package struct Backpropagation<Scalar: TensorScalar> {
  private let variables: GradientNode
  /// What has come back to each variable.
  private var gradients: [Tensor<Scalar>?]
  /// The nodes that were reached, by depth.
  private var levels: [BackpropagationLevel<Scalar>]
  /// The node that is being visited.
  private(set) var node: GradientNode

  /// What comes back times infinity, and where to.
  private var infinite: [(gradient: Tensor<Scalar>, source: GradientSource)] = []
  /// Where the nodes lead to; nil if all lead to the variables, and to those alone.
  let routes: GradientRoutes?

  /// Returns the gradients of `result` with respect to `variables`, nil for one that it does not depend
  /// on, and whether the result depends on variables of an outer gradient.
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

  /// A pass that begins anew, over the same nodes.
  private init(again pass: Self) {
    variables = pass.variables
    node = variables
    routes = pass.routes
    gradients = pass.gradients.map { _ in nil }
    levels = pass.levels.map { _ in BackpropagationLevel() }
  }

  /// Adds what comes back times infinity, carried back by a pass of its own: an infinity with the sign of
  /// what reaches a variable, and 0 where nothing does. Carried back with the finite gradients it would
  /// be multiplied by derivatives that are 0, which gives NaN.
  private mutating func addInfiniteGradients() {
    guard !infinite.isEmpty else { return }
    var pass = Self(again: self)
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

  /// Returns whether a gradient of the visited operation's input is wanted.
  package func wantsGradient(ofInput index: Int) -> Bool {
    guard let source = node.inputs[index] else { return false }
    return routes?.leadsToVariables(source.node) ?? true
  }

  /// Adds a gradient of an input of the visited operation; it is dropped if it is not wanted.
  @specialized(where Scalar == Float)
  package mutating func add(_ gradient: consuming Tensor<Scalar>, toInput index: Int) {
    guard let source = node.inputs[index] else { return }
    if routes == nil { gradient.source = nil }
    accumulate(gradient, at: source)
  }

  /// Adds infinity times a gradient of an input of the visited operation.
  ///
  /// - Parameter gradient: Finite, and 0 where nothing infinite comes back.
  mutating func add(infinitely gradient: Tensor<Scalar>, toInput index: Int) {
    guard let source = node.inputs[index] else { return }
    infinite.append((gradient.detached, source))
  }

  /// Adds a gradient of each input of the visited operation, nil where there is none.
  mutating func add(_ inputGradients: [Tensor<Scalar>?]) {
    guard inputGradients.count == node.inputs.count else {
      fatalError(
        "Gradient: a pullback gave \(inputGradients.count) gradients for \(node.inputs.count) inputs"
      )
    }
    for (index, gradient) in inputGradients.enumerated() {
      if let gradient { add(gradient, toInput: index) }
    }
  }

  /// Adds the gradients of variables of another gradient to the tensors that they were made from.
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
    // Variables of an outer gradient are none of this one's.
  }
}

/// The nodes of one depth that gradients have come back to, in the order in which they were reached.
private struct BackpropagationLevel<Scalar: TensorScalar> {
  private typealias Reached = (node: GradientNode, gradients: ResultGradients<Scalar>)

  private var reached: [Reached] = []
  /// The places of the nodes, once they are too many to search through.
  private var places: [ObjectIdentifier: Int] = [:]
  private static var mostSearched: Int { 16 }

  mutating func accumulate(
    _ gradient: consuming Tensor<Scalar>, at node: GradientNode, _ resultIndex: Int
  ) {
    let place = place(of: node) ?? append(node)
    reached[place].gradients.accumulate(gradient, at: resultIndex)
  }

  /// The nodes, with what has come back to each of their results.
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
