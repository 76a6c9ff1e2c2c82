/// An average of the weights of several steps, which a ``Trainer`` evaluates and returns instead of the
/// latest weights.
///
/// The latest weights depend on the last batches. Their average does less so, and often generalizes
/// better, most of all with a learning rate that does not decay to 0. Buffers, such as the running
/// statistics of a ``BatchNorm``, are not averaged; they are those of the latest weights.
public enum WeightAveraging: Sendable, Equatable {
  /// An exponential moving average, which each step moves toward the new weights by 1 − decay. It
  /// starts from the weights after the first step, like PyTorch's `AveragedModel` with
  /// `get_ema_multi_avg_fn(decay)`.
  ///
  /// The average spans about 1 / (1 − decay) steps.
  case exponential(decay: Double)
  /// The mean of the weights at the end of each epoch from the given one on, counted from 1
  /// (stochastic weight averaging), like PyTorch's `AveragedModel`.
  ///
  /// Source: Izmailov et al. 2018, Averaging weights leads to wider optima and better generalization.
  case stochastic(fromEpoch: Int)

  /// A description of a number that is out of range, or nil.
  var fault: String? {
    switch self {
    case .exponential(let decay) where !(0..<1).contains(decay):
      "a decay in 0..<1, but it is \(decay)"
    case .stochastic(let epoch) where epoch < 1:
      "an epoch of at least 1, but it is \(epoch)"
    default: nil
    }
  }
}

/// The average of the weights of a model so far.
struct WeightAverage<Model: Module>: Sendable {
  /// The model with the average of the weights, and the buffers of the latest model.
  private(set) var model: Model
  /// The number of models in the average.
  private(set) var count: Int

  /// Creates an average of `count` models.
  init(_ model: Model, count: Int = 1) {
    self.model = model
    self.count = count
  }

  /// Adds a model with a weight of `share` in the weighted mean of it and the average.
  mutating func add(_ latest: Model, share: Double) {
    var latest = latest
    var tensors: [Tensor<Model.Scalar>] = []
    ParameterVisitor.showing(
      .all, to: { _, _, tensor in tensors.append(tensor) }, { latest.visitParameters($0) })
    let share = Model.Scalar(share)
    var index = 0
    ParameterVisitor.showing(
      .all,
      to: { _, role, average in
        let latest = tensors[index]
        index += 1
        guard role == .trainable else { return average = latest }
        let size = average.elementCount
        average.write { average in
          latest.read { latest in
            Model.Scalar._Kernels.scaleShift(1 - share, 0, average, average, size)
            Model.Scalar._Kernels.axpy(share, latest, average, size)
          }
        }
      }, { model.visitParameters($0) })
    count += 1
  }
}
