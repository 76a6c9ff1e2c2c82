infix operator .== : ComparisonPrecedence
infix operator .!= : ComparisonPrecedence
infix operator .< : ComparisonPrecedence
infix operator .<= : ComparisonPrecedence
infix operator .> : ComparisonPrecedence
infix operator .>= : ComparisonPrecedence

// MARK: Arithmetic, with broadcasting

extension Tensor {
  /// Returns the elementwise sum. Shapes are broadcast.
  @specialized(where Scalar == Float)
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    let result = combined(.add, left, right, named: "+")
    guard left.isTracked || right.isTracked else { return result }
    return result.recorded(from: [left.source, right.source]) {
      [a = left.shape, b = right.shape] received, pass in
      let gradient = received.first!
      if pass.wantsGradient(ofInput: 0) { pass.add(gradient.summed(to: a), toInput: 0) }
      if pass.wantsGradient(ofInput: 1) { pass.add(gradient.summed(to: b), toInput: 1) }
    }
  }

  /// Returns the elementwise difference. Shapes are broadcast.
  @specialized(where Scalar == Float)
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    let result = combined(.subtract, left, right, named: "-")
    guard left.isTracked || right.isTracked else { return result }
    return result.recorded(from: [left.source, right.source]) {
      [a = left.shape, b = right.shape] received, pass in
      let gradient = received.first!
      if pass.wantsGradient(ofInput: 0) { pass.add(gradient.summed(to: a), toInput: 0) }
      if pass.wantsGradient(ofInput: 1) { pass.add((-gradient).summed(to: b), toInput: 1) }
    }
  }

  /// Returns the elementwise product. Shapes are broadcast.
  @specialized(where Scalar == Float)
  public static func * (left: Tensor, right: Tensor) -> Tensor {
    let result = combined(.multiply, left, right, named: "*")
    guard left.isTracked || right.isTracked else { return result }
    return result.recorded(from: [left.source, right.source]) {
      [a = left.detached, b = right.detached] received, pass in
      let gradient = received.first!
      if pass.wantsGradient(ofInput: 0) {
        pass.add((gradient * pass.operand(b, 1)).summed(to: a.shape), toInput: 0)
      }
      if pass.wantsGradient(ofInput: 1) {
        pass.add((gradient * pass.operand(a, 0)).summed(to: b.shape), toInput: 1)
      }
    }
  }

  /// Returns the elementwise quotient. Shapes are broadcast.
  @specialized(where Scalar == Float)
  public static func / (left: Tensor, right: Tensor) -> Tensor {
    let result = combined(.divide, left, right, named: "/")
    guard left.isTracked || right.isTracked else { return result }
    return result.recorded(from: [left.source, right.source]) {
      [quotient = result, b = right.detached, a = left.shape] received, pass in
      let gradient = received.first!
      var (divisor, quotient) = (pass.operand(b, 1), pass.result(quotient))
      if b.hasZero {
        // An unused quotient by 0 must not produce NaN.
        let isUnused = (b .== 0) * (gradient.detached .== 0)
        divisor = select(isUnused, Tensor(1), divisor)
        quotient = select(isUnused, Tensor(0), quotient)
      }
      let scaled = gradient / divisor
      if pass.wantsGradient(ofInput: 0) { pass.add(scaled.summed(to: a), toInput: 0) }
      if pass.wantsGradient(ofInput: 1) {
        pass.add((-(scaled * quotient)).summed(to: b.shape), toInput: 1)
      }
    }
  }

  /// Returns the elements with the opposite sign.
  public static prefix func - (x: Tensor) -> Tensor {
    x.mapped(.negate) { gradient, _, _ in -gradient }
  }

  /// Adds in place. If the shapes are equal and neither operand is tracked, no memory is allocated.
  @specialized(where Scalar == Float)
  public static func += (left: inout Tensor, right: Tensor) {
    guard left.shape == right.shape, !left.isTracked, !right.isTracked else {
      left = left + right
      return
    }
    left.write { target in
      right.read { Scalar._Kernels.axpy(1, $0, target, right.elementCount) }
    }
  }

  /// Subtracts in place. If the shapes are equal and neither operand is tracked, no memory is
  /// allocated.
  public static func -= (left: inout Tensor, right: Tensor) {
    guard left.shape == right.shape, !left.isTracked, !right.isTracked else {
      left = left - right
      return
    }
    left.write { target in
      right.read { Scalar._Kernels.axpy(-1, $0, target, right.elementCount) }
    }
  }

  /// Multiplies and stores the result in the left operand.
  public static func *= (left: inout Tensor, right: Tensor) { left = left * right }

  /// Divides and stores the result in the left operand.
  public static func /= (left: inout Tensor, right: Tensor) { left = left / right }
}

// MARK: Arithmetic with numbers

extension Tensor {
  /// Returns the elements plus a number.
  public static func + (left: Tensor, right: Scalar) -> Tensor { left.scaled(by: 1, plus: right) }

  /// Returns a number plus the elements.
  public static func + (left: Scalar, right: Tensor) -> Tensor { right.scaled(by: 1, plus: left) }

  /// Returns the elements minus a number.
  public static func - (left: Tensor, right: Scalar) -> Tensor { left.scaled(by: 1, plus: -right) }

  /// Returns a number minus the elements.
  public static func - (left: Scalar, right: Tensor) -> Tensor { right.scaled(by: -1, plus: left) }

  /// Returns the elements times a number.
  @specialized(where Scalar == Float)
  public static func * (left: Tensor, right: Scalar) -> Tensor { left.scaled(by: right, plus: 0) }

  /// Returns a number times the elements.
  public static func * (left: Scalar, right: Tensor) -> Tensor { right.scaled(by: left, plus: 0) }

  /// Returns the elements divided by a number.
  public static func / (left: Tensor, right: Scalar) -> Tensor { left / Tensor(right) }

  /// Returns a number divided by the elements.
  public static func / (left: Scalar, right: Tensor) -> Tensor { Tensor(left) / right }

  /// Returns `self · factor + shift`, computed in one pass.
  @specialized(where Scalar == Float)
  func scaled(by factor: Scalar, plus shift: Scalar) -> Tensor {
    let result = Tensor(shape) { target in
      read { Scalar._Kernels.scaleShift(factor, shift, $0, target, elementCount) }
    }
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) {
      factor == 1 ? $0 : $0.scaled(by: factor, plus: 0)
    }
  }
}

// MARK: Extremes

extension Tensor {
  /// Returns the larger of two elements, or NaN if either is NaN. Shapes are broadcast.
  ///
  /// Equal elements share the gradient evenly, as in PyTorch.
  public static func maximum(_ left: Tensor, _ right: Tensor) -> Tensor {
    extreme(.maximum, left, right, named: "maximum")
  }

  /// Returns the smaller of two elements, or NaN if either is NaN. Shapes are broadcast.
  ///
  /// Equal elements share the gradient evenly, as in PyTorch.
  public static func minimum(_ left: Tensor, _ right: Tensor) -> Tensor {
    extreme(.minimum, left, right, named: "minimum")
  }

  /// Returns the elements limited to the bounds. The gradient is 0 outside of the bounds.
  public func clamped(to bounds: ClosedRange<Scalar>) -> Tensor {
    let value = detached
    let low = Tensor(bounds.lowerBound)
    let high = Tensor(bounds.upperBound)
    let result = Tensor.minimum(Tensor.maximum(value, low), high)
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) { $0 * (value .>= low) * (value .<= high) }
  }

  private static func extreme(
    _ function: _BinaryFunction, _ left: Tensor, _ right: Tensor, named name: String
  ) -> Tensor {
    let result = combined(function, left, right, named: name)
    guard left.isTracked || right.isTracked else { return result }
    return result.recorded(from: [left.source, right.source]) {
      [a = left.detached, b = right.detached] received, pass in
      let gradient = received.first!
      let shares = (a .== b) * Scalar(0.5)
      let unequal = a .!= b
      for (index, operand) in [a, b].enumerated() where pass.wantsGradient(ofInput: index) {
        let share = shares + unequal * (result .== operand)
        pass.add((gradient * share).summed(to: operand.shape), toInput: index)
      }
    }
  }
}

// MARK: Comparison and selection

extension Tensor {
  /// Returns 1 where the elements are equal and 0 elsewhere. Shapes are broadcast. Comparisons have
  /// no gradient.
  public static func .== (left: Tensor, right: Tensor) -> Tensor {
    combined(.equal, left, right, named: ".==")
  }

  /// Returns 1 where the elements differ and 0 elsewhere.
  public static func .!= (left: Tensor, right: Tensor) -> Tensor {
    combined(.notEqual, left, right, named: ".!=")
  }

  /// Returns 1 where the left element is less and 0 elsewhere.
  public static func .< (left: Tensor, right: Tensor) -> Tensor {
    combined(.less, left, right, named: ".<")
  }

  /// Returns 1 where the left element is less or equal and 0 elsewhere.
  public static func .<= (left: Tensor, right: Tensor) -> Tensor {
    combined(.lessEqual, left, right, named: ".<=")
  }

  /// Returns 1 where the left element is greater and 0 elsewhere.
  public static func .> (left: Tensor, right: Tensor) -> Tensor {
    combined(.less, right, left, named: ".>")
  }

  /// Returns 1 where the left element is greater or equal and 0 elsewhere.
  public static func .>= (left: Tensor, right: Tensor) -> Tensor {
    combined(.lessEqual, right, left, named: ".>=")
  }

  /// Returns 1 where the element equals the number and 0 elsewhere.
  public static func .== (left: Tensor, right: Scalar) -> Tensor { left .== Tensor(right) }

  /// Returns 1 where the element differs from the number and 0 elsewhere.
  public static func .!= (left: Tensor, right: Scalar) -> Tensor { left .!= Tensor(right) }

  /// Returns 1 where the element is less than the number and 0 elsewhere.
  public static func .< (left: Tensor, right: Scalar) -> Tensor { left .< Tensor(right) }

  /// Returns 1 where the element is less than or equal to the number and 0 elsewhere.
  public static func .<= (left: Tensor, right: Scalar) -> Tensor { left .<= Tensor(right) }

  /// Returns 1 where the element is greater than the number and 0 elsewhere.
  public static func .> (left: Tensor, right: Scalar) -> Tensor { left .> Tensor(right) }

  /// Returns 1 where the element is greater than or equal to the number and 0 elsewhere.
  public static func .>= (left: Tensor, right: Scalar) -> Tensor { left .>= Tensor(right) }

  /// Returns elements of `ifTrue` where the mask is not 0, and of `ifFalse` elsewhere. Shapes are
  /// broadcast.
  ///
  /// Elements that are not selected get no gradient, and their NaNs do not propagate.
  public static func select(_ mask: Tensor, _ ifTrue: Tensor, _ ifFalse: Tensor) -> Tensor {
    guard
      let values = Broadcast(ifTrue.shape, ifFalse.shape)?.shape,
      let shape = Broadcast(mask.shape, values)?.shape
    else {
      fatalError(
        "select: shapes \(mask.shape), \(ifTrue.shape) and \(ifFalse.shape) cannot be broadcast")
    }
    let fullMask = mask.detached.broadcast(to: shape)
    let chosen = choose(
      fullMask, ifTrue.detached.broadcast(to: shape), ifFalse.detached.broadcast(to: shape))
    guard ifTrue.isTracked || ifFalse.isTracked else { return chosen }
    return chosen.recorded(from: [ifTrue.source, ifFalse.source]) {
      [a = ifTrue.shape, b = ifFalse.shape] received, pass in
      let gradient = received.first!
      let zeros = Tensor.zeros(shape)
      if pass.wantsGradient(ofInput: 0) {
        pass.add(select(fullMask, gradient, zeros).summed(to: a), toInput: 0)
      }
      if pass.wantsGradient(ofInput: 1) {
        pass.add(select(fullMask, zeros, gradient).summed(to: b), toInput: 1)
      }
    }
  }

  private static func choose(_ mask: Tensor, _ ifTrue: Tensor, _ ifFalse: Tensor) -> Tensor {
    Tensor(mask.shape) { target in
      mask.read { m in
        ifTrue.read { a in
          ifFalse.read { b in Scalar._Kernels.select(m, a, b, target, mask.elementCount) }
        }
      }
    }
  }
}

// MARK: The kernel call

extension Tensor {
  /// Returns the result of a binary kernel on broadcast operands, without recording.
  @specialized(where Scalar == Float)
  static func combined(
    _ function: _BinaryFunction, _ left: Tensor, _ right: Tensor, named name: String
  ) -> Tensor {
    if left.shape == right.shape {
      return Tensor(left.shape) { target in
        left.read { a in
          right.read { b in
            Scalar._Kernels.binary(function, .vectorVector, a, b, target, left.elementCount)
          }
        }
      }
    }
    guard let broadcast = Broadcast(left.shape, right.shape) else {
      fatalError("Tensor \(name): shapes \(left.shape) and \(right.shape) cannot be broadcast")
    }
    return Tensor(broadcast.shape) { target in
      left.read { a in
        right.read { b in
          broadcast.forEachRun { leftStart, rightStart, start, count, form in
            Scalar._Kernels.binary(
              function, form, a + leftStart, b + rightStart, target + start, count)
          }
        }
      }
    }
  }
}
