/// Returns the cross-entropy of classes and probabilities given by their logits z, −log
/// softmax(z)[label] for each row, like PyTorch's `cross_entropy`.
///
/// Stops the program unless there is one label in 0..<C for each row.
///
/// - Parameters:
///   - logits: z, [..., C] for C classes.
///   - labels: The class of each row, in row-major order of the axes before the last.
///   - reduction: The reduction of the rows' losses.
/// - Returns: A scalar, of shape `[]`, or the rows' losses, of shape [...], for `.none`.
public func softmaxCrossEntropy<Scalar: TensorScalar>(
  logits: Tensor<Scalar>, labels: [Int], reduction: Reduction = .mean
) -> Tensor<Scalar> {
  let rows = ClassRows(logits)
  rows.check(labels, logits)
  let logProbabilities = logits.detached.logSoftmax()
  let losses = logProbabilities.withUnsafeBufferPointer { y in
    labels.enumerated().map { row, label in -y[row * rows.classCount + label] }
  }
  return rows.reduced(losses, reduction).recorded(from: [logits.gradientSource]) {
    [logits = logits.detached] received, pass in
    let gradient = received.first!
    if pass.isDifferentiated(received) {
      let target = rows.oneHot(labels, of: Scalar.self)
      return pass.pullBack(gradient, at: [logits]) {
        rows.composedLoss($0[0], target, reduction)
      }
    }
    // softmax(z) − 1 at the label, each row times its share of the gradient.
    var result = logProbabilities.exp()
    result.withUnsafeMutableBufferPointer { dz in
      for (row, label) in labels.enumerated() { dz[row * rows.classCount + label] -= 1 }
    }
    pass.add(rows.scaled(result, by: gradient, reduction), toInput: 0)
  }
}

/// Returns the cross-entropy of probabilities y and probabilities given by their logits z, −Σ y log
/// softmax(z) for each row, like PyTorch's `cross_entropy`.
///
/// Stops the program unless the shapes are equal.
///
/// - Parameters:
///   - logits: z, [..., C] for C classes.
///   - target: y, the same shape, with a distribution in each row. It gets no gradient.
///   - reduction: The reduction of the rows' losses.
/// - Returns: A scalar, of shape `[]`, or the rows' losses, of shape [...], for `.none`.
public func softmaxCrossEntropy<Scalar: TensorScalar>(
  logits: Tensor<Scalar>, probabilities target: Tensor<Scalar>, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  requireSameShape(target, "target probabilities", as: logits, of: "softmaxCrossEntropy")
  let rows = ClassRows(logits)
  let target = target.detached
  let logProbabilities = logits.detached.logSoftmax()
  let losses = logProbabilities.read { y in
    target.read { target in
      (0..<rows.count).map { row in
        let start = row * rows.classCount
        return -Scalar(Scalar._Kernels.dot(y + start, target + start, rows.classCount))
      }
    }
  }
  return rows.reduced(losses, reduction).recorded(from: [logits.gradientSource]) {
    [logits = logits.detached] received, pass in
    let gradient = received.first!
    if pass.isDifferentiated(received) {
      return pass.pullBack(gradient, at: [logits]) {
        rows.composedLoss($0[0], target, reduction)
      }
    }
    let dy = rows.scaled(-target, by: gradient, reduction)
    let dz = Tensor<Scalar>(logits.shape) { dz in
      logProbabilities.read { y in
        dy.read { dy in
          Scalar._Kernels.logSoftmaxBackward(
            y: y, dy: dy, dx: dz, rows: rows.count, columns: rows.classCount)
        }
      }
    }
    pass.add(dz, toInput: 0)
  }
}

/// A view of logits as rows of classes.
private struct ClassRows: Sendable {
  /// The shape of the axes before the last.
  let shape: Shape
  /// C, the number of classes.
  let classCount: Int
  var count: Int { shape.elementCount }

  init<Scalar: TensorScalar>(_ logits: Tensor<Scalar>) {
    guard logits.rank >= 1, logits.shape[-1] > 0 else {
      fatalError(
        "softmaxCrossEntropy: expected logits [..., C] with C > 0, but got shape \(logits.shape)")
    }
    shape = logits.shape[0..<(logits.rank - 1)]
    classCount = logits.shape[-1]
  }

  func check<Scalar: TensorScalar>(_ labels: [Int], _ logits: Tensor<Scalar>) {
    guard labels.count == count else {
      fatalError(
        "softmaxCrossEntropy: logits of shape \(logits.shape) need \(count) labels, but "
          + "got \(labels.count)")
    }
    if let row = labels.firstIndex(where: { !(0..<classCount).contains($0) }) {
      fatalError(
        "softmaxCrossEntropy: the label of row \(row) is \(labels[row]), outside 0..<\(classCount)")
    }
  }

  func reduced<Scalar: TensorScalar>(_ losses: [Scalar], _ reduction: Reduction) -> Tensor<Scalar> {
    let losses = Tensor(shape: shape, scalars: losses)
    return switch reduction {
    case .mean: losses.mean()
    case .sum: losses.sum()
    case .none: losses
    }
  }

  /// Returns probabilities of 1 for each row's label and 0 for all others, in the shape of the
  /// logits.
  func oneHot<Scalar: TensorScalar>(_ labels: [Int], of type: Scalar.Type) -> Tensor<Scalar> {
    var result = Tensor<Scalar>.zeros(shape.appending(classCount))
    result.withUnsafeMutableBufferPointer { target in
      for (row, label) in labels.enumerated() { target[row * classCount + label] = 1 }
    }
    return result
  }

  /// Returns the loss, computed with operations that can be differentiated any number of times.
  func composedLoss<Scalar: TensorScalar>(
    _ logits: Tensor<Scalar>, _ target: Tensor<Scalar>, _ reduction: Reduction
  ) -> Tensor<Scalar> {
    let losses = -(logits.logSoftmax() * target).sum(axis: -1)
    return switch reduction {
    case .mean: losses.mean()
    case .sum: losses.sum()
    case .none: losses
    }
  }

  /// Returns each row, multiplied by its loss's share of the gradient of the result.
  func scaled<Scalar: TensorScalar>(
    _ rows: Tensor<Scalar>, by gradient: Tensor<Scalar>, _ reduction: Reduction
  ) -> Tensor<Scalar> {
    switch reduction {
    case .mean: rows * (gradient.scalar / Scalar(count))
    case .sum: rows * gradient.scalar
    case .none: rows * gradient.reshaped(to: shape.appending(1))
    }
  }
}
