/// Carries gradients from a result back to variables.
///
/// Nodes are visited by descending depth, so each has the whole of its gradient when its turn comes,
/// and in the order in which they were reached, so sums of gradients are the same in every run.
struct Backpropagation<Scalar: TensorScalar> {
  private let variables: [GradientNode]
  /// What has come back to each variable.
  private var gradients: [Tensor<Scalar>?]
  /// The nodes that were reached, by depth.
  private var levels: [BackpropagationLevel<Scalar>]

  /// The gradients of `result` with respect to `variables`; nil for one that it does not depend on.
  ///
  /// - Parameters:
  ///   - seed: The gradient of the result itself, in its shape.
  ///   - variables: Each at the place that it was made for.
  @specialized(where Scalar == Float)
  static func gradients(
    of result: Tensor<Scalar>, seed: Tensor<Scalar>, at variables: [GradientNode]
  ) -> [Tensor<Scalar>?] {
    var pass = Self(variables, depth: result.source?.node.depth ?? 0)
    if let source = result.source {
      pass.accumulate(seed, at: source)
      pass.visitNodes()
    }
    return pass.gradients
  }

  private init(_ variables: [GradientNode], depth: Int) {
    self.variables = variables
    gradients = Array(repeating: nil, count: variables.count)
    levels = Array(repeating: BackpropagationLevel(), count: depth + 1)
  }

  private mutating func visitNodes() {
    for depth in levels.indices.reversed() where depth > 0 {
      for (node, received) in levels[depth].takeReached() { visit(node, received) }
    }
  }

  private mutating func visit(_ node: GradientNode, _ received: [Tensor<Scalar>?]) {
    let inputGradients = node.inputGradients(received)
    guard inputGradients.count == node.inputs.count else {
      fatalError(
        "Gradient: a pullback gave \(inputGradients.count) gradients for \(node.inputs.count) inputs"
      )
    }
    for (input, gradient) in zip(node.inputs, inputGradients) {
      if let input, let gradient { accumulate(gradient.detached, at: input) }
    }
  }

  private mutating func accumulate(_ gradient: Tensor<Scalar>, at source: GradientSource) {
    let node = source.node
    guard node.depth == 0 else {
      levels[node.depth].accumulate(gradient, at: node, source.resultIndex)
      return
    }
    // A variable of an outer gradient is none of this one's.
    let index = node.variableIndex
    guard index < variables.count, variables[index] === node else { return }
    gradients[index].accumulate(gradient)
  }
}

/// The nodes of one depth that gradients have come back to, in the order in which they were reached.
private struct BackpropagationLevel<Scalar: TensorScalar> {
  private typealias Reached = (node: GradientNode, gradients: [Tensor<Scalar>?])

  private var reached: [Reached] = []
  /// The places of the nodes, once they are too many to search through.
  private var places: [ObjectIdentifier: Int] = [:]
  private static var mostSearched: Int { 16 }

  mutating func accumulate(_ gradient: Tensor<Scalar>, at node: GradientNode, _ resultIndex: Int) {
    let place = place(of: node) ?? append(node)
    reached[place].gradients[resultIndex].accumulate(gradient)
  }

  /// The nodes, with what has come back to each of their results.
  mutating func takeReached() -> [(node: GradientNode, gradients: [Tensor<Scalar>?])] {
    defer { self = Self() }
    return reached
  }

  private func place(of node: GradientNode) -> Int? {
    reached.count <= Self.mostSearched
      ? reached.lastIndex { $0.node === node } : places[ObjectIdentifier(node)]
  }

  private mutating func append(_ node: GradientNode) -> Int {
    reached.append((node, Array(repeating: nil, count: node.resultCount)))
    if reached.count == Self.mostSearched + 1 {
      for (place, one) in reached.enumerated() { places[ObjectIdentifier(one.node)] = place }
    } else if reached.count > Self.mostSearched {
      places[ObjectIdentifier(node)] = reached.count - 1
    }
    return reached.count - 1
  }
}

extension Optional {
  /// Adds a gradient, or takes it where there is none yet.
  fileprivate mutating func accumulate<Scalar>(_ gradient: Tensor<Scalar>)
  where Wrapped == Tensor<Scalar> {
    if self == nil { self = gradient } else { self! += gradient }
  }
}
