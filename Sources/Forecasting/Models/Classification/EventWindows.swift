import NeuralNetwork

/// The windows of a panel whose outcome is known, encoded for a network.
///
/// A target has one step, which is 1 if the event happens in the window's future steps, else 0.
struct EventWindows: Dataset {
  /// All windows of the panel.
  let windows: NetworkWindows
  /// The indices of the windows whose outcome is known, in the order of series and of time.
  let numbers: [Int]
  /// A mark for each of them in which the event happens.
  let outcomes: [Bool]
  /// The number of windows whose outcome isn't known, or of which no past step is observed.
  let unknownCount: Int
  private let positiveWeight: Float

  /// Finds the outcomes of windows.
  ///
  /// - Parameters:
  ///   - windows: The windows.
  ///   - event: The event.
  ///   - origins: The first future steps of the windows to use.
  ///   - positiveWeight: The weight of windows in which the event happens.
  /// - Throws: `CovariateError` if the panel lacks the event's column.
  init(
    _ windows: NetworkWindows, of event: SalesEvent, origins: Range<Int>, positiveWeight: Double = 1
  ) throws(CovariateError) {
    self.windows = windows
    self.positiveWeight = Float(positiveWeight)
    let (panel, horizon) = (windows.windows.table.panel, windows.windows.horizon)
    let closed = ClosedSteps(of: panel, over: 0..<panel.calendar.count)
    var numbers: [Int] = []
    var outcomes: [Bool] = []
    var unknownCount = 0
    for index in panel.ids.indices {
      let candidates = windows.windows.numbers(ofSeries: index)
      guard !candidates.isEmpty else { continue }
      let found = try EventOutcomes(of: event, in: panel, at: index, closed)
      let series = panel.series(at: index)
      for number in candidates {
        let origin = windows.windows.origin(of: number).step
        guard origins.contains(origin) else { continue }
        guard series.isObserved(within: windows.layout.inputLength, before: origin),
          let happens = found.happens(in: origin..<origin + horizon)
        else {
          unknownCount += 1
          continue
        }
        numbers.append(number)
        outcomes.append(happens)
      }
    }
    (self.numbers, self.outcomes, self.unknownCount) = (numbers, outcomes, unknownCount)
  }

  var count: Int { numbers.count }

  /// The number of windows in which the event happens.
  var positiveCount: Int { outcomes.count { $0 } }

  func batch(_ places: ArraySlice<Int>) -> NetworkBatch {
    let values = places.map { Float(outcomes[$0] ? 1 : 0) }
    let weights = places.map { outcomes[$0] ? positiveWeight : 1 }
    let shape: Shape = [places.count, 1]
    return windows.batch(places.map { numbers[$0] }[...]).replacingTargets(
      Tensor(shape: shape, scalars: values), weights: Tensor(shape: shape, scalars: weights))
  }
}

extension NetworkBatch {
  /// Returns the batch with one target for each window, [B, 1], which has no unit.
  ///
  /// - Parameters:
  ///   - values: The targets, or nil if they are unknown.
  ///   - weights: The weight of each window in the loss, or nil for equal weights.
  func replacingTargets(
    _ values: Tensor<Float>? = nil, weights: Tensor<Float>? = nil
  ) -> NetworkBatch {
    let zeros = Tensor<Float>.zeros([inputs.history.shape[0], 1])
    return NetworkBatch(
      inputs: inputs,
      targets: WindowTargets(
        values: values ?? zeros, mask: values == nil ? zeros : zeros + 1, profile: zeros,
        scales: zeros + 1, windowWeights: weights))
  }
}
