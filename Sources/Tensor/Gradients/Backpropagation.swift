/// Carries gradients from a result back to variables.
///
/// Nodes are visited by descending depth, so each has the whole of its gradient when its turn comes,
/// and in the order in which they were reached, so sums of gradients are the same in every run.
struct Backpropagation<Scalar: TensorScalar> {
  private var gradients: [ObjectIdentifier: [Tensor<Scalar>?]] = [:]
  private var pending: [[GradientNode]] = []

  /// The gradients of `result` with respect to `variables`; nil for one that it does not depend on.
  ///
  /// - Parameter seed: The gradient of the result itself, in its shape.
  @specialized(where Scalar == Float)
  static func gradients(
    of result: Tensor<Scalar>, seed: Tensor<Scalar>, at variables: [GradientNode]
  ) -> [Tensor<Scalar>?] {
    guard let source = result.source else { return variables.map { _ in nil } }
    var pass = Self()
    pass.pending = Array(repeating: [], count: source.node.depth + 1)
    pass.accumulate(seed, at: source)
    pass.visitNodes()
    return variables.map { pass.gradients[ObjectIdentifier($0)]?[0] }
  }

  private mutating func visitNodes() {
    for depth in pending.indices.reversed() where depth > 0 {
      for node in pending[depth] { visit(node) }
      pending[depth] = []
    }
  }

  private mutating func visit(_ node: GradientNode) {
    guard let received = gradients.removeValue(forKey: ObjectIdentifier(node)) else { return }
    let inputGradients = node.inputGradients(received)
    guard inputGradients.count == node.inputs.count else {
      fatalError(
        "Gradient: a pullback gave \(inputGradients.count) gradients for \(node.inputs.count) inputs"
      )
    }
    for (input, gradient) in zip(node.inputs, inputGradients) {
      if let input, let gradient { accumulate(gradient, at: input) }
    }
  }

  private mutating func accumulate(_ gradient: Tensor<Scalar>, at source: GradientSource) {
    let key = ObjectIdentifier(source.node)
    let index = source.resultIndex
    guard gradients[key] != nil else {
      var first = [Tensor<Scalar>?](repeating: nil, count: source.node.resultCount)
      first[index] = gradient.detached
      gradients[key] = first
      pending[source.node.depth].append(source.node)
      return
    }
    if gradients[key]![index] == nil {
      gradients[key]![index] = gradient.detached
    } else {
      gradients[key]![index]! += gradient.detached
    }
  }
}
