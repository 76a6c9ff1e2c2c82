import NeuralNetwork

/// The drawing of sample paths: their number, their random numbers, and the range of their values.
struct PathSampling: Sendable {
  /// The number of paths of each series, S.
  var count = 100
  /// The seed of the random numbers.
  var seed: UInt64 = 0
  /// The number of steps to draw.
  let stepCount: Int
  /// The range of the values.
  let range: FeedbackRange

  /// Returns the generators of paths of a series. Each depends on the seed, the id of the series, and
  /// the number of the path alone.
  func generators(ofSeries id: String, paths: [Int]) -> [Xoshiro256] {
    let series = FNV1a.hash(FNV1a.hash(id.utf8), after: FNV1a.hash(seed))
    return paths.map { Xoshiro256(seed: FNV1a.hash(UInt64($0), after: series)) }
  }
}

/// Sample paths of B windows.
struct SampledWindows: Sendable {
  /// The values of the paths, [B, S, K], in units of the target.
  var values: Tensor<Float>
  /// The mean over all paths of the means that each step has after the steps before it, [B, K], in
  /// units of the target.
  ///
  /// It has the same expected value as the mean of the paths, and far less noise (Rao-Blackwell).
  var means: Tensor<Float>
}

extension AutoregressiveNetwork {
  /// Draws sample paths of windows.
  ///
  /// A thread draws all paths of a few windows, step by step, so that their states stay in the cache.
  ///
  /// - Parameters:
  ///   - inputs: The input of the network.
  ///   - targets: The scales, profiles, and levels of the windows.
  ///   - head: The distributions.
  ///   - ids: The ids of the windows' series.
  ///   - paths: The numbers of the paths.
  ///   - sampling: The random numbers and the range of the values.
  func sampled(
    _ inputs: NetworkInputs, _ targets: WindowTargets, _ head: any SamplingHead, ids: [String],
    paths: [Int], _ sampling: PathSampling
  ) -> SampledWindows {
    var pass = ForwardPass.inference
    let start = encoded(inputs, &pass)
    let windowsOfPiece = max(1, 1024 / paths.count)
    let pieceCount = (ids.count + windowsOfPiece - 1) / windowsOfPiece
    let width = sampling.stepCount
    var means = Tensor<Float>.zeros([ids.count, width])
    let values = Tensor<Float>([ids.count, paths.count, width]) { values in
      means.write { means in
        let (values, means) = (SendablePointer(values), SendablePointer(means))
        parallelFor(pieceCount) { piece in
          let first = piece * windowsOfPiece
          let windows = first..<min(first + windowsOfPiece, ids.count)
          let drawn = sampled(
            start.slice(windows), targets.slice(windows), head, ids: ids[windows], paths: paths,
            sampling)
          drawn.values.read {
            (values.pointer + first * paths.count * width).update(
              from: $0, count: drawn.values.elementCount)
          }
          drawn.means.read {
            (means.pointer + first * width).update(from: $0, count: drawn.means.elementCount)
          }
        }
      }
    }
    return SampledWindows(values: values, means: means)
  }

  /// Draws sample paths of a few windows, with a row for each path.
  private func sampled(
    _ start: EncodedHistory, _ targets: WindowTargets, _ head: any SamplingHead,
    ids: ArraySlice<String>, paths: [Int], _ sampling: PathSampling
  ) -> SampledWindows {
    let rows = ids.indices.flatMap { Array(repeating: $0 - ids.startIndex, count: paths.count) }
    var generators = ids.flatMap { sampling.generators(ofSeries: $0, paths: paths) }
    var means: [Tensor<Float>] = []
    let rowTargets = targets.gathered(at: rows)
    let values = unrolled(
      start.gathered(at: rows), rowTargets, stepCount: sampling.stepCount, sampling.range
    ) { outputs, targets in
      means.append(
        sampling.range.limited(
          head.mean(from: outputs, targets), targets, step: means.count))
      return head.samples(from: outputs, targets, using: &generators)
    }
    let shape: Shape = [ids.count, paths.count, sampling.stepCount]
    return SampledWindows(
      values: values.reshaped(to: shape),
      means: Tensor.concatenated(means, axis: 1).reshaped(to: shape).mean(axis: 1))
  }
}

extension EncodedHistory {
  /// Returns the results of a range of windows.
  fileprivate func slice(_ windows: Range<Int>) -> EncodedHistory {
    mapped { $0.slice(axis: $1, windows) }
  }

  /// Returns the results of the windows at given positions, which may repeat.
  fileprivate func gathered(at windows: [Int]) -> EncodedHistory {
    mapped { $0.gathered(at: windows, axis: $1) }
  }

  private func mapped(
    _ transform: (_ tensor: Tensor<Float>, _ axis: Int) -> Tensor<Float>
  ) -> EncodedHistory {
    var result = self
    result.state = state.map { transform($0, 1) }
    result.steps = transform(steps, 0)
    result.last = transform(last, 0)
    return result
  }
}

extension WindowTargets {
  /// Returns the scales, profiles, and levels of a range of windows.
  fileprivate func slice(_ windows: Range<Int>) -> WindowTargets { mapped { $0[windows] } }

  /// Returns the scales, profiles, and levels of the windows at given positions, which may repeat.
  fileprivate func gathered(at windows: [Int]) -> WindowTargets {
    mapped { $0.gathered(at: windows) }
  }

  private func mapped(_ transform: (Tensor<Float>) -> Tensor<Float>) -> WindowTargets {
    let profile = transform(profile)
    let masked = Tensor<Float>.zeros(profile.shape)
    return WindowTargets(
      values: masked, mask: masked, profile: profile, scales: transform(scales),
      levels: transform(levels))
  }
}
