import NeuralNetwork

/// The range of the values of a forecast that feeds values back.
struct FeedbackRange: Sendable {
  /// A Boolean value that indicates whether no value is negative.
  var isNonnegative = false
  /// A Boolean value for each future step that indicates whether the shop is closed, so that the value
  /// is 0. Steps beyond its end are open.
  var isClosed: [Bool] = []

  /// Returns a Boolean value that indicates whether the shop is closed at a step.
  func isClosed(at step: Int) -> Bool { isClosed.indices.contains(step) && isClosed[step] }

  /// Returns the values of a step within the range, [B, 1], in units of the target.
  ///
  /// A value is at most 100,000 scales of its window away from the level, so that a path that has run
  /// away stays finite. The limit is a whole number, as counts are.
  ///
  /// - Parameters:
  ///   - values: The values as differences from the levels, [B, 1].
  ///   - targets: The scales and levels of the windows.
  ///   - step: The step.
  func limited(
    _ values: Tensor<Float>, _ targets: WindowTargets, step: Int
  ) -> Tensor<Float> {
    guard !isClosed(at: step) else { return .zeros(values.shape) }
    // The maximum of NaN and a number may be the number, but a network that has diverged is an error.
    if values.containsNaN { return values }
    let limits = Tensor(
      shape: targets.scales.shape,
      scalars: targets.scales.scalars.map { (100_000 * $0).rounded(.up) })
    let near = -Tensor.maximum(-Tensor.maximum(values, -limits), -limits)
    let raised = near + targets.levels
    return isNonnegative ? raised.relu() : raised
  }
}

extension AutoregressiveNetwork {
  /// Runs over future steps, and feeds back the value that a function returns for each of them.
  ///
  /// - Parameters:
  ///   - start: The state and the channels of B windows.
  ///   - targets: The scales, profiles, and levels of the windows.
  ///   - stepCount: The number of steps, at most K.
  ///   - range: The range of the values.
  ///   - value: A function that returns the values of a step, [B, 1], as differences from the levels in
  ///     units of the target, from the outputs of the step, [B, 1, O], and its targets.
  /// - Returns: The values that were fed back, [B, K], in units of the target.
  func unrolled(
    _ start: EncodedHistory, _ targets: WindowTargets, stepCount: Int, _ range: FeedbackRange,
    value: (_ outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float>
  ) -> Tensor<Float> {
    var pass = ForwardPass.inference
    var (state, previous) = (start.state, start.last)
    let isObserved = Tensor<Float>.full(targets.scales.shape, 1)
    var values: [Tensor<Float>] = []
    for step in 0..<stepCount {
      let (outputs, next) = advance(
        state, previous: previous, steps: start.steps.slice(axis: 1, step..<step + 1), &pass)
      let ofStep = targets.step(step)
      values.append(range.limited(value(outputs, ofStep), ofStep, step: step))
      let scaled = (values[step] - targets.levels) / targets.scales
      // Training sees closed steps as gaps.
      previous =
        range.isClosed(at: step)
        ? .zeros(previous.shape) : .stacked([scaled.signedLog(), isObserved], axis: 2)
      state = next
    }
    return .concatenated(values, axis: 1)
  }

  /// Returns the mean forecasts of windows, [B, K], as differences from the levels in units of the
  /// target, of a path that feeds back its means.
  ///
  /// The result can be differentiated by the inputs. It differs from the mean of sample paths where the
  /// mean of a step isn't a linear function of the values before.
  func means(
    at inputs: NetworkInputs, _ targets: WindowTargets, _ head: any ForecastHead,
    _ range: FeedbackRange
  ) -> Tensor<Float> {
    var pass = ForwardPass.inference
    var means: [Tensor<Float>] = []
    _ = unrolled(
      encoded(inputs, &pass), targets, stepCount: targets.profile.shape[1], range
    ) { outputs, targets in
      means.append(head.mean(from: outputs, targets))
      return means[means.count - 1]
    }
    return .concatenated(means, axis: 1)
  }

  /// Returns the forecast of a head that can't be sampled, which feeds its point forecasts back.
  func recursivePrediction(
    from inputs: NetworkInputs, _ targets: WindowTargets, _ head: any ForecastHead,
    _ range: FeedbackRange
  ) -> HeadPrediction {
    var pass = ForwardPass.inference
    var steps: [HeadPrediction] = []
    _ = unrolled(
      encoded(inputs, &pass), targets, stepCount: targets.profile.shape[1], range
    ) { outputs, targets in
      steps.append(head.prediction(from: outputs, targets))
      return steps[steps.count - 1].mean
    }
    let quantiles = steps.compactMap(\.quantiles)
    return HeadPrediction(
      mean: .concatenated(steps.map(\.mean), axis: 1),
      quantiles: quantiles.isEmpty ? nil : .concatenated(quantiles, axis: 1))
  }
}

extension Tensor<Float> {
  /// A Boolean value that indicates whether an element is NaN.
  fileprivate var containsNaN: Bool {
    detached.read { elements in (0..<elementCount).contains { elements[$0].isNaN } }
  }
}

extension WindowTargets {
  /// Returns the targets of a step, with a masked value.
  fileprivate func step(_ step: Int) -> WindowTargets {
    let masked = Tensor<Float>.zeros(scales.shape)
    return WindowTargets(
      values: masked, mask: masked, profile: profile.slice(axis: 1, step..<step + 1),
      scales: scales, levels: levels)
  }
}
