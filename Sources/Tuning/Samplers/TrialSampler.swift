public import Tensor

/// A method that chooses the values of the next trial.
///
/// The values may only depend on the space, the earlier trials, and the generator. A ``Study`` passes a
/// generator whose seed follows from its own and the number of the trial.
///
/// The description states the method and its settings. A journal contains it, so that a study only resumes
/// with the same sampler.
public protocol TrialSampler: Sendable, CustomStringConvertible {
  /// Returns the values of the next trial, a point of the space.
  ///
  /// - Parameters:
  ///   - space: The space.
  ///   - trials: The earlier trials with the results that are known, in the order of their numbers.
  ///   - generator: The source of randomness.
  func values(
    in space: SearchSpace, after trials: [Trial], using generator: inout Xoshiro256
  ) -> TrialValues
}
