// Support for pullbacks whose gradients an outer gradient differentiates. A pullback keeps its
// operands without their sources: otherwise the release of nodes would be recursive, and a result
// would keep its own node alive. The visited node knows the sources.

extension Backpropagation {
  /// Returns an operand of the visited operation, tracked if an outer gradient depends on it.
  ///
  /// - Parameters:
  ///   - value: The operand's elements, untracked.
  ///   - index: The index of the operand among the inputs.
  package func operand(_ value: Tensor<Scalar>, _ index: Int) -> Tensor<Scalar> {
    guard let routes, let source = node.inputs[index], routes.leadsToOuter(source.node) else {
      return value
    }
    return value.tracked(from: source)
  }

  /// Returns a result of the visited operation, tracked if an outer gradient depends on it.
  ///
  /// - Parameters:
  ///   - value: The result's elements, untracked.
  ///   - index: The index of the result, if there are several.
  package func result(_ value: Tensor<Scalar>, _ index: Int = 0) -> Tensor<Scalar> {
    guard let routes, routes.leadsToOuter(node) else { return value }
    return value.tracked(from: GradientSource(node: node, resultIndex: index))
  }

  /// Returns a Boolean value that indicates whether an outer gradient depends on the gradients of
  /// the visited operation's inputs.
  package func isDifferentiated(_ received: ResultGradients<Scalar>) -> Bool {
    guard let routes else { return false }
    return routes.leadsToOuter(node) || received.isTracked
  }

  /// Adds the gradients of the visited operation's inputs, computed from an equivalent composition
  /// of other operations, so that they can be differentiated any number of times.
  ///
  /// - Parameters:
  ///   - received: The gradient of the result.
  ///   - operands: The inputs, untracked.
  ///   - composition: A closure that computes the result from the inputs.
  package mutating func pullBack(
    _ received: Tensor<Scalar>, at operands: [Tensor<Scalar>],
    through composition: ([Tensor<Scalar>]) -> Tensor<Scalar>
  ) {
    let tracked = operands.indices.map { operand(operands[$0], $0) }
    let gradients = valueWithGradients(at: tracked) { (composition($0) * received).sum() }.gradients
    for (index, gradient) in gradients.enumerated() { add(gradient, toInput: index) }
  }

  /// Stops the program if an outer gradient depends on the gradients of the visited operation's
  /// inputs, because the operation has no second derivative.
  func requireNoFurtherGradient(of operation: String, _ received: ResultGradients<Scalar>) {
    guard isDifferentiated(received) else { return }
    fatalError(
      "\(operation): this operation has a first derivative only, but a gradient within a gradient "
        + "needs its second; compute the inner gradient without it, or make its operands constants "
        + "with x.detached")
  }
}

extension ResultGradients {
  /// A Boolean value that indicates whether an outer gradient depends on one of these gradients.
  fileprivate var isTracked: Bool { all.contains { $0?.isTracked ?? false } }
}

extension Tensor {
  fileprivate func tracked(from source: GradientSource) -> Tensor {
    var result = self
    result.source = source
    return result
  }
}
