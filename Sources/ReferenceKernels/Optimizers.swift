import RealModule

// The updates of the optimizers, as PyTorch's torch.optim defines them.
extension Reference {
  /// The settings of Adam (Kingma & Ba 2015) and AdamW (Loshchilov & Hutter 2019).
  public struct AdamSettings: Sendable {
    /// The learning rate.
    public var learningRate: Double
    /// The decay rate of the running mean of the gradients.
    public var beta1: Double
    /// The decay rate of the running mean of the squared gradients.
    public var beta2: Double
    /// A small number that is added to the root of the running mean of the squared gradients, to
    /// avoid a division by 0.
    public var epsilon: Double
    /// The weight decay: an L2 term in the gradient, or decoupled from the gradient.
    public var weightDecay: Double
    /// A Boolean value that indicates whether weight decay is decoupled: false in Adam, true in
    /// AdamW.
    public var decoupledWeightDecay: Bool

    /// Creates settings. The defaults are PyTorch's, without weight decay.
    public init(
      learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
      epsilon: Double = 1e-8, weightDecay: Double = 0, decoupledWeightDecay: Bool = false
    ) {
      self.learningRate = learningRate
      self.beta1 = beta1
      self.beta2 = beta2
      self.epsilon = epsilon
      self.weightDecay = weightDecay
      self.decoupledWeightDecay = decoupledWeightDecay
    }
  }

  /// Performs step number `step` (from 1) of Adam or AdamW. `m` and `v` are initially zeros.
  @inlinable
  public static func adam<Scalar: Real & BinaryFloatingPoint>(
    _ theta: inout [Scalar], gradient: [Scalar], m: inout [Scalar], v: inout [Scalar],
    settings: AdamSettings, step: Int
  ) {
    for (array, name) in [(gradient, "gradient"), (m, "m"), (v, "v")] {
      require(array, name, count: theta.count, in: "adam")
    }
    let beta1 = Scalar(settings.beta1)
    let beta2 = Scalar(settings.beta2)
    // Differences from 1 are computed in Double: 1 - 0.999 has only four digits in Float.
    let rest1 = Scalar(1 - settings.beta1)
    let rest2 = Scalar(1 - settings.beta2)
    let shrink = Scalar(1 - settings.learningRate * settings.weightDecay)
    let decay = Scalar(settings.weightDecay)
    let rate = Scalar(settings.learningRate)
    let correction1 = Scalar(1 - Double.pow(settings.beta1, step))
    let correction2 = Scalar(1 - Double.pow(settings.beta2, step))
    for i in theta.indices {
      var g = gradient[i]
      if settings.decoupledWeightDecay {
        theta[i] *= shrink
      } else {
        g += decay * theta[i]
      }
      m[i] = beta1 * m[i] + rest1 * g
      v[i] = beta2 * v[i] + rest2 * g * g
      let denominator = (v[i] / correction2).squareRoot() + Scalar(settings.epsilon)
      theta[i] -= rate * (m[i] / correction1) / denominator
    }
  }

  /// Performs one step of AdaGrad (Duchi, Hazan & Singer 2011). `sum` holds the sums of the squared
  /// gradients.
  @inlinable
  public static func adaGrad<Scalar: Real & BinaryFloatingPoint>(
    _ theta: inout [Scalar], gradient: [Scalar], sum: inout [Scalar], learningRate: Double,
    epsilon: Double
  ) {
    require(gradient, "gradient", count: theta.count, in: "adaGrad")
    require(sum, "sum", count: theta.count, in: "adaGrad")
    for i in theta.indices {
      sum[i] += gradient[i] * gradient[i]
      theta[i] -= Scalar(learningRate) * gradient[i] / (sum[i].squareRoot() + Scalar(epsilon))
    }
  }

  /// The settings of stochastic gradient descent.
  public struct SGDSettings: Sendable {
    /// The learning rate.
    public var learningRate: Double
    /// The share of the velocity that a step keeps (Polyak 1964); 0 for no momentum.
    public var momentum: Double
    /// The weight decay, an L2 term in the gradient.
    public var weightDecay: Double
    /// A Boolean value that indicates whether to use Nesterov momentum (Nesterov 1983, as in
    /// Sutskever et al. 2013).
    public var nesterov: Bool

    /// Creates settings. The defaults are those of plain gradient descent.
    public init(
      learningRate: Double, momentum: Double = 0, weightDecay: Double = 0, nesterov: Bool = false
    ) {
      self.learningRate = learningRate
      self.momentum = momentum
      self.weightDecay = weightDecay
      self.nesterov = nesterov
    }
  }

  /// Performs one step of gradient descent. The velocity of the first step is its gradient.
  @inlinable
  public static func sgd<Scalar: Real & BinaryFloatingPoint>(
    _ theta: inout [Scalar], gradient: [Scalar], velocity: inout [Scalar], settings: SGDSettings,
    isFirstStep: Bool
  ) {
    require(gradient, "gradient", count: theta.count, in: "sgd")
    require(velocity, "velocity", count: theta.count, in: "sgd")
    let momentum = Scalar(settings.momentum)
    for i in theta.indices {
      let g = gradient[i] + Scalar(settings.weightDecay) * theta[i]
      velocity[i] = isFirstStep ? g : momentum * velocity[i] + g
      let direction = settings.nesterov ? g + momentum * velocity[i] : velocity[i]
      theta[i] -= Scalar(settings.learningRate) * direction
    }
  }
}
