import NeuralNetwork

/// A head that can draw samples of future values.
public protocol SamplingHead: ForecastHead {
  /// Returns values drawn from the distribution that the outputs describe, [B, K], in units of the
  /// target.
  ///
  /// The steps of a window are drawn independently of one another; correlation between them must be
  /// in the outputs. The same generator gives the same values at any number of threads.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - targets: The scales and profiles of the windows. Their values are masked.
  func samples(
    from outputs: Tensor<Float>, _ targets: WindowTargets, using generator: inout Xoshiro256
  ) -> Tensor<Float>

  /// Returns values drawn from the distribution that the outputs describe, [B, K], in units of the
  /// target.
  ///
  /// Each window has a generator of its own, so that its values don't depend on the other windows.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - targets: The scales and profiles of the windows. Their values are masked.
  ///   - generators: The sources of random numbers of the B windows.
  func samples(
    from outputs: Tensor<Float>, _ targets: WindowTargets, using generators: inout [Xoshiro256]
  ) -> Tensor<Float>
}

/// A head whose outputs are the parameters of a probability distribution for each step.
///
/// The forecast is the mean of the distribution, and its quantiles at
/// ``ForecastHead/quantileLevels``.
public protocol DistributionHead: SamplingHead {
  /// The distribution of one step.
  associatedtype Distribution: ProbabilityDistribution

  /// Returns the parameters of each step, [B, K] each, in units of the target.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - targets: The scales and profiles of the windows.
  func parameters(from outputs: Tensor<Float>, _ targets: WindowTargets) -> [Tensor<Float>]

  /// Returns the distribution of one step.
  ///
  /// - Parameter parameters: The finite parameters of the step, in the order of
  ///   ``parameters(from:_:)``.
  func distribution(_ parameters: [Double]) -> Distribution

  /// Returns the means of the distributions, [B, K], in units of the target, as a function that can
  /// be differentiated by the parameters.
  ///
  /// - Parameter parameters: The parameters of each step, [B, K] each.
  func mean(of parameters: [Tensor<Float>]) -> Tensor<Float>
}

extension DistributionHead {
  /// Returns the mean and the quantiles of each step's distribution, or NaN if the network's
  /// outputs aren't finite.
  public func prediction(
    from outputs: Tensor<Float>, _ targets: WindowTargets
  ) -> HeadPrediction {
    let distributions = StepDistributions(self, outputs, targets)
    let levels = quantileLevels
    let mean = distributions.numbers(1) { distribution, mean in
      mean[0] = Float(distribution.mean)
    }
    guard !levels.isEmpty else {
      return HeadPrediction(mean: mean.reshaped(to: targets.profile.shape))
    }
    let quantiles = distributions.numbers(levels.count) { distribution, quantiles in
      for (place, quantile) in distribution.quantiles(levels).enumerated() {
        quantiles[place] = Float(quantile)
      }
    }
    return HeadPrediction(mean: mean.reshaped(to: targets.profile.shape), quantiles: quantiles)
  }

  public func mean(from outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    mean(of: parameters(from: outputs, targets))
  }

  public func samples(
    from outputs: Tensor<Float>, _ targets: WindowTargets, using generator: inout Xoshiro256
  ) -> Tensor<Float> {
    var generators = (0..<outputs.shape[0]).map { _ in Xoshiro256(seed: generator.next()) }
    return samples(from: outputs, targets, using: &generators)
  }

  public func samples(
    from outputs: Tensor<Float>, _ targets: WindowTargets, using generators: inout [Xoshiro256]
  ) -> Tensor<Float> {
    StepDistributions(self, outputs, targets).samples(using: &generators)
  }
}

/// The distributions of the steps of B windows.
private struct StepDistributions<Head: DistributionHead>: Sendable {
  private let head: Head
  /// B, K, and the number of parameters of a step.
  private let windowCount, stepCount, parameterCount: Int
  /// [B, K, P]
  private let parameters: Tensor<Float>

  init(_ head: Head, _ outputs: Tensor<Float>, _ targets: WindowTargets) {
    self.head = head
    parameters = .stacked(head.parameters(from: outputs.detached, targets), axis: 2)
    (windowCount, stepCount) = (parameters.shape[0], parameters.shape[1])
    parameterCount = parameters.shape[2]
  }

  /// Returns `count` numbers for each step, [B, K, count].
  func numbers(
    _ count: Int, _ write: @Sendable (Head.Distribution, UnsafeMutablePointer<Float>) -> Void
  ) -> Tensor<Float> {
    Tensor([windowCount, stepCount, count]) { result in
      let result = SendablePointer(result)
      forEachWindow { window, distribution in
        for step in 0..<stepCount {
          let numbers = result.pointer + (window * stepCount + step) * count
          if let distribution = distribution(step) {
            write(distribution, numbers)
          } else {
            for place in 0..<count { numbers[place] = .nan }
          }
        }
      }
    }
  }

  /// Returns one sample for each step, [B, K], drawn by the generator of its window.
  func samples(using generators: inout [Xoshiro256]) -> Tensor<Float> {
    guard generators.count == windowCount else {
      fatalError(
        "samples: expected a generator for each of \(windowCount) windows, got \(generators.count)")
    }
    return generators.withUnsafeMutableBufferPointer { generators in
      Tensor([windowCount, stepCount]) { result in
        let result = SendablePointer(result)
        guard let generators = SendablePointer(generators.baseAddress) else { return }
        forEachWindow { window, distribution in
          for step in 0..<stepCount {
            result.pointer[window * stepCount + step] =
              distribution(step).map {
                Float($0.sample(using: &generators.pointer[window]))
              } ?? .nan
          }
        }
      }
    }
  }

  /// Calls `body` with each window and its distributions by step, which are nil where they are
  /// undefined.
  private func forEachWindow(
    _ body: @Sendable (Int, (Int) -> Head.Distribution?) -> Void
  ) {
    let pieceCount = (windowCount + Self.pieceLength - 1) / Self.pieceLength
    parameters.read { parameters in
      let parameters = SendablePointer(parameters)
      parallelFor(pieceCount) { piece in
        // The windows of a piece share an array, so that a distribution takes no allocation.
        var numbers = [Double](repeating: 0, count: parameterCount)
        let first = piece * Self.pieceLength
        for window in first..<min(first + Self.pieceLength, windowCount) {
          body(window) { step in
            let start = parameters.pointer + (window * stepCount + step) * parameterCount
            for place in 0..<parameterCount {
              guard start[place].isFinite else { return nil }
              numbers[place] = Double(start[place])
            }
            let distribution = head.distribution(numbers)
            return distribution.mean.isFinite ? distribution : nil
          }
        }
      }
    }
  }

  /// The number of windows that a thread processes at a time.
  private static var pieceLength: Int { 16 }
}

extension RangeChecked where Self: DistributionHead {
  package var fault: String? { levelFault(of: quantileLevels) }
}
