import Forecasting

/// The straight path between two inputs of the networks of an ensemble.
struct ForecastPath {
  private let network: any DifferentiableNetwork
  /// The inputs of each network at both ends of the path, for one window.
  private let start, end: [ForecastInputs]
  /// The forecasts at both ends, [K].
  let ends: (from: [Double], to: [Double])

  init(network: any DifferentiableNetwork, from start: [ForecastInputs], to end: [ForecastInputs]) {
    self.network = network
    self.start = start
    self.end = end
    ends = (
      network.means(at: start).scalars.map(Double.init),
      network.means(at: end).scalars.map(Double.init)
    )
  }

  /// Returns the contributions of the tensors of all networks' inputs to each forecast step, K lists
  /// of four tensors for each network, and the largest number of points on the path.
  ///
  /// The derivative by the inputs jumps where a unit of the network is switched on, so the error of
  /// the integral falls only in proportion to the number of points. Steps whose contributions don't
  /// add up within a relative error of ``tolerance`` get four times as many, up to the maximum, or as
  /// long as that takes less than about half a minute.
  func contributions() throws -> (bySteps: [[Tensor<Float>]], pointCount: Int) {
    var best = ends.to.map { _ in (error: Double.infinity, tensors: [Tensor<Float>]()) }
    var steps = Array(ends.to.indices)
    var pointCount = 32
    while true {
      for (step, tensors) in zip(steps, try contributions(to: steps, pointCount)) {
        let error = error(of: tensors, step)
        if error < best[step].error { best[step] = (error, tensors) }
      }
      steps = steps.filter { best[$0].error > Self.tolerance }
      let next = 4 * pointCount
      if steps.isEmpty || next > ForecastContributions.largestPointCount
        || steps.count * next * windowLength > Self.largestStepCount
      {
        break
      }
      pointCount = next
    }
    if let step = best.firstIndex(where: { $0.tensors.isEmpty }) {
      fatalError("ForecastPath: expected finite forecasts, got \(ends.to[step])")
    }
    return (best.map(\.tensors), pointCount)
  }

  /// The relative error of a step's contributions that needs no more points: half of 1e-4, so that a
  /// step whose forecast is half of its baseline is within 1e-4 of the forecast, too.
  private static let tolerance = 5e-5

  /// The number of steps of windows that a network computes in about half a minute.
  private static let largestStepCount = 20_000_000

  /// The number of steps of a window, of all networks.
  private var windowLength: Int {
    end.reduce(0) { $0 + $1.history.shape[1] + $1.future.shape[1] }
  }

  private func contributions(to steps: [Int], _ pointCount: Int) throws -> [[Tensor<Float>]] {
    let tensors = try IntegratedGradients.contributions(
      at: end.flatMap(\.tensors), from: start.flatMap(\.tensors), results: steps,
      of: ends.to.count, pointCount: pointCount
    ) { tensors in
      let rows = tensors[0].shape[0]
      return network.means(
        at: end.enumerated().map { member, inputs in
          var inputs = ForecastInputs(
            history: inputs.history, future: inputs.future, statics: inputs.statics,
            profile: inputs.profile, scales: inputs.scales.broadcast(to: [rows, 1]),
            levels: inputs.levels.broadcast(to: [rows, 1]))
          inputs.tensors = Array(tensors[member * 4..<member * 4 + 4])
          return inputs
        })
    }
    return steps.indices.map { place in tensors.map { $0.slice(axis: 0, place..<place + 1) } }
  }

  /// Returns the error of the sum of a step's contributions, relative to the larger one of its
  /// forecasts.
  private func error(of tensors: [Tensor<Float>], _ step: Int) -> Double {
    let sum = tensors.reduce(0) { $0 + $1.scalars.reduce(0) { $0 + Double($1) } }
    let size = max(abs(ends.from[step]), abs(ends.to[step]), .leastNormalMagnitude)
    return abs(ends.to[step] - ends.from[step] - sum) / size
  }
}

/// The contributions of channels, added up for each input.
struct ContributionSums {
  /// The contribution of each input to each forecast step, [I, K].
  private(set) var bySteps: [Double]
  /// The mean contribution of each input at each step of the window, [I, T + K].
  private(set) var overTime: [Double]

  private let horizon, length: Int

  /// Adds up the contributions to each forecast step, K lists of four tensors for each network:
  /// history [1, T, C], future [1, K, C′], statics [1, S], and profile [1, K].
  init(
    _ tensorsBySteps: [[Tensor<Float>]], _ explained: ExplainedNetwork, inputLength: Int
  ) {
    horizon = tensorsBySteps.count
    length = inputLength + horizon
    bySteps = [Double](repeating: 0, count: explained.inputs.count * horizon)
    overTime = [Double](repeating: 0, count: explained.inputs.count * length)
    for (step, tensors) in tensorsBySteps.enumerated() {
      for first in stride(from: 0, to: tensors.count, by: 4) {
        for (input, channels) in explained.channels.enumerated() {
          add(tensors[first], channels.history, of: input, to: step, at: 0)
          add(tensors[first + 1], channels.future, of: input, to: step, at: inputLength)
          add(tensors[first + 2].expandingShape(at: 1), channels.statics, of: input, to: step)
          if explained.inputs[input] == ExplainedNetwork.pastSales {
            add(tensors[first + 3].expandingShape(at: 2), [0], of: input, to: step, at: inputLength)
          }
        }
      }
    }
  }

  /// Adds some channels of a tensor [1, steps, C], whose first step has a place in the window if it
  /// has one.
  private mutating func add(
    _ tensor: Tensor<Float>, _ channels: [Int], of input: Int, to step: Int, at first: Int? = nil
  ) {
    guard !channels.isEmpty else { return }
    let scalars = tensor.scalars
    let width = tensor.shape[2]
    for place in 0..<tensor.shape[1] {
      let sum = channels.reduce(0) { $0 + Double(scalars[place * width + $1]) }
      bySteps[input * horizon + step] += sum
      if let first { overTime[input * length + first + place] += sum / Double(horizon) }
    }
  }
}
