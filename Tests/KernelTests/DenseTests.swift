import RealModule
import ReferenceKernels
import Testing

// The matrix product and the dense layer of the reference, pinned to PyTorch 2.13:
//
//     import torch
//
//     def wave(f, *shape):
//         n = torch.Size(shape).numel()
//         return f(torch.arange(n, dtype=torch.float64)).reshape(shape)
//
//     B, D, O = 2, 3, 4
//     print(2 * wave(torch.sin, B, D) @ wave(torch.cos, D, O) - wave(torch.cos, B, O) / 2)
//
//     x = wave(torch.cos, B, D).requires_grad_()
//     w = wave(torch.sin, O, D).requires_grad_()
//     b = (wave(torch.cos, O) / 4).requires_grad_()
//     for f in (torch.sigmoid, torch.tanh, torch.relu, lambda z: z):
//         y = f(torch.nn.functional.linear(x, w, b))
//         print(y, torch.autograd.grad((y * wave(torch.cos, B, O)).sum(), (x, w, b)))
@Suite struct DenseTests {
  /// The same product from operands stored as they are and transposed.
  @Test func matrixProduct() {
    let a = ramp(2 * 3, Double.sin)
    let b = ramp(3 * 4, Double.cos)
    let c = ramp(2 * 4, Double.cos)
    let aTransposed = Reference.transpose(a, batch: 1, rows: 2, columns: 3)
    let bTransposed = Reference.transpose(b, batch: 1, rows: 3, columns: 4)
    let expected: [Double] = [
      -1.8646499, -1.44974096, 0.298053127, 1.77181854, 1.8774671, 1.32872119,
      -0.441644856, -1.80596466,
    ]
    for (transposeA, transposeB) in [(false, false), (false, true), (true, false), (true, true)] {
      let product = Reference.matrixProduct(
        transposeA ? aTransposed : a, transposeA: transposeA,
        transposeB ? bTransposed : b, transposeB: transposeB,
        M: 2, N: 4, K: 3, alpha: 2, beta: -0.5, c: c)
      expectClose(product, expected, tolerance: 1e-8, floor: 0.1, "product")
    }
  }

  /// With beta 0 what was in c does not count, not even NaN.
  @Test func betaOfZero() {
    let product = Reference.matrixProduct(
      [1.0, 2], [3.0, 4, 5, 6, 7, 8], M: 1, N: 3, K: 2, c: [.nan, .nan, .nan])
    #expect(product == [15, 18, 21])
  }

  struct Figures: Sendable {
    var activation: Reference.Activation
    var y: [Double]
    var dx: [Double]
    var dWeight: [Double]
    var dBias: [Double]
  }

  @Test(arguments: figures) func dense(figures: Figures) {
    let x = ramp(2 * 3, Double.cos)
    let weight = ramp(4 * 3, Double.sin)
    let bias = ramp(4, Double.cos).map { $0 / 4 }
    let y = Reference.denseForward(
      x: x, weight: weight, bias: bias, activation: figures.activation, B: 2, D: 3, O: 4)
    expectClose(y, figures.y, tolerance: 1e-8, floor: 0.1, "y")
    let gradients = Reference.denseBackward(
      x: x, weight: weight, y: y, dy: ramp(2 * 4, Double.cos), activation: figures.activation,
      B: 2, D: 3, O: 4)
    expectClose(gradients.x, figures.dx, tolerance: 1e-8, floor: 0.1, "dx")
    expectClose(gradients.weight, figures.dWeight, tolerance: 1e-8, floor: 0.1, "dW")
    expectClose(gradients.bias, figures.dBias, tolerance: 1e-8, floor: 0.1, "db")
  }

  static let figures = [
    Figures(
      activation: .sigmoid,
      y: [
        0.580846048, 0.56619582, 0.39169352, 0.571219217, 0.489479342, 0.554294174,
        0.50594746, 0.358114813,
      ],
      dx: [
        -0.0534958792, 0.171202871, 0.238498491, 0.0142469688, -0.127076461, -0.151566378,
      ],
      dWeight: [
        0.405167862, 0.238309321, -0.147649711, 0.0633300017, 0.0258955357, -0.0353471664,
        -0.336761906, -0.210453871, 0.109344483, -0.414040873, -0.244286151, 0.150064132,
      ],
      dBias: [
        0.0801253593, 0.202787384, 0.140853424, -0.0691782561,
      ]),
    Figures(
      activation: .tanh,
      y: [
        0.315144939, 0.260222222, -0.413809493, 0.279212018, -0.0420640106, 0.214645717,
        0.0237864731, -0.525245062,
      ],
      dx: [
        -0.208736272, 0.646689965, 0.90755243, -0.0049673525, -0.420361056, -0.449276743,
      ],
      dWeight: [
        1.54664098, 0.913135478, -0.559902569, 0.235830291, 0.0952871569, -0.13286255,
        -1.29491012, -0.813597088, 0.415733351, -1.453264, -0.850028289, 0.53471951,
      ],
      dBias: [
        0.248196591, 0.774308487, 0.614740465, -0.366899414,
      ]),
    Figures(
      activation: .relu,
      y: [
        0.326247466, 0.266346755, 0, 0.286827261, 0, 0.218036395, 0.0237909607, 0,
      ],
      dx: [
        -0.331746742, 0.971145669, 1.38117123, -0.228256049, 0.416142761, 0.677941836,
      ],
      dWeight: [
        1, 0.540302306, -0.416146837, 0.259478871, 0.106512604, -0.14438086, -0.950561379,
        -0.627609183, 0.272364002, -0.989992497, -0.534895229, 0.411982246,
      ],
      dBias: [
        1, 0.823964491, 0.960170287, -0.989992497,
      ]),
    Figures(
      activation: .linear,
      y: [
        0.326247466, 0.266346755, -0.440199138, 0.286827261, -0.042088846, 0.218036395,
        0.0237909607, -0.583555811,
      ],
      dx: [
        -0.215468867, 0.697742775, 0.969452927, 0.082441006, -0.544018122, -0.670309498,
      ],
      dWeight: [
        1.64710228, 0.967552289, -0.601560815, 0.259478871, 0.106512604, -0.14438086,
        -1.36670822, -0.852454278, 0.445542191, -1.73635007, -1.02767863, 0.625835807,
      ],
      dBias: [
        0.346356379, 0.823964491, 0.54402345, -0.236090242,
      ]),
  ]
}
