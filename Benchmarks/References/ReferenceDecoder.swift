import Forecasting
import ReferenceKernels

/// What goes on from the encoder's last state over the steps to come, in plain Swift.
protocol ReferenceDecoder {
  /// - Parameters:
  ///   - hidden: The encoder's last hidden state, [B, H].
  ///   - cell: Its last cell state, [B, H].
  ///   - future: The features of the steps to come, [K, B, D].
  ///   - extents: Those of `future`, K for T.
  func decode(
    hidden: [Float], cell: [Float], future: [Float], _ extents: Reference.SequenceExtents
  ) -> ReferenceDecoding
}

/// What a decoder's forward pass leaves.
struct ReferenceDecoding {
  /// [K, B, H]
  let states: [Float]
  /// The gradients that follow from that of the states.
  let pullback: (_ dStates: [Float]) -> Gradients

  struct Gradients {
    /// Of the encoder's last hidden state, [B, H].
    let hidden: [Float]
    /// Of its last cell state, [B, H].
    let cell: [Float]
    /// In the network's order.
    let parameters: [[Float]]
  }
}

/// A second LSTM.
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

/// One dense layer over the hidden state and the features of a step, side by side: its weight is
/// [contextWeight, featureWeight].
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

  /// Rows of two matrices, side by side.
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
