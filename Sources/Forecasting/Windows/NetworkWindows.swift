import NeuralNetwork

/// The windows of a panel, encoded for a network.
public struct NetworkWindows: Dataset {
  /// The windows that are encoded.
  public let windows: FeatureWindows
  /// The lengths and the features of the windows.
  public let layout: WindowLayout
  /// The encoding of the windows.
  public let encoding: InputEncoding
  /// The weight of a window in the loss.
  public let weighting: WindowWeighting

  private let translation: CategoryTranslation
  /// The lower bounds, or nil if they are masked or there are none.
  private let bounds: LowerBounds?

  /// Creates windows that `encoding` encodes.
  ///
  /// The encoding must have been fitted to a table of the same features.
  public init(
    _ windows: FeatureWindows, _ layout: WindowLayout, _ encoding: InputEncoding,
    weighting: WindowWeighting = .equal, stockOuts: StockOutTreatment = .masked
  ) {
    self.windows = windows
    self.layout = layout
    self.encoding = encoding
    self.weighting = weighting
    bounds = stockOuts == .censored ? LowerBounds(of: windows.table.panel) : nil
    translation = CategoryTranslation(encoding, windows.table)
  }

  public var count: Int { windows.count }

  public func batch(_ numbers: ArraySlice<Int>) -> NetworkBatch {
    let batch = windows.batch(numbers)
    return WindowEncoder(self, batch, translation.categories(of: batch))
      .encoded(bounds?.steps(of: batch))
  }
}

/// Encodes the windows of one batch.
private struct WindowEncoder: Sendable {
  private let encoding: InputEncoding
  private let batch: FeatureBatch
  private let horizon: Int
  private let weighting: WindowWeighting
  private let categories: InputCategories
  /// The past target of each window.
  private let past: [WindowTarget]

  init(_ source: NetworkWindows, _ batch: FeatureBatch, _ categories: InputCategories) {
    encoding = source.encoding
    weighting = source.weighting
    self.categories = categories
    horizon = source.windows.horizon
    self.batch = batch
    past = batch.pastTargets(source.layout, of: source.windows.table.panel)
  }

  func encoded(_ bounds: (values: Tensor<Float>, mask: Tensor<Float>)?) -> NetworkBatch {
    let scales = Tensor(shape: [past.count, 1], scalars: past.map(\.scale))
    let levels = Tensor(shape: [past.count, 1], scalars: past.map(\.level))
    let profile = Tensor(
      shape: [past.count, horizon], scalars: past.flatMap { $0.profile(horizon: horizon) })
    let windowWeights = weighting.weights(scales: scales)
    func targets(_ values: Tensor<Float>, _ mask: Tensor<Float>) -> WindowTargets {
      WindowTargets(
        values: (values - levels) / scales * mask, mask: mask, profile: profile, scales: scales,
        levels: levels, windowWeights: windowWeights)
    }
    return NetworkBatch(
      inputs: NetworkInputs(
        history: history(), future: future(), statics: statics(), categories: categories),
      targets: targets(batch.targets, batch.targetMask),
      bounds: bounds.map { targets($0.values, $0.mask) })
  }

  private func history() -> Tensor<Float> {
    let lagged = encoding.window.compactMap(\.lag)
    return channels(
      encoding.history, batch.history, batch.historyMask, steps: batch.targetHistory.shape[1],
      width: encoding.historyNumberCount
    ) { window, step, channels in
      let target = past[window]
      channels[0] = target.compressed(step)
      channels[1] = target.isObserved(step) ? 1 : 0
      for (place, lag) in lagged.enumerated() {
        channels[2 + place] = target.compressed(step - lag)
      }
      return 2 + lagged.count
    }
  }

  private func future() -> Tensor<Float> {
    let features = encoding.window.filter { !$0.isOfHistory }
    let rows = past.map { target in features.map { $0.futureValues(of: target, horizon) } }
    return channels(
      encoding.future, batch.future, batch.futureMask, steps: horizon,
      width: encoding.futureNumberCount
    ) { window, step, channels in
      for place in features.indices { channels[place] = rows[window][place][step] }
      return features.count
    }
  }

  private func statics() -> Tensor<Float> {
    channels(
      encoding.statics, batch.statics, batch.staticMask, steps: 1,
      width: encoding.staticNumberCount
    ) { _, _, _ in 0 }.reshaped(to: [past.count, encoding.staticNumberCount])
  }

  /// Returns the channels of a range of steps of each window, [B, T, C].
  ///
  /// - Parameters:
  ///   - columns: The columns, whose channels follow those that `writeFirst` writes.
  ///   - numbers: The numbers of the columns, [B, T, F].
  ///   - mask: The mask of the columns, [B, T, F], which is 1 where there is a number.
  ///   - steps: The number of steps, T.
  ///   - width: The number of channels, C.
  ///   - writeFirst: A function that writes the first channels of a step of a window, and returns
  ///     their number.
  private func channels(
    _ columns: InputEncoding.Columns, _ numbers: Tensor<Float>, _ mask: Tensor<Float>,
    steps: Int, width: Int,
    writeFirst: @Sendable (_ window: Int, _ step: Int, UnsafeMutablePointer<Float>) -> Int
  ) -> Tensor<Float> {
    let columnCount = columns.numbers.count
    return Tensor([past.count, steps, width]) { result in
      numbers.read { numbers in
        mask.read { mask in
          let (numbers, mask) = (SendablePointer(numbers), SendablePointer(mask))
          let result = SendablePointer(result)
          parallelFor(past.count) { window in
            let first = result.pointer + window * steps * width
            var channel = 0
            for step in 0..<steps { channel = writeFirst(window, step, first + step * width) }
            for (place, column) in columns.numbers.enumerated() {
              let cell = window * steps * columnCount + place
              column.write(
                numbers.pointer + cell, mask.pointer + cell, stride: columnCount, count: steps,
                in: past[window], to: first + channel, resultStride: width)
              channel += column.channelCount
            }
          }
        }
      }
    }
  }
}

extension WindowFeature {
  /// The lag within the window, in steps, for a feature of past steps.
  fileprivate var lag: Int? {
    if case .seasonBefore(let seasonLength) = self { seasonLength } else { nil }
  }

  /// Returns the values of a feature of future steps, one for each step.
  fileprivate func futureValues(of target: WindowTarget, _ horizon: Int) -> [Float] {
    switch self {
    case .seasonBefore: []
    case .seasonalProfile(let seasonLength):
      target.seasonalProfile(seasonLength: seasonLength, horizon: horizon).map(signedLog)
    case .horizonPlace: (0..<horizon).map { Float($0 + 1) / Float(horizon) }
    case .zeroShare: Array(repeating: target.zeroShare, count: horizon)
    case .logScale: Array(repeating: signedLog(target.scale), count: horizon)
    }
  }
}

extension InputEncoding.Number {
  /// The number of channels of the column.
  var channelCount: Int { hasMask ? 2 : 1 }

  /// Writes the column's channels of `count` steps.
  fileprivate func write(
    _ numbers: UnsafePointer<Float>, _ mask: UnsafePointer<Float>, stride: Int, count: Int,
    in window: WindowTarget, to result: UnsafeMutablePointer<Float>, resultStride: Int
  ) {
    for step in 0..<count {
      let isKnown = mask[step * stride] != 0
      let channels = result + step * resultStride
      channels[0] =
        isKnown ? scaling(numbers[step * stride], level: window.level, scale: window.scale) : 0
      if hasMask { channels[1] = isKnown ? 1 : 0 }
    }
  }
}
