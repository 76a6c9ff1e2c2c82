// This code runs for every operation of every step, so its speed matters. It uses closures instead
// of key paths, since generic code creates a key path anew at every call. Generic code also looks
// up types at run time, which costs a small network more than its arithmetic. Therefore the
// functions of gradients, dense layers, losses, optimizers, and the matrix product are
// `@specialized`, and the access to a tensor's elements is `@inlinable`.

extension Tensor {
  /// A Boolean value that indicates whether operations on this tensor are recorded for gradients.
  public var isTracked: Bool { source != nil }

  /// The tensor with the same elements, untracked. Gradients treat it as a constant.
  public var detached: Tensor {
    var result = self
    result.source = nil
    return result
  }

  /// Returns this tensor as the result of an operation on `inputs` with the given derivative.
  ///
  /// Use this function to define an operation with its own gradient:
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
  /// The operation has a first derivative only. A gradient within a gradient that needs the second
  /// derivative stops the program. To define all derivatives, use
  /// ``recorded(from:differentiablePullback:)``.
  ///
  /// - Parameters:
  ///   - inputs: The operands. If none is tracked, nothing is recorded.
  ///   - name: The operation's name in messages. The default is the name of the calling function.
  ///   - pullback: A closure that takes the gradient of the result, in its shape, and returns the
  ///     gradient of each input, in the input's shape, or nil for none. It may capture untracked
  ///     tensors only.
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

  /// Returns this tensor as the result of an operation on `inputs`, with a derivative that can
  /// itself be differentiated.
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
  ///   - pullback: A closure that takes the gradient of the result, in its shape, and the operands.
  ///     It returns the gradient of each input, in the input's shape, or nil for none. It must
  ///     compute them from its parameters with differentiable operations, and may capture constants
  ///     only.
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
  /// - Parameter pullback: A closure that returns the gradient of the input, given the gradient of
  ///   the result, with differentiable operations.
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
  ///   - results: The results, untracked.
  ///   - inputs: The operands. If none is tracked, nothing is recorded.
  ///   - name: The operation's name in messages. The default is the name of the calling function.
  ///   - pullback: A closure that takes the gradient of each result, with nil for a result that
  ///     does not contribute, and returns the gradient of each input, or nil for none.
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

  /// Returns this tensor as the result of an operation, given the sources of the inputs.
  ///
  /// - Parameters:
  ///   - sources: The source of each input; nil for an untracked one.
  ///   - name: The operation's name, if its gradient cannot be differentiated.
  ///   - pullback: A closure that takes the gradient of the result and adds those of the inputs to
  ///     the pass, one by one, so that no array is needed.
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

  /// The source of the tensor; nil if it is not tracked.
  package var gradientSource: GradientSource? { source }

  /// Makes this tensor untracked, so that gradients treat it as a constant.
  ///
  /// - Returns: The source of the tensor; nil if it was not tracked.
  package mutating func detach() -> GradientSource? {
    source.take()
  }
}
