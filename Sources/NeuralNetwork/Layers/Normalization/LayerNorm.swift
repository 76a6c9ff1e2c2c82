/// A layer that normalizes the numbers of each row to mean 0 and variance 1 (Ba et al. 2016).
///
///     y = (x − mean) / √(variance + ε) ∘ w + b
///
/// The parameters have the names and layouts of PyTorch's `nn.LayerNorm` over the last axis: `weight`
/// [D] and `bias` [D].
///
/// ```swift
/// let layer = LayerNorm<Float>(size: 8)
/// let y = layer(x)      // [..., 8] → [..., 8]
/// ```
public struct LayerNorm<Scalar: TensorScalar>: Layer {
  /// The scale of each column, w, [D].
  public var weight: Tensor<Scalar>
  /// The shift of each column, b, [D].
  public var bias: Tensor<Scalar>
  /// ε, which is added to the variance, so that equal numbers become 0.
  public let epsilon: Double

  /// Creates a layer with scales of 1 and shifts of 0.
  ///
  /// Stops the program unless the size and ε are positive.
  ///
  /// - Parameters:
  ///   - size: D, the number of columns.
  ///   - epsilon: ε, which is added to the variance.
  public init(size: Int, epsilon: Double = 1e-5) {
    guard size > 0, epsilon > 0 else {
      fatalError("LayerNorm: expected a positive size and epsilon, but got \(size) and \(epsilon)")
    }
    weight = .ones([size])
    bias = .zeros([size])
    self.epsilon = epsilon
  }

  /// D, the number of columns.
  public var size: Int { weight.shape[0] }

  @specialized(where Scalar == Float)
  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    visit("weight", &weight)
    visit("bias", &bias)
  }

  /// Returns the normalized rows: [..., D] → [..., D].
  @specialized(where Scalar == Float)
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    guard input.rank >= 1, input.shape[-1] == size else {
      fatalError("\(self): expected an input [..., \(size)], but got shape \(input.shape)")
    }
    let rows = NormalizedRows(
      input: input.detached, weight: weight.detached, bias: bias.detached, epsilon: epsilon)
    let (output, statistics) = rows.run()
    guard input.isTracked || weight.isTracked || bias.isTracked else { return output }
    let sources = [input.gradientSource, weight.gradientSource, bias.gradientSource]
    return output.recorded(from: sources) { received, pass in
      guard !pass.isDifferentiated(received) else {
        return rows.pullBackDifferentiably(received.first!, into: &pass)
      }
      let gradients = rows.gradients(of: received.first!, statistics)
      for (place, gradient) in gradients.enumerated() { pass.add(gradient, toInput: place) }
    }
  }
}

extension LayerNorm: CustomStringConvertible {
  public var description: String { "LayerNorm(\(size))" }
}

/// The rows that a ``LayerNorm`` normalizes, in blocks that are computed independently.
private struct NormalizedRows<Scalar: TensorScalar>: Sendable {
  let input, weight, bias: Tensor<Scalar>
  let epsilon: Double

  private var rows: Int { input.shape.rowCount }
  private var columns: Int { input.shape[-1] }
  /// Each block has its own sums of the gradients of the parameters.
  private var blocks: RowBlocks { RowBlocks(rows: rows, columns: columns) }

  /// Returns the normalized rows, and the mean and the factor of each row, [rows, 2].
  func run() -> (output: Tensor<Scalar>, statistics: Tensor<Scalar>) {
    var statistics = Tensor<Scalar>([rows, 2]) { _ in }
    let output = Tensor<Scalar>(input.shape) { output in
      statistics.write { statistics in
        input.read { x in
          weight.read { weight in
            bias.read { bias in
              let (x, y) = (SendablePointer(x), SendablePointer(output))
              let (weight, bias) = (SendablePointer(weight), SendablePointer(bias))
              let statistics = SendablePointer(statistics)
              parallelFor(blocks.count) { block in
                let rows = blocks.rows(of: block)
                let first = rows.lowerBound * columns
                Scalar._Kernels.layerNorm(
                  x.pointer + first, weight: weight.pointer, bias: bias.pointer, epsilon: epsilon,
                  y.pointer + first, statistics: statistics.pointer + 2 * rows.lowerBound,
                  rows: rows.count, columns: columns)
              }
            }
          }
        }
      }
    }
    return (output, statistics)
  }

  /// Returns the gradients of the input, the weight, and the bias.
  func gradients(of gradient: Tensor<Scalar>, _ statistics: Tensor<Scalar>) -> [Tensor<Scalar>] {
    var sums = Tensor<Scalar>.zeros([blocks.count, 2, columns])
    let dx = Tensor<Scalar>(input.shape) { dx in
      sums.write { sums in
        input.read { x in
          weight.read { weight in
            statistics.read { statistics in
              gradient.read { dy in
                let (x, dy, dx) = (SendablePointer(x), SendablePointer(dy), SendablePointer(dx))
                let (weight, sums) = (SendablePointer(weight), SendablePointer(sums))
                let statistics = SendablePointer(statistics)
                parallelFor(blocks.count) { block in
                  let rows = blocks.rows(of: block)
                  let first = rows.lowerBound * columns
                  let sums = sums.pointer + block * 2 * columns
                  Scalar._Kernels.layerNormBackward(
                    x.pointer + first, weight: weight.pointer,
                    statistics: statistics.pointer + 2 * rows.lowerBound, dy: dy.pointer + first,
                    dx: dx.pointer + first, dWeight: sums, dBias: sums + columns,
                    rows: rows.count, columns: columns)
                }
              }
            }
          }
        }
      }
    }
    let total = sums.sum(axis: 0)
    return [dx, total[0], total[1]]
  }

  /// Adds the gradients in a form that an outer gradient can differentiate.
  func pullBackDifferentiably(
    _ gradient: Tensor<Scalar>, into pass: inout Backpropagation<Scalar>
  ) {
    let epsilon = Scalar(epsilon)
    pass.pullBack(gradient, at: [input, weight, bias]) { operands in
      let deviations = operands[0] - operands[0].mean(axis: -1, keepingAxes: true)
      let variance = (deviations * deviations).mean(axis: -1, keepingAxes: true)
      return deviations / (variance + epsilon).sqrt() * operands[1] + operands[2]
    }
  }
}
