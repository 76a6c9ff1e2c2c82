/// Returns the determinant of each square matrix, `[…, n, n]` → `[…]`: 0 if it is singular, 1 if it
/// is empty.
///
/// The product of many pivots can overflow or underflow; ``logDeterminant(_:)`` does not. The
/// gradient is the matrix of cofactors, which is correct for singular matrices too. It cannot be
/// differentiated again. Stops the program if the matrices are not square.
///
/// - Throws: A ``LinearAlgebraError`` if an element is not finite or, for a tracked operand, if the
///   iteration for the cofactors does not converge.
public func determinant<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>
) throws(LinearAlgebraError) -> Tensor<Scalar> {
  let factors = try LUFactors(a, of: "determinant")
  let result = Tensor<Scalar>(factors.batch.shape) { target in
    factors.forEachDiagonal { matrix, diagonal, sign in
      target[matrix] = diagonal.reduce(sign, *)
    }
  }
  guard a.isTracked else { return result }
  let cofactors = try cofactors(of: a.detached)
  return result.recorded(from: a, named: "determinant") { [batch = factors.batch] gradient in
    [gradient.reshaped(to: batch.shape(1, 1)) * cofactors]
  }
}

/// Returns the sign and the logarithm of the absolute value of each determinant: `[…, n, n]` →
/// `[…]`, twice.
///
/// A singular matrix has the sign 0 and the logarithm −∞. The gradient of the logarithm is A⁻ᵀ; the
/// sign has no gradient. Stops the program if the matrices are not square.
///
/// - Throws: A ``LinearAlgebraError`` if an element is not finite, or if a tracked matrix is
///   singular.
public func logDeterminant<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>
) throws(LinearAlgebraError) -> (sign: Tensor<Scalar>, logAbsolute: Tensor<Scalar>) {
  let factors = try LUFactors(a, of: "logDeterminant")
  var sign = Tensor<Scalar>.zeros(factors.batch.shape)
  var logAbsolute = Tensor<Scalar>.zeros(factors.batch.shape)
  sign.write { signs in
    logAbsolute.write { logarithms in
      factors.forEachDiagonal { matrix, diagonal, sign in
        signs[matrix] = diagonal.reduce(sign) { $1 == 0 ? 0 : $1 < 0 ? -$0 : $0 }
        logarithms[matrix] = diagonal.reduce(0) { $0 + .log($1.magnitude) }
      }
    }
  }
  guard a.isTracked else { return (sign, logAbsolute) }
  try factors.requireRegular(for: "logDeterminant")
  let recorded = logAbsolute.recorded(from: [a.source]) { [a = a.detached] received, pass in
    let gradient = received.first!.reshaped(to: factors.batch.shape(1, 1))
    let inverse = factors.recordedInverse(of: pass.operand(a, 0))
    pass.add(gradient * inverse.transposed, toInput: 0)
  }
  return (sign, recorded)
}

/// Returns the derivative of the determinant with respect to each element.
///
/// With A = U · S · Vᵀ the cofactors are det U · det V · U · T · Vᵀ, where T has for each singular
/// value the product of the others. There is no division by a singular value, which may be 0.
private func cofactors<Scalar: TensorScalar>(
  of a: Tensor<Scalar>
) throws(LinearAlgebraError) -> Tensor<Scalar> {
  let (u, s, vT) = try svd(a)
  let orientation = try determinant(u) * determinant(vT)
  let products = productsOfOthers(s).expandingShape(at: s.rank - 1)  // […, 1, n]
  return matmul(u * products, vT)
    * orientation.reshaped(
      to: orientation.shape.appending(1).appending(1))
}

/// Returns, for each element, the product of the other elements in its row: the product of those
/// before it times the product of those after it.
private func productsOfOthers<Scalar: TensorScalar>(_ s: Tensor<Scalar>) -> Tensor<Scalar> {
  let n = s.shape[-1]
  let rowCount = s.shape.rowCount
  return Tensor(s.shape) { target in
    s.read { s in
      for start in (0..<rowCount).map({ $0 * n }) {
        var before: Scalar = 1
        for index in start..<(start + n) {
          target[index] = before
          before *= s[index]
        }
        var after: Scalar = 1
        for index in (start..<(start + n)).reversed() {
          target[index] *= after
          after *= s[index]
        }
      }
    }
  }
}
