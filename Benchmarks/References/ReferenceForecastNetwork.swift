import Forecasting
import ReferenceKernels

/// The forecaster's network in plain Swift: an LSTM over the history, another from its state over the
/// steps to come, and a dense layer whose two outputs change the seasonal profile.
struct ReferenceForecastNetwork {
  private let encoder, decoder: Reference.RecurrentParameters<Float>
  private let weight: [Float]  // [2, H]
  private let bias: [Float]  // [2]
  private let hiddenSize: Int

  /// - Parameter network: A network of one layer each.
  init(_ network: ForecastNetwork, hiddenSize: Int) {
    let values = network.parameters.map(\.value.scalars)
    func lstm(_ first: Int) -> Reference.RecurrentParameters<Float> {
      .init(
        weightIH: values[first], weightHH: values[first + 1], biasIH: values[first + 2],
        biasHH: values[first + 3])
    }
    encoder = lstm(0)
    decoder = lstm(4)
    weight = values[8]
    bias = values[9]
    self.hiddenSize = hiddenSize
  }

  /// The scaled forecasts of a batch, [B, K].
  func forecasts(_ batch: WindowBatch) -> [Float] { forward(batch).forecasts }

  /// Huber's loss of the forecasts against the batch's targets, weighted by its mask, and the gradients
  /// of all parameters.
  func lossAndGradients(_ batch: WindowBatch, delta: Float) -> [[Float]] {
    let pass = forward(batch)
    let (B, K, H) = (pass.extents.B, pass.extents.T, hiddenSize)
    let mask = batch.targetMask.scalars
    let loss = Self.huber(pass.forecasts, batch.targets.scalars, mask, delta)
    // To [K, B]: the order of the decoder's states.
    let dForecasts = Reference.transpose(loss.gradient, batch: 1, rows: B, columns: K)
    let dChanges = zip(dForecasts, pass.profile).flatMap { [$0 * $1, $0] }  // [K, B, 2]
    let dense = Reference.denseBackward(
      x: pass.decoded.h.flatMap(\.self), weight: weight, y: pass.changes, dy: dChanges,
      activation: .linear, B: K * B, D: H, O: 2)
    let zeros = pass.extents.zeroState
    let decoded = Reference.lstmBackward(
      pass.decoded, x: pass.future, h0: pass.encoded.h.last!, c0: pass.encoded.c.last!,
      parameters: decoder, dh: dense.x, dcFinal: zeros, pass.extents)
    var history = pass.extents
    history.T = pass.encoded.h.count
    let dh = [Float](repeating: 0, count: (history.T - 1) * B * H) + decoded.h0
    let encoded = Reference.lstmBackward(
      pass.encoded, x: pass.history, h0: zeros, c0: zeros, parameters: encoder, dh: dh,
      dcFinal: decoded.c0, history)
    return [[loss.value]] + encoded.parameters.all + decoded.parameters.all
      + [dense.weight, dense.bias]
  }

  /// What a forward pass leaves. Sequences are in the order [T, B, …].
  private struct Pass {
    let history, future, profile: [Float]
    let encoded, decoded: Reference.LSTMSequence<Float>
    /// Gain and shift of the profile, [K, B, 2].
    let changes: [Float]
    /// [B, K]
    let forecasts: [Float]
    /// Of the decoder.
    let extents: Reference.SequenceExtents
  }

  private func forward(_ batch: WindowBatch) -> Pass {
    let (B, T, D) = (batch.history.shape[0], batch.history.shape[1], batch.history.shape[2])
    let (K, C) = (batch.future.shape[1], batch.future.shape[2])
    let history = batch.history.transposed([1, 0, 2]).scalars
    let future = batch.future.transposed([1, 0, 2]).scalars
    let profile = batch.profile.transposed([1, 0]).scalars
    let extents = Reference.SequenceExtents(T: K, B: B, D: C, H: hiddenSize)
    let zeros = extents.zeroState
    let encoded = Reference.lstmForward(
      x: history, h0: zeros, c0: zeros, parameters: encoder,
      .init(T: T, B: B, D: D, H: hiddenSize))
    let decoded = Reference.lstmForward(
      x: future, h0: encoded.h.last!, c0: encoded.c.last!, parameters: decoder, extents)
    let changes = Reference.denseForward(
      x: decoded.h.flatMap(\.self), weight: weight, bias: bias, activation: .linear, B: K * B,
      D: hiddenSize, O: 2)
    let forecasts = profile.indices.map {
      profile[$0] * (changes[2 * $0] + 1) + changes[2 * $0 + 1]
    }
    return Pass(
      history: history, future: future, profile: profile, encoded: encoded, decoded: decoded,
      changes: changes,
      forecasts: Reference.transpose(forecasts, batch: 1, rows: K, columns: B), extents: extents)
  }

  /// The mean of Huber's loss over the elements whose mask is 1.
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
