/// The gradients of a model's parameters, in the order of its parameters.
public struct Gradients<Scalar: TensorScalar>: Sendable {
  /// The gradient of each parameter, in the parameter's shape.
  public var values: [Tensor<Scalar>]
  /// The paths of the parameters in the model.
  let paths: [ParameterPath]
  /// The changes of the model's running statistics; see ``updateStatistics(of:)``.
  var statistics: StatisticChanges<Scalar>

  /// Creates gradients from names and values.
  ///
  /// Stops the program if the number of names differs from the number of values.
  public init(names: [String], values: [Tensor<Scalar>]) {
    guard names.count == values.count else {
      fatalError("Gradients: \(names.count) names for \(values.count) values")
    }
    self.init(paths: names.map { ParameterPath(module: "", leaf: $0) }, values: values)
  }

  init(
    paths: [ParameterPath], values: [Tensor<Scalar>],
    statistics: StatisticChanges<Scalar> = StatisticChanges()
  ) {
    self.paths = paths
    self.values = values
    self.statistics = statistics
  }

  /// The parameters' names.
  public var names: [String] { paths.map { $0.name } }

  /// The gradient of the parameter with a name; nil if there is none.
  public subscript(name: String) -> Tensor<Scalar>? {
    paths.firstIndex { $0.name == name }.map { values[$0] }
  }

  /// The Euclidean norm of all gradients together.
  public var norm: Double {
    var sum = 0.0
    for index in values.indices { sum += values[index].sumOfSquares }
    return sum.squareRoot()
  }

  /// The name of the first parameter whose gradient has an infinite or NaN element; nil if all
  /// gradients are finite.
  public var firstNonFinite: String? {
    values.firstIndex { !$0.isFinite }.map { paths[$0].name }
  }

  /// Scales all gradients by one factor so that their common norm is at most `limit`, like
  /// PyTorch's `clip_grad_norm_`.
  ///
  /// No factor can scale gradients whose norm is infinite or NaN, so they do not change, and an
  /// update along them would corrupt the model. Check that the result is finite before the update,
  /// as a ``Trainer`` does.
  ///
  /// - Returns: The norm before scaling.
  @discardableResult
  public mutating func clip(norm limit: Double) -> Double {
    let norm = norm
    if norm.isFinite { scale(from: norm, to: limit) }
    return norm
  }

  /// Scales all gradients by one factor so that their common norm, which must be finite, is at most
  /// `limit`.
  mutating func scale(from norm: Double, to limit: Double) {
    let factor = limit / (norm + 1e-6)
    if factor < 1 { values = values.map { $0 * Scalar(factor) } }
  }

  /// Limits every element to `-limit...limit`. NaN elements do not change.
  ///
  /// - Returns: The norm before the change. Check that it is finite before you update the model
  ///   along the gradients.
  @discardableResult
  public mutating func clip(value limit: Double) -> Double {
    let norm = norm
    clamp(to: limit)
    return norm
  }

  /// Limits every element to `-limit...limit`.
  mutating func clamp(to limit: Double) {
    values = values.map { $0.clamped(to: Scalar(-limit)...Scalar(limit)) }
  }
}

/// Returns the value of a function of a model and its gradient with respect to every parameter.
///
/// ```swift
/// let (loss, gradients) = valueWithGradient(at: model) { model in
///   meanSquaredError(model(x), y)
/// }
/// optimizer.update(&model, along: gradients)
/// ```
///
/// - Parameters:
///   - model: The model at which to evaluate the function.
///   - loss: The function. Its result must have one element.
/// - Returns: The value, and the gradients, named and ordered like the parameters. The gradient of
///   a parameter that the result does not depend on is zero. A gradient is tracked if an outer
///   gradient depends on it. The changes of running statistics, such as those of a ``BatchNorm``,
///   come with the gradients, and optimizers apply them.
public func valueWithGradient<Model: Module>(
  at model: Model, in loss: (Model) throws -> Tensor<Model.Scalar>
) rethrows -> (value: Tensor<Model.Scalar>, gradients: Gradients<Model.Scalar>) {
  var tracked = model
  let variables = ModelVariables { tracked.visitParameters($0) }
  let (value, gradients) = variables.tensors.valueWithGradients(of: try loss(tracked))
  return (value, variables.gradients(gradients))
}

/// The variables of a model: its trainable parameters and its running statistics.
private struct ModelVariables<Scalar: TensorScalar> {
  var tensors = GradientVariables<Scalar>()
  private var paths: [ParameterPath] = []
  /// The paths of the statistics, and their indices among the variables.
  private var statistics: [(path: ParameterPath, index: Int)] = []

  /// Makes a variable of each parameter and each statistic that `visit` passes to its visitor.
  @specialized(where Scalar == Float)
  init(_ visit: (ParameterVisitor<Scalar>) -> Void) {
    paths.reserveCapacity(16)
    ParameterVisitor.showing(
      [.trainable, .statistic],
      to: { path, role, tensor in
        if role == .statistic {
          statistics.append((path, paths.count + statistics.count))
        } else {
          paths.append(path)
        }
        tensors.track(&tensor)
      }, visit)
  }

  /// Returns the gradients of the parameters and the changes of the statistics.
  @specialized(where Scalar == Float)
  func gradients(_ values: consuming [Tensor<Scalar>]) -> Gradients<Scalar> {
    var gradients = Gradients(paths: paths, values: values)
    guard !statistics.isEmpty else { return gradients }
    for (path, index) in statistics.reversed() {
      gradients.statistics.paths.append(path)
      gradients.statistics.values.append(gradients.values.remove(at: index))
    }
    gradients.statistics.paths.reverse()
    gradients.statistics.values.reverse()
    return gradients
  }
}
