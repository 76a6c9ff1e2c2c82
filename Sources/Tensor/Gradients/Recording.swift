// Two things about speed, for code that runs at every operation of every step. Closures stand where key
// paths would read better: in generic code a key path is made anew at every call. And generic code
// looks its types up as it runs, which costs a small network more than its arithmetic: hence
// `@specialized` on the functions of the gradient, of the dense layer, of losses, of optimizers and of
// the matrix product, and `@inlinable` on the access to a tensor's elements.

extension Tensor {
  /// Whether operations on this tensor are recorded for gradients.
  public var isTracked: Bool { source != nil }

  /// The same elements, not tracked: a constant to any gradient.
  public var detached: Tensor {
    var result = self
    result.source = nil
    return result
  }

  /// Returns this tensor as the result of an operation on `inputs`, with the operation's derivative.
  ///
  /// This is how an operation with a gradient of its own is made, in this package and outside of it:
  ///
  /// ```swift
  /// func cubed(_ x: Tensor<Float>) -> Tensor<Float> {
  ///   let value = x.detached                              // compute on untracked tensors
  ///   return (value * value * value).recorded(from: x) { gradient in
  ///     [gradient * 3 * value * value]
  ///   }
  /// }
  /// ```
  ///
  /// The operation has a first derivative only: a gradient within a gradient that needs its second one
  /// stops the program. Use ``recorded(from:differentiablePullback:)`` to define all derivatives.
  ///
  /// - Parameters:
  ///   - inputs: The operands. If none is tracked, nothing is recorded.
  ///   - name: The operation's name, for messages: that of the function by default.
  ///   - pullback: Takes the gradient of the result, in its shape; gives the gradient of each input,
  ///     in that input's shape, or nil for none. It may capture untracked tensors only.
  @specialized(where Scalar == Float)
  public func recorded(
    from inputs: Tensor..., named name: String = #function,
    pullback: @escaping @Sendable (Tensor) -> [Tensor?]
  ) -> Tensor {
    guard inputs.contains(where: { $0.isTracked }) else { return self }
    return recorded(from: inputs.map { $0.source }, firstOrderName: name) { received, pass in
      pass.add(pullback(received.first!))
    }
  }

  /// Returns this tensor as the result of an operation on `inputs`, with a derivative that can be
  /// differentiated itself.
  ///
  /// ```swift
  /// func cubed(_ x: Tensor<Float>) -> Tensor<Float> {
  ///   let value = x.detached
  ///   return (value * value * value).recorded(from: x) { gradient, operands in
  ///     [gradient * 3 * operands[0] * operands[0]]        // tracked if an outer gradient needs it
  ///   }
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - inputs: The operands. If none is tracked, nothing is recorded.
  ///   - pullback: Takes the gradient of the result, in its shape, and the operands; gives the gradient
  ///     of each input, in that input's shape, or nil for none. It must compute them from its
  ///     parameters by differentiable operations, and may capture constants only.
  public func recorded(
    from inputs: Tensor...,
    differentiablePullback pullback:
      @escaping @Sendable (_ gradient: Tensor, _ operands: [Tensor]) -> [Tensor?]
  ) -> Tensor {
    guard inputs.contains(where: { $0.isTracked }) else { return self }
    let operands = inputs.map { $0.detached }
    return recorded(from: inputs.map { $0.source }) { received, pass in
      pass.add(
        pullback(received.first!, operands.indices.map { pass.operand(operands[$0], $0) }))
    }
  }

  /// Returns this tensor as the result of a linear operation on `input`.
  ///
  /// - Parameter pullback: Takes the gradient of the result to that of the input, by differentiable
  ///   operations.
  @specialized(where Scalar == Float)
  func recorded(
    linearlyFrom input: Tensor, pullback: @escaping @Sendable (Tensor) -> Tensor
  ) -> Tensor {
    guard input.isTracked else { return self }
    return recorded(from: [input.source]) { received, pass in
      pass.add(pullback(received.first!), toInput: 0)
    }
  }

  /// Returns several tensors as the results of one operation on `inputs`; see
  /// ``recorded(from:named:pullback:)``.
  ///
  /// - Parameters:
  ///   - name: The operation's name, for messages: that of the function by default.
  ///   - pullback: Takes the gradient of each result, nil where the result had no part in what is
  ///     differentiated.
  @specialized(where Scalar == Float)
  public static func recorded(
    _ results: [Tensor], from inputs: [Tensor], named name: String = #function,
    pullback: @escaping @Sendable ([Tensor?]) -> [Tensor?]
  ) -> [Tensor] {
    guard inputs.contains(where: { $0.isTracked }) else { return results }
    let node = GradientNode(
      inputs: inputs.map { $0.source }, resultCount: results.count,
      pullback: Pullback<Scalar>(firstOrderName: name) { received, pass in
        pass.add(pullback(received.all))
      })
    return results.indices.map { index in
      var result = results[index]
      result.source = GradientSource(node: node, resultIndex: index)
      return result
    }
  }

  /// Returns this tensor as the result of an operation, of which only the inputs' sources are at hand.
  ///
  /// - Parameters:
  ///   - name: The operation's name, if its gradient cannot itself be differentiated.
  ///   - pullback: Takes the gradient of the result, and adds those of the inputs to the pass, one by
  ///     one: no array is made of them.
  @specialized(where Scalar == Float)
  package consuming func recorded(
    from sources: [GradientSource?], firstOrderName name: String? = nil,
    pullback:
      @escaping @Sendable (
        _ received: ResultGradients<Scalar>, _ pass: inout Backpropagation<Scalar>
      ) -> Void
  ) -> Tensor {
    source = GradientSource(
      node: GradientNode(
        inputs: sources, resultCount: 1, pullback: Pullback(firstOrderName: name, pullback)))
    return self
  }

  /// Where the tensor came from, if it is tracked.
  package var gradientSource: GradientSource? { source }

  /// Makes this a constant to any gradient.
  ///
  /// - Returns: Where it came from, if it was tracked.
  package mutating func detach() -> GradientSource? {
    source.take()
  }
}
