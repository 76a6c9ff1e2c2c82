import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, by `interactions()` of:
///
///     def interactions():
///       w = wave(4, 5, phase=0).requires_grad_()
///       x = wave(2, 3, 4, phase=30).requires_grad_()
///       steps = wave(2, 3, 6, 5, phase=31).requires_grad_()
///       series = wave(2, 1, 2, 5, phase=32).requires_grad_()
///       v = torch.cat([x[..., None] * w, steps, series.expand(2, 3, 2, 5)], 2)
///       y = 0.5 * (v.sum(2) ** 2 - (v ** 2).sum(2))
///       (y * wave(2, 3, 5, phase=33)).sum().backward()
///       show(y, w.grad, x.grad, steps.grad.sum(2), series.grad)
@Suite struct PairwiseInteractionsTests {
  @Test func followsPyTorch() {
    expectFigures(as: Float.self)
    expectFigures(as: Double.self)
  }

  private func expectFigures<Scalar: TensorScalar>(as scalar: Scalar.Type) {
    let layer = PairwiseInteractions<Scalar>(weight: .wave([4, 5], phase: 0))
    let operands = Self.operands(as: Scalar.self)
    #expect(layer(operands[0], with: Array(operands[1...])).shape == [2, 3, 5])
    expectPyTorch(
      layer(operands[0], with: Array(operands[1...])),
      [
        -0.235038951, -0.688757231, -0.711521901, -0.265542112, -0.0911736217,
        -0.374432232, -0.358325609, -0.487369754, -0.547342906, -0.438685692, -0.635804537,
        -0.579255376, -0.356609542, -0.337473751, -0.553614673, -0.514910668, -0.729155478,
        -0.453752063, -0.145888189, -0.316638118, -0.420146557, -0.328636304, -0.446304962,
        -0.577814826, -0.504850879, -0.759442981, -0.491817208, -0.232972398, -0.412607945,
        -0.732517037,
      ])
    let (_, gradients) = valueWithGradient(at: layer) {
      contracted($0(operands[0], with: Array(operands[1...])), phase: 33)
    }
    #expect(gradients.names == ["weight"])
    expectPyTorch(
      gradients["weight"],
      [
        0.13096527, 0.0254290498, 0.0496559861, 0.163427772, 0.177875767, 0.0973570427,
        0.0349879536, 0.0844301365, 0.163606319, 0.141078835, 0.00352169602, -0.0342885628,
        0.0287498474, 0.0879890231, 0.0450880398, -0.0501388686, 0.00477475921,
        0.0272609451, -0.0200088572, -0.0585636695,
      ])
    let ofOperands = valueWithGradients(at: operands) {
      contracted(layer($0[0], with: Array($0[1...])), phase: 33)
    }.gradients
    expectPyTorch(
      ofOperands[0],
      [
        -0.143048097, 0.171476016, -0.129145928, 0.054051882, -0.0257713571, 0.023084868,
        -0.0515300034, 0.0790960426, 0.0370465815, -0.119690735, 0.0325357997,
        0.00472982547, 0.185004509, -0.276251984, 0.074984161, -0.0324797171, -0.186334589,
        0.0746470803, -0.249112275, 0.107612188, -0.162124568, 0.0963525757, -0.271095727,
        0.0629947912,
      ], "numbers")
    expectPyTorch(
      ofOperands[1].sum(axis: 2),
      [
        -1.62955267, -0.761694544, 0.0139521113, -0.590237125, -1.57126842, -0.701729374,
        -0.694774836, 0.292773515, 0.621520521, -0.254275451, -0.388533951, -0.152161961,
        0.603955656, 0.624613968, -0.124481181, 0.460990172, 0.0260702343, 0.936010042,
        1.68024972, 1.02330249, 0.144019297, -0.810755434, -1.06321858, -0.194264731,
        0.353585624, -0.130155011, -0.732270037, -0.830869887, -0.26227233, 0.0296133235,
      ], "steps")
    expectPyTorch(
      ofOperands[2],
      [
        -0.630633829, -0.400167053, 0.217784091, 0.197380096, -0.427507066, -0.354018492,
        -0.195791355, 0.14669449, 0.104890034, -0.251806579, 0.121210903, -0.405808374,
        -0.289773879, 0.276689501, 0.353215331, 0.0683584585, -0.213949799, -0.183529586,
        0.109119545, 0.178180805,
      ], "series")
  }

  @Test func gradientsAreCentralDifferences() {
    let layer = PairwiseInteractions<Double>(weight: .wave([4, 5], phase: 0))
    expectGradients(of: layer, at: Self.operands(as: Double.self)) { layer, operands in
      layer(operands[0], with: Array(operands[1...]))
    }
  }

  /// Given fields, and the same fields as numbers times vectors.
  @Test(arguments: [(N: 3, F: 5, K: 7), (17, 1, 3), (1, 65, 17), (5, 2, 1)])
  func matchesReference(_ extents: (N: Int, F: Int, K: Int)) {
    let (N, F, K) = extents
    let layer = PairwiseInteractions<Double>(weight: .random([F, K], seed: 1))
    let numbers = Tensor<Double>.random([N, F], seed: 2)
    let dy = Tensor<Double>.random([N, K], seed: 3)
    let fields = numbers.expandingShape(at: 2) * layer.weight
    let expected = Reference.pairwiseInteractions(v: fields.scalars, N: N, F: F, K: K)
    expectClose(layer(numbers), expected, within: 1e-12)
    expectClose(PairwiseInteractions.pooled(fields), expected, within: 1e-12)
    let gradient = gradient(at: fields) { (PairwiseInteractions.pooled($0) * dy).sum() }
    expectClose(
      gradient,
      Reference.pairwiseInteractionsBackward(
        dy: dy.scalars, v: fields.scalars, N: N, F: F, K: K), within: 1e-12)
  }

  @Test func aFieldAloneHasNoInteractions() {
    let none = PairwiseInteractions<Float>(weight: .zeros([0, 5]))
    #expect(none(.zeros([3, 0])) == .zeros([3, 5]))
    let vectors = Tensor<Float>.counting([3, 2, 5])
    let expected = vectors.slice(axis: 1, 0..<1) * vectors.slice(axis: 1, 1..<2)
    #expect(none(.zeros([3, 0]), with: [vectors]) == expected.reshaped(to: [3, 5]))
  }

  /// Ten training steps against PyTorch:
  ///
  ///     w = wave(4, 5, phase=0).requires_grad_()
  ///     o = torch.nn.Linear(5, 2)                         # the weights are waves of phases 1 and 2
  ///     optimizer = optim.Adam([w, *o.parameters()], lr=0.05)
  ///     # v = wave(7, 4, phase=30)[..., None] * w; y = 0.5 * (v.sum(1) ** 2 - (v ** 2).sum(1))
  ///     # the loss: ((o(y) - wave(7, 2, phase=31)) ** 2).mean()
  @Test func lossesFallAsPyTorchs() {
    var network = InteractionRegressor().waves()
    var optimizer = Adam<Float>(learningRate: 0.05)
    let expected = [
      0.185203635, 0.157251558, 0.135498844, 0.120894846, 0.113887259, 0.113606515,
      0.117631107, 0.121699417, 0.12221686, 0.1190776,
    ]
    for expected in expected {
      let (loss, gradients) = valueWithGradient(at: network) {
        meanSquaredError(
          $0.output($0.interactions(.wave([7, 4], phase: 30))), .wave([7, 2], phase: 31))
      }
      optimizer.update(&network, along: gradients)
      #expect((Double(loss.scalar) - expected).magnitude <= 1e-4 * expected)
    }
  }

  @Test func mistakesStopTheProgram() async {
    let numbers = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = PairwiseInteractions<Float>(weight: .zeros([4, 5]))(.zeros([2, 3]))
    }
    #expect(
      message(of: numbers).contains(
        "PairwiseInteractions(4 × 5): expected numbers [..., 4], but got shape [2, 3]"))
    let vectors = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let layer = PairwiseInteractions<Float>(weight: .zeros([4, 5]))
      _ = layer(.zeros([2, 4]), with: [.zeros([2, 1, 6])])
    }
    #expect(message(of: vectors).contains("expected vectors [..., G, 5], but got shape [2, 1, 6]"))
  }

  /// Numbers, vectors of each step, and vectors of each row.
  private static func operands<Scalar: TensorScalar>(as _: Scalar.Type) -> [Tensor<Scalar>] {
    [
      .wave([2, 3, 4], phase: 30), .wave([2, 3, 6, 5], phase: 31), .wave([2, 1, 2, 5], phase: 32),
    ]
  }
}

private struct InteractionRegressor: Module {
  var interactions = PairwiseInteractions<Float>(weight: .zeros([4, 5]))
  var output = Dense<Float>(weight: .zeros([2, 5]), bias: .zeros([2]))

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("interactions", &interactions)
    visit("output", &output)
  }
}
