internal import RealModule
import NeuralNetwork

extension ForecastInputs {
  /// Returns the inputs of a window of the same series in which nothing changes.
  ///
  /// All past sales are their mean, and so is the profile. A column has the mean of its channels over
  /// the past steps, at past and future steps. A category of the series is unknown, and a number of
  /// the series has a given value. Everything else, such as gaps and the units of the window, is
  /// unchanged.
  ///
  /// - Parameters:
  ///   - encoding: The encoding of the inputs, which are those of one window.
  ///   - firstStep: The first past step that lies within the series.
  ///   - statics: The numeric channels of the series, [S].
  package func leveled(
    _ encoding: InputEncoding, firstStep: Int, statics numbers: [Float]
  ) -> ForecastInputs {
    let (steps, width) = (history.shape[1], history.shape[2])
    guard history.shape[0] == 1, firstStep < steps else {
      fatalError(
        "ForecastInputs.leveled: expected one window with a step from \(firstStep) on, got "
          + "\(history.shape[0]) with \(steps) steps")
    }
    var past = history.scalars
    let means = (0..<width).map { channel in
      (firstStep..<steps).reduce(Float(0)) { $0 + past[$1 * width + channel] }
        / Float(steps - firstStep)
    }
    let observed = (0..<steps).map { past[$0 * width + 1] != 0 }
    let sales = observed.indices.filter { observed[$0] }
      .map { Self.inverseSignedLog(past[$0 * width]) }
    let mean = sales.isEmpty ? 0 : sales.reduce(0, +) / Float(sales.count)
    let lags = encoding.lagChannels
    for step in 0..<steps {
      if observed[step] { past[step * width] = signedLog(mean) }
      for (channel, lag) in lags where step >= lag && observed[step - lag] {
        past[step * width + channel] = signedLog(mean)
      }
      guard step >= firstStep else { continue }
      for channel in 2 + lags.count..<width { past[step * width + channel] = means[channel] }
    }
    var leveled = self
    leveled.history = Tensor(shape: history.shape, scalars: past)
    leveled.future = future(encoding, means, mean: signedLog(mean))
    leveled.statics = Tensor(
      shape: statics.shape,
      scalars: numbers + Array(repeating: 0, count: statics.shape[1] - numbers.count))
    leveled.profile = .full(profile.shape, mean)
    return leveled
  }

  /// Returns the future channels: `means` of those that have past steps, and the mean of the sales.
  private func future(_ encoding: InputEncoding, _ means: [Float], mean: Float) -> Tensor<Float> {
    let (horizon, width) = (future.shape[1], future.shape[2])
    let known = encoding.future.numbers.map(\.column) + encoding.future.categories.map(\.column)
    let columns = known.map { encoding.channels(of: [$0]) }
    var ahead = future.scalars
    for step in 0..<horizon {
      for channel in encoding.profileChannels { ahead[step * width + channel] = mean }
      for column in columns {
        for (channel, past) in zip(column.future, column.history) {
          ahead[step * width + channel] = means[past]
        }
      }
    }
    return Tensor(shape: future.shape, scalars: ahead)
  }

  /// Returns the number whose signed logarithm is given.
  private static func inverseSignedLog(_ x: Float) -> Float {
    x < 0 ? -Float.expMinusOne(-x) : .expMinusOne(x)
  }
}
