import Forecasting
import ReferenceKernels

/// A decoder in plain Swift, which continues from the encoder's last state over the future steps.
protocol ReferenceDecoder {
  /// Decodes the future steps.
  ///
  /// - Parameters:
  ///   - hidden: The encoder's last hidden state, [B, H].
  ///   - cell: The encoder's last cell state, [B, H].
  ///   - future: The features of the future steps, [K, B, D].
  ///   - extents: The extents of `future`, with K as T.
  func decode(
    hidden: [Float], cell: [Float], future: [Float], _ extents: Reference.SequenceExtents
  ) -> ReferenceDecoding
}

/// The results of a decoder's forward pass.
struct ReferenceDecoding {
  /// The states, [K, B, H].
  let states: [Float]
  /// A closure that returns the gradients, given the gradient of the states.
  let pullback: (_ dStates: [Float]) -> Gradients

  struct Gradients {
    /// The gradient of the encoder's last hidden state, [B, H].
    let hidden: [Float]
    /// The gradient of the encoder's last cell state, [B, H].
    let cell: [Float]
    /// The gradients of the parameters, in the network's order.
    let parameters: [[Float]]
  }
}

/// A decoder that is a second LSTM.
struct ReferenceRecurrentDecoder: ReferenceDecoder {
  let parameters: Reference.RecurrentParameters<Float>

  func decode(
    hidden: [Float], cell: [Float], future: [Float], _ extents: Reference.SequenceExtents
  ) -> ReferenceDecoding {
    let decoded = Reference.lstmForward(
      x: future, h0: hidden, c0: cell, parameters: parameters, extents)
    return ReferenceDecoding(states: decoded.h.flatMap(\.self)) { dStates in
      let gradients = Reference.lstmBackward(
        decoded, x: future, h0: hidden, c0: cell, parameters: parameters, dh: dStates,
        dcFinal: extents.zeroState, extents)
      return .init(
        hidden: gradients.h0, cell: gradients.c0, parameters: gradients.parameters.all)
    }
  }
}

/// A decoder that is one dense layer over the concatenation of the hidden state and the features of
/// a step. Its weight is [contextWeight, featureWeight].
struct ReferenceDirectDecoder: ReferenceDecoder {
  let contextWeight: [Float]  // [H, H]
  let bias: [Float]  // [H]
  let featureWeight: [Float]  // [H, D]

  func decode(
    hidden: [Float], cell: [Float], future: [Float], _ extents: Reference.SequenceExtents
  ) -> ReferenceDecoding {
    let (K, B, D, H) = (extents.T, extents.B, extents.D, extents.H)
    let repeated = (0..<K).flatMap { _ in hidden }
    let x = Self.joined(repeated, H, future, D)  // [K, B, H + D]
    let weight = Self.joined(contextWeight, H, featureWeight, D)  // [H, H + D]
    let states = Reference.denseForward(
      x: x, weight: weight, bias: bias, activation: .relu, B: K * B, D: H + D, O: H)
    return ReferenceDecoding(states: states) { dStates in
      let dense = Reference.denseBackward(
        x: x, weight: weight, y: states, dy: dStates, activation: .relu, B: K * B, D: H + D, O: H)
      let (dRepeated, _) = Self.split(dense.x, H, D)
      let dHidden = (0..<B * H).map { place in
        stride(from: place, to: K * B * H, by: B * H).reduce(0) { $0 + dRepeated[$1] }
      }
      let (dContext, dFeatures) = Self.split(dense.weight, H, D)
      return .init(
        hidden: dHidden, cell: extents.zeroState, parameters: [dContext, dense.bias, dFeatures])
    }
  }

  /// Returns the rows of two matrices, concatenated.
  private static func joined(
    _ left: [Float], _ leftWidth: Int, _ right: [Float], _ rightWidth: Int
  ) -> [Float] {
    var rows: [Float] = []
    for row in 0..<left.count / leftWidth {
      rows += left[row * leftWidth..<(row + 1) * leftWidth]
      rows += right[row * rightWidth..<(row + 1) * rightWidth]
    }
    return rows
  }

  /// The inverse of ``joined(_:_:_:_:)``.
  private static func split(
    _ matrix: [Float], _ leftWidth: Int, _ rightWidth: Int
  ) -> (left: [Float], right: [Float]) {
    let width = leftWidth + rightWidth
    let rows = stride(from: 0, to: matrix.count, by: width).map { matrix[$0..<$0 + width] }
    return (rows.flatMap { $0.prefix(leftWidth) }, rows.flatMap { $0.suffix(rightWidth) })
  }
}
