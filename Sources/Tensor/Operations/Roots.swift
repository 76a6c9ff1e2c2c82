/// Functions whose derivative at 0 is infinite.
///
/// If such a function is applied to a result that is 0 and whose own derivative is 0, such as a sum
/// of squares, the chain rule gives 0 times infinity. The gradient is then 0, which is a
/// subgradient of norms and deviations. Otherwise it is infinite, as in PyTorch.
extension Tensor {
  /// Returns the square root of each element.
  ///
  /// Its derivative at 0 is infinite, but the gradient of the root of a sum of squares at 0 is 0.
  public func sqrt() -> Tensor { rooted(isInfiniteAtZero: true) }

  /// Returns the square root of sums of squares. Its gradient is 0 wherever the root is 0, even if
  /// squares underflow to 0.
  func rootOfSquares() -> Tensor { rooted(isInfiniteAtZero: false) }

  private func rooted(isInfiniteAtZero: Bool) -> Tensor {
    let root = applying(.sqrt)
    guard isTracked else { return root }
    return root.recorded(from: [source]) { received, pass in
      let gradient = received.first!
      guard root.hasZero else {
        return pass.add(gradient / (pass.result(root) * 2), toInput: 0)
      }
      let isZero = root .== 0
      let divisor = Tensor.select(isZero, Tensor(1), pass.result(root) * 2)
      pass.add(Tensor.select(isZero, Tensor(0), gradient / divisor), toInput: 0)
      if isInfiniteAtZero {
        pass.add(infinitely: Tensor.select(isZero, gradient, Tensor(0)), toInput: 0)
      }
    }
  }

  /// Returns the elements raised to a power.
  ///
  /// For exponents between 0 and 1, the derivative at 0 is infinite, but the gradient of a root of
  /// powers at 0 is 0; see ``sqrt()``.
  public func power(_ exponent: Scalar) -> Tensor {
    let value = detached
    let result = Tensor.combined(.power, value, Tensor(exponent), named: "power")
    guard isTracked else { return result }
    return result.recorded(from: [source]) { received, pass in
      if exponent == 0 { return pass.add(.zeros(value.shape), toInput: 0) }
      let gradient = received.first!
      let x = pass.operand(value, 0)
      guard exponent < 1, value.hasZero else {
        return pass.add(gradient * (x.power(exponent - 1) * exponent), toInput: 0)
      }
      let isRoot = exponent > 0
      let isLeftOut = (value .== 0) * (isRoot ? Tensor(1) : gradient.detached .== 0)
      let base = Tensor.select(isLeftOut, Tensor(1), x)
      let finite = gradient * (base.power(exponent - 1) * exponent)
      pass.add(Tensor.select(isLeftOut, Tensor(0), finite), toInput: 0)
      if isRoot {
        pass.add(infinitely: Tensor.select(isLeftOut, gradient, Tensor(0)), toInput: 0)
      }
    }
  }
}

extension Tensor {
  /// A Boolean value that indicates whether an element is 0.
  var hasZero: Bool {
    elementCount == 1 ? scalar == 0 : elementCount > 0 && (detached .== 0).max().scalar != 0
  }

  /// Returns the elements, with 1 in place of zeros whose gradient is 0.
  ///
  /// At these zeros an infinite derivative would be multiplied by 0. Elements that
  /// ``select(_:_:_:)`` does not select must not produce NaN.
  func replacingZeros(where gradient: Tensor) -> Tensor {
    guard hasZero else { return self }
    return .select((detached .== 0) * (gradient.detached .== 0), Tensor(1), self)
  }
}
