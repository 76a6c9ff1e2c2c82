import NeuralNetwork
import TestSupport
import Testing

/// The gradient penalty of a Wasserstein GAN (Gulrajani et al. 2017), which trains a critic on the
/// gradients of its own output.
///
/// ```python
/// w1, b1, w2, b2 = [wave(*s, phase=k).requires_grad_()
///                   for k, s in enumerate([(5, 3), (5,), (1, 5), (1,)])]
/// x = wave(4, 3, phase=7).requires_grad_()
/// y = torch.tanh(x @ w1.T + b1) @ w2.T + b2            # and so on
/// g, = torch.autograd.grad(y.sum(), x, create_graph=True)
/// penalty = (g.square().sum(1).sqrt() - 1).square().mean()
/// torch.autograd.grad(penalty, (w1, b1, w2, x))
/// ```
struct GradientPenaltyTests {
  struct Figures: Sendable {
    let penalty: Double
    let parameters: [String: [Double]]
    let input: [Double]
  }

  private func penalty<Scalar: TensorScalar>(
    of critic: Sequential<Scalar>, at x: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let gradients = gradient(at: x) { critic($0).sum() }
    return (gradients.squared().sum(axis: 1).sqrt() - 1).squared().mean()
  }

  private func critic<Scalar: TensorScalar>(_ activation: Activation) -> Sequential<Scalar> {
    var generator = anyGenerator()
    return Sequential<Scalar>(
      Dense(inputSize: 3, outputSize: 5, activation: activation, using: &generator),
      Dense(inputSize: 5, outputSize: 1, using: &generator)
    ).waves()
  }

  @Test(arguments: [Activation.tanh, .relu, .sigmoid, .softplus])
  func penaltyAndItsGradientsAreThoseOfPyTorch(activation: Activation) throws {
    let figures = try #require(Self.figures[activation])
    func check<Scalar: TensorScalar>(_: Scalar.Type) {
      let x = Tensor<Scalar>.wave([4, 3], phase: 7)
      let model: Sequential<Scalar> = critic(activation)
      let (value, gradients) = valueWithGradient(at: model) { penalty(of: $0, at: x) }
      expectPyTorch(value, [figures.penalty])
      #expect(!value.isTracked)
      for (name, expected) in figures.parameters {
        expectPyTorch(gradients[name], expected, name, within: 2e-5)
      }
      #expect(gradients["1.bias"]?.scalars == [0])
      let ofInput = gradient(at: x) { penalty(of: model, at: $0) }
      if figures.input.isEmpty {
        #expect(ofInput == .zeros([4, 3]))
      } else {
        expectPyTorch(ofInput, figures.input, "input", within: 2e-5)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  /// A layer without a bias, and one that is frozen.
  @Test func penaltyOfPartsOfACritic() {
    var generator = anyGenerator()
    let layer = Dense<Double>(
      inputSize: 3, outputSize: 2, activation: .tanh, hasBias: false, using: &generator)
    let x = Tensor<Double>.wave([5, 3], phase: 1)
    expectGradients(at: [layer.weight, x]) { operands in
      let layer = Dense(weight: operands[0], bias: nil, activation: .tanh)
      return gradient(at: operands[1]) { layer($0).squared().sum() }
    }
    expectGradients(at: [x]) { operands in
      gradient(at: operands[0]) { layer($0).squared().sum() }
    }
  }

  /// With its penalty a critic learns to have gradients of norm 1.
  @Test func penaltyFallsInTraining() {
    var model: Sequential<Float> = critic(.tanh)
    var optimizer = Adam<Float>(learningRate: 0.02)
    let x = Tensor<Float>.wave([4, 3], phase: 7)
    var losses: [Float] = []
    for _ in 0..<40 {
      let (value, gradients) = valueWithGradient(at: model) { penalty(of: $0, at: x) }
      losses.append(value.scalar)
      optimizer.update(&model, along: gradients)
    }
    #expect(losses.last! < losses[0] / 100)
  }

  @Test func recurrentLayersStop() async {
    let lstm = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var generator = Xoshiro256(seed: 1)
      let layer = LSTM<Float>(inputSize: 3, hiddenSize: 2, using: &generator)
      _ = gradient(at: Tensor<Float>.ones([2, 4, 3])) { x in
        gradient(at: x) { layer($0).sum() }.sum()
      }
    }
    #expect(message(of: lstm).contains("LSTM: this operation has a first derivative only"))
    let rnn = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var generator = Xoshiro256(seed: 1)
      let layer = RNN<Float>(inputSize: 3, hiddenSize: 2, using: &generator)
      _ = gradient(at: Tensor<Float>.ones([2, 4, 3])) { x in
        gradient(at: x) { layer($0).sum() }.sum()
      }
    }
    #expect(message(of: rnn).contains("RNN: this operation has a first derivative only"))
  }

  /// A recurrent layer beside a penalty needs its first derivative only.
  @Test func recurrentLayersMayStandBesideAPenalty() {
    var generator = anyGenerator()
    let layer = LSTM<Double>(inputSize: 3, hiddenSize: 2, using: &generator)
    let model: Sequential<Double> = critic(.tanh)
    expectGradients(at: [.wave([2, 4, 3], phase: 0), .wave([4, 3], phase: 7)]) { operands in
      layer(operands[0]).sum() + penalty(of: model, at: operands[1])
    }
    // Outside of the inner gradient's way, features of a recurrent layer are constants to it.
    let u = Tensor<Double>.wave([2, 2], phase: 2)
    expectGradients(at: [.wave([2, 4, 3], phase: 0)]) { operands in
      let features = layer(operands[0])
      return gradient(at: u) { ($0 * $0 * features[.all, .index(3)]).sum() }
    }
  }
}

extension GradientPenaltyTests {
  static let figures: [Activation: Figures] = [
    .tanh: Figures(
      penalty: 0.7867876825,
      parameters: [
        "0.weight": [
          0.4031354831, 0.0006656605612, -0.4021172325, 0.1762903333, -0.02150463555, -0.2091856383,
          -0.1369570772, -0.008572289211, 0.1238441804, -0.4769579547, -0.04678373825, 0.4053936013,
          -0.5752989478, -0.05236501794, 0.4951969981,
        ],
        "0.bias": [0.1314164713, -0.1123768812, 0.01893765842, 0.007186163559, -0.157776509],
        "1.weight": [-0.4531712424, 0.5575578025, -0.2289605296, -0.5035580676, 0.6980743472],
      ],
      input: [
        -0.03280205066, -0.01244592938, 0.01376370696, -0.02416238634, 0.008427253268,
        0.03705342399, -0.03463679689, 0.007752065148, 0.04649500981, -0.0325113589, -0.01234062543,
        0.013634097,
      ]),
    .relu: Figures(
      penalty: 0.6046342799,
      parameters: [
        "0.weight": [
          -0.4720623832, -0.3849821981, -0.1168388696, -0.2218745582, -0.1809459049, -0.05491556517,
          0.03284987166, 0.05441332201, 0.05038533678, 0.3196193995, 0.1722068273, -0.05619730665,
          0, 0, 0,
        ],
        "0.bias": [0, 0, 0, 0, 0],
        "1.weight": [-0.3993755652, -0.5448910497, 0.4457061658, -0.07696565428, 0],
      ], input: []),
    .sigmoid: Figures(
      penalty: 0.937596877,
      parameters: [
        "0.weight": [
          0.1185577692, -0.02546958486, -0.1575181952, 0.05288548557, -0.01659978211,
          -0.07827791289, -0.03419184114, 0.008383500686, 0.04701595114, -0.1131237918,
          0.02458823206, 0.1507360262, -0.1340543213, 0.03503482902, 0.1876465518,
        ],
        "0.bias": [0.02076934814, -0.009049308145, 0.00104403455, -0.003898362865, -0.01091626533],
        "1.weight": [-0.1987298684, 0.1621911798, 0.03448951411, -0.2086029444, 0.1739443727],
      ],
      input: [
        -0.002069786151, 0.0003433311835, 0.002594974498, -0.002024741495, 0.0006105222349,
        0.002958647818, -0.002905900674, 0.0003367119855, 0.003420963737, -0.002057560624,
        0.0003485952992, 0.002590801406,
      ]),
    .softplus: Figures(
      penalty: 0.8393053037,
      parameters: [
        "0.weight": [
          0.03483827929, -0.2719860427, -0.4508910788, 0.02220603367, -0.12111333, -0.2074712022,
          -0.008191115136, 0.06398659233, 0.1060704056, -0.02517709102, 0.2110057604, 0.3479493056,
          -0.0394904333, 0.1906131125, 0.331068333,
        ],
        "0.bias": [-0.1115778659, 0.008392595635, -0.02689712661, 0.1070716572, -0.02384872011],
        "1.weight": [-0.6635903519, 0.1142401905, 0.5001623382, -0.5658243202, 0.08821645385],
      ],
      input: [
        0.0004127547164, 0.00238689274, 0.003238437811, 0.001878198538, 0.002080095931,
        0.001303691706, 0.003374877806, 0.003210178288, 0.00153568176, 0.0003874954864,
        0.002368180068, 0.00323507256,
      ]),
  ]
}
