import Forecasting
import ReferenceKernels

/// The forecaster's network in plain Swift: an LSTM over the history, a decoder that continues from
/// its state over the future steps, and a dense layer whose two outputs change the seasonal
/// profile.
struct ReferenceForecastNetwork {
  private let encoder: Reference.RecurrentParameters<Float>
  private let decoder: any ReferenceDecoder
  private let weight: [Float]  // [2, H]
  private let bias: [Float]  // [2]
  private let hiddenSize: Int

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - network: A network whose LSTMs have one layer.
  ///   - architecture: The network's architecture.
  init(_ network: LSTMNetwork, _ architecture: LSTMArchitecture) {
    var values = network.parameters.map(\.value.scalars)[...]
    func next() -> [Float] { values.removeFirst() }
    func lstm() -> Reference.RecurrentParameters<Float> {
      .init(weightIH: next(), weightHH: next(), biasIH: next(), biasHH: next())
    }
    encoder = lstm()
    decoder =
      switch architecture.decoder {
      case .recurrent: ReferenceRecurrentDecoder(parameters: lstm())
      case .direct:
        ReferenceDirectDecoder(contextWeight: next(), bias: next(), featureWeight: next())
      }
    weight = next()
    bias = next()
    hiddenSize = architecture.hiddenSize
  }

  /// Returns the scaled forecasts of a batch, [B, K].
  func forecasts(_ batch: NetworkBatch) -> [Float] { forward(batch).forecasts }

  /// Returns the Huber loss of the forecasts and the batch's targets, weighted by the mask, and the
  /// gradients of all parameters.
  func lossAndGradients(_ batch: NetworkBatch, delta: Float) -> [[Float]] {
    let pass = forward(batch)
    let (B, K, H) = (pass.extents.B, pass.extents.T, hiddenSize)
    let mask = batch.targets.mask.scalars
    let loss = Self.huber(pass.forecasts, batch.targets.values.scalars, mask, delta)
    // [K, B], the order of the decoder's states.
    let dForecasts = Reference.transpose(loss.gradient, batch: 1, rows: B, columns: K)
    let dChanges = zip(dForecasts, pass.profile).flatMap { [$0 * $1, $0] }  // [K, B, 2]
    let dense = Reference.denseBackward(
      x: pass.decoded.states, weight: weight, y: pass.changes, dy: dChanges,
      activation: .linear, B: K * B, D: H, O: 2)
    let decoded = pass.decoded.pullback(dense.x)
    var history = pass.extents
    history.T = pass.encoded.h.count
    let dh = [Float](repeating: 0, count: (history.T - 1) * B * H) + decoded.hidden
    let zeros = pass.extents.zeroState
    let encoded = Reference.lstmBackward(
      pass.encoded, x: pass.history, h0: zeros, c0: zeros, parameters: encoder, dh: dh,
      dcFinal: decoded.cell, history)
    return [[loss.value]] + encoded.parameters.all + decoded.parameters
      + [dense.weight, dense.bias]
  }

  /// The results of a forward pass. Sequences have the order [T, B, …].
  private struct Pass {
    let history, profile: [Float]
    let encoded: Reference.LSTMSequence<Float>
    let decoded: ReferenceDecoding
    /// The gain and shift of the profile, [K, B, 2].
    let changes: [Float]
    /// The forecasts, [B, K].
    let forecasts: [Float]
    /// The extents of the future steps.
    let extents: Reference.SequenceExtents
  }

  private func forward(_ batch: NetworkBatch) -> Pass {
    let (B, T, D) = (
      batch.inputs.history.shape[0], batch.inputs.history.shape[1], batch.inputs.history.shape[2]
    )
    let (K, C) = (batch.inputs.future.shape[1], batch.inputs.future.shape[2])
    let history = batch.inputs.history.transposed([1, 0, 2]).scalars
    let future = batch.inputs.future.transposed([1, 0, 2]).scalars
    let profile = batch.targets.profile.transposed([1, 0]).scalars
    let extents = Reference.SequenceExtents(T: K, B: B, D: C, H: hiddenSize)
    let zeros = extents.zeroState
    let encoded = Reference.lstmForward(
      x: history, h0: zeros, c0: zeros, parameters: encoder,
      .init(T: T, B: B, D: D, H: hiddenSize))
    let decoded = decoder.decode(
      hidden: encoded.h.last!, cell: encoded.c.last!, future: future, extents)
    let changes = Reference.denseForward(
      x: decoded.states, weight: weight, bias: bias, activation: .linear, B: K * B,
      D: hiddenSize, O: 2)
    let forecasts = profile.indices.map {
      profile[$0] * (changes[2 * $0] + 1) + changes[2 * $0 + 1]
    }
    return Pass(
      history: history, profile: profile, encoded: encoded, decoded: decoded,
      changes: changes,
      forecasts: Reference.transpose(forecasts, batch: 1, rows: K, columns: B), extents: extents)
  }

  /// Returns the mean Huber loss over the elements whose mask is 1.
  private static func huber(
    _ prediction: [Float], _ target: [Float], _ mask: [Float], _ delta: Float
  ) -> (value: Float, gradient: [Float]) {
    let observed = mask.indices.filter { mask[$0] == 1 }
    let loss = Reference.huber(
      observed.map { prediction[$0] }, observed.map { target[$0] }, delta: delta)
    var gradient = [Float](repeating: 0, count: mask.count)
    for (place, value) in zip(observed, loss.gradient) { gradient[place] = value }
    return (loss.value, gradient)
  }
}
