/// The changes of a model's running statistics in a training step, in the order of its statistics.
///
/// A layer is a value that a forward pass does not change. A ``BatchNorm`` therefore reports in the
/// backward pass by how much its statistics change, and ``Gradients`` carry the changes to the
/// optimizer.
struct StatisticChanges<Scalar: TensorScalar>: Sendable {
  /// The paths of the statistics in the model.
  var paths: [ParameterPath] = []
  /// The change of each statistic, in its shape.
  var values: [Tensor<Scalar>] = []
}

extension Gradients {
  /// Adds the changes of the running statistics to those of a model, such as those of a
  /// ``BatchNorm``.
  ///
  /// The optimizers of this package call this function in their updates. Call it in an optimizer of
  /// your own. Gradients that were created from names and values have no changes.
  ///
  /// Stops the program if the model does not have the statistics for which there are changes.
  public func updateStatistics<Model: Module>(of model: inout Model) where Model.Scalar == Scalar {
    updateStatistics { model.visitParameters($0) }
  }

  /// Adds the changes to the statistics that `visit` passes to its visitor.
  @specialized(where Scalar == Float)
  func updateStatistics(visiting visit: (ParameterVisitor<Scalar>) -> Void) {
    guard !statistics.paths.isEmpty else { return }
    var index = 0
    ParameterVisitor.showing(
      .statistic,
      to: { path, _, statistic in
        guard index < statistics.paths.count, statistics.paths[index] == path,
          statistics.values[index].shape == statistic.shape
        else {
          fatalError("Gradients: there is no change of \(path.name) of shape \(statistic.shape)")
        }
        statistic += statistics.values[index].detached
        index += 1
      }, visit)
    guard index == statistics.paths.count else {
      fatalError("Gradients: the model does not have \(statistics.paths[index].name)")
    }
  }
}
