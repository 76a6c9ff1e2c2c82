import Forecasting

/// Windows of a network, whose inputs can be exchanged between them.
///
/// A window takes an input from another one with all of its steps, past and future, so that the
/// course of the input over time stays intact. Past sales are taken in units of the window that they
/// come from: what is exchanged is their pattern, and not their size.
public struct WindowExamples: ExchangeableExamples {
  /// The windows.
  public let windows: ExplainedWindows
  /// The measure of the error.
  public let measure: ErrorMeasure

  /// Creates examples from windows.
  public init(_ windows: ExplainedWindows, measure: ErrorMeasure = .absolute) {
    self.windows = windows
    self.measure = measure
  }

  /// Draws windows of a panel.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - panel: The sales, with all columns that the network sees.
  ///   - measure: The measure of the error.
  ///   - limit: The maximum number of windows.
  ///   - seed: The seed of the draw.
  /// - Throws: The errors of ``ExplainedWindows``.
  public init(
    of model: any FittedNetwork, on panel: Panel, measure: ErrorMeasure = .absolute,
    limit: Int = 1_024, seed: UInt64 = 0
  ) throws {
    self.init(
      try ExplainedWindows(of: model, on: panel, limit: limit, seed: seed), measure: measure)
  }

  public var count: Int { windows.count }
  public var inputs: [ExplainedInput] { windows.network.inputs }

  public func error(exchanging exchanged: [Int], by order: [Int]) -> Double {
    let forecasts =
      exchanged.isEmpty
      ? windows.forecasts
      : windows.network.network.means(
        inPiecesOf: windows.batch.exchanging(exchanged.map(channels), by: order))
    return measure.error(of: forecasts, windows.actual, mask: windows.mask)
  }

  public func varies(_ input: Int) -> Bool { windows.batch.varies(channels(input)) }

  /// Returns the places of an input, and whether it includes the values that forecasts start from.
  private func channels(_ input: Int) -> (InputChannels, hasProfile: Bool) {
    (windows.network.channels[input], inputs[input] == ExplainedNetwork.pastSales)
  }
}

extension NetworkBatch {
  /// Returns the batch with some inputs of each window taken from another window.
  fileprivate func exchanging(
    _ exchanged: [(channels: InputChannels, hasProfile: Bool)], by order: [Int]
  ) -> NetworkBatch {
    var (inputs, categories) = (inputs, inputs.categories)
    var profile = targets.profile
    for (channels, hasProfile) in exchanged {
      inputs.history = inputs.history.exchanging(
        channels.history.filter { $0 < inputs.history.shape[2] }, by: order)
      inputs.future = inputs.future.exchanging(
        channels.future.filter { $0 < inputs.future.shape[2] }, by: order)
      inputs.statics = inputs.statics.exchanging(
        channels.statics.filter { $0 < inputs.statics.shape[1] }, by: order)
      for place in channels.historyCategories {
        categories.history[place] = categories.history[place].selecting(order)
      }
      for place in channels.futureCategories {
        categories.future[place] = categories.future[place].selecting(order)
      }
      for place in channels.staticCategories {
        categories.statics[place] = categories.statics[place].selecting(order)
      }
      if hasProfile { profile = profile.gathered(at: order) }
    }
    inputs.categories = categories
    return NetworkBatch(
      inputs: inputs,
      targets: WindowTargets(
        values: targets.values, mask: targets.mask, profile: profile, scales: targets.scales,
        levels: targets.levels))
  }

  /// Returns a Boolean value that indicates whether an input differs between the windows.
  fileprivate func varies(_ input: (channels: InputChannels, hasProfile: Bool)) -> Bool {
    let channels = input.channels
    func differs(_ codes: IndexTensor) -> Bool {
      codes != codes.selecting(Array(repeating: 0, count: codes.shape[0]))
    }
    return inputs.history.varies(channels.history.filter { $0 < inputs.history.shape[2] })
      || inputs.future.varies(channels.future.filter { $0 < inputs.future.shape[2] })
      || inputs.statics.varies(channels.statics.filter { $0 < inputs.statics.shape[1] })
      || channels.historyCategories.contains { differs(inputs.categories.history[$0]) }
      || channels.futureCategories.contains { differs(inputs.categories.future[$0]) }
      || channels.staticCategories.contains { differs(inputs.categories.statics[$0]) }
      || input.hasProfile && targets.profile.varies(Array(0..<targets.profile.shape[1]))
  }
}

extension IndexTensor {
  /// Returns the rows of other examples.
  fileprivate func selecting(_ order: [Int]) -> IndexTensor {
    let size = values.count / max(shape[0], 1)
    return IndexTensor(shape, order.flatMap { values[$0 * size..<($0 + 1) * size] })
  }
}
