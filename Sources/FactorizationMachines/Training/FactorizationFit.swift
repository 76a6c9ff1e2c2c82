import Foundation

/// A trained factorization machine, and the course of its training.
public struct FactorizationFit: Sendable, Equatable {
  /// A pass over all training rows.
  public struct Epoch: Sendable, Equatable {
    /// The number of the epoch, from 1.
    public let number: Int
    /// The mean loss of the training rows, each before the step that trains on it.
    public let trainingLoss: Double
    /// The mean loss of the validation rows after the epoch, or `nil` if there are none.
    public let validationLoss: Double?
  }

  /// The model after the best epoch.
  public internal(set) var model: FactorizationMachine
  /// The epochs, from the first to the last.
  public internal(set) var epochs: [Epoch]
  /// The number of the epoch with the lowest validation loss, or of the last one if there is no
  /// validation set.
  public internal(set) var bestEpoch: Int
}

extension FactorizationFit.Epoch: CustomStringConvertible {
  /// A line such as `epoch 3: loss 0.4312, validation loss 0.4467`.
  public var description: String {
    "epoch \(number): loss \(trainingLoss.fixed(4))"
      + (validationLoss.map { ", validation loss \($0.fixed(4))" } ?? "")
  }
}

/// Returns the logarithm of the odds of a probability.
func logOdds(_ probability: Double) -> Double { log(probability / (1 - probability)) }
