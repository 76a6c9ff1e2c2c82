import Tensor
import TestSupport
import Testing

/// Values and gradients pinned to PyTorch 2.13, with `torch.set_default_dtype(torch.float64)`.
struct PyTorchGradientTests {
  private let tolerance = 1e-10

  /// ```python
  /// x = torch.arange(15.).sin().reshape(3, 5).requires_grad_()
  /// r = torch.arange(5.).cos().requires_grad_()
  /// c = torch.linspace(0.5, 1.5, 3).reshape(3, 1).requires_grad_()
  /// v = ((x * r - c).tanh() / (c * c + 1) + (x + r).exp().mean(1, keepdim=True)).square().sum()
  /// v.backward()
  /// ```
  @Test func compositeOfBroadcastOperations() {
    let point = [
      Tensor<Double>.counting([3, 5]).sin(), Tensor<Double>.range(5).cos(),
      Tensor<Double>([[0.5], [1], [1.5]]),
    ]
    let (value, gradients) = valueWithGradients(at: point) { operands in
      let (x, r, c) = (operands[0], operands[1], operands[2])
      let left = (x * r - c).tanh() / (c * c + 1)
      return (left + (x + r).exp().mean(axis: 1, keepingAxes: true)).squared().sum()
    }
    expectClose(value, [15.705658709], within: tolerance)
    expectClose(
      gradients[0],
      [
        10.0474868705, 13.6016097534, 4.55318373777, -0.158734142343, -1.13978208903, 1.36785475427,
        1.76687828368, 1.54126620488, 1.22452388581, 0.88085806208, 1.98651763052, 0.79863842284,
        0.4350948158, 0.672139713163, 1.72873950433,
      ], within: tolerance)
    expectClose(
      gradients[1],
      [11.4720432845, 16.7963559046, 8.02285338126, 3.53375929124, 1.39473853956],
      within: tolerance)
    expectClose(
      gradients[2], [-6.90775400592, 2.14989843925, 1.45752281317], within: tolerance)
  }

  /// ```python
  /// t = torch.tensor([[3., 1, 3], [2, 2, 2], [5, 4, 1]], requires_grad=True)
  /// (t.amax(1) * torch.tensor([1., 2, 3])).sum().backward()   # each with t.grad = None before
  /// (t.amin((0, 1)) * 2).backward()
  /// (torch.maximum(t, torch.tensor([2., 2, 2])) * torch.arange(1., 10).reshape(3, 3)).sum().backward()
  /// ```
  @Test func tiesShareTheGradient() {
    let t = Tensor<Double>([[3, 1, 3], [2, 2, 2], [5, 4, 1]])
    expectClose(
      gradient(at: t) { ($0.max(axes: [1]) * Tensor([1, 2, 3])).sum() },
      [0.5, 0, 0.5, 2.0 / 3, 2.0 / 3, 2.0 / 3, 3, 0, 0])
    expectClose(gradient(at: t) { $0.min() * 2 }, [0, 1, 0, 0, 0, 0, 0, 0, 1])
    expectClose(
      gradient(at: t) {
        (Tensor.maximum($0, Tensor([2, 2, 2])) * (Tensor.counting([3, 3]) + 1)).sum()
      }, [1, 0, 3, 2, 2.5, 3, 7, 8, 0])
  }

  /// ```python
  /// k = torch.tensor([-2., -1, 0, 0.5, 1, 3], requires_grad=True)
  /// (k.clamp(-1, 1) * torch.arange(1., 7)).sum().backward()
  /// n = torch.tensor([[2., 3, 4], [0, 5, 6], [0, 0, 7]], requires_grad=True)
  /// (n.prod(1) * torch.tensor([1., 2, 3])).sum().backward()
  /// ```
  @Test func boundsAndZeros() {
    let k = Tensor<Double>([-2, -1, 0, 0.5, 1, 3])
    expectClose(
      gradient(at: k) { ($0.clamped(to: -1...1) * (Tensor.range(6) + 1)).sum() },
      [0, 2, 3, 4, 5, 0])
    let n = Tensor<Double>([[2, 3, 4], [0, 5, 6], [0, 0, 7]])
    expectClose(
      gradient(at: n) { ($0.product(axes: [1]) * Tensor([1, 2, 3])).sum() },
      [12, 8, 6, 60, 0, 0, 0, 0, 0])
  }

  /// ```python
  /// x = torch.arange(15.).sin().reshape(3, 5).requires_grad_()
  /// w = torch.arange(1., 16).reshape(3, 5)
  /// (x.softmax(-1) * w).sum().backward()       # each with x.grad = None before
  /// (x.log_softmax(-1) * w).sum().backward()
  /// ```
  @Test func softmaxAndItsLogarithm() {
    let x = Tensor<Double>.counting([3, 5]).sin()
    let w = Tensor<Double>.counting([3, 5]) + 1
    expectClose(
      x.softmax(),
      [
        0.134714941481, 0.31250859919, 0.334440313351, 0.155132720133, 0.0632034258449,
        0.0527385523955, 0.104048330659, 0.265405171128, 0.370046714803, 0.207761231014,
        0.100973705101, 0.0640005093393, 0.101728584488, 0.264819453206, 0.468477747866,
      ], within: tolerance)
    expectClose(
      gradient(at: x) { ($0.softmax() * w).sum() },
      [
        -0.228961661336, -0.218631356525, 0.100465505701, 0.201734420217, 0.145393091943,
        -0.135856817828, -0.163984720337, -0.152884987758, 0.156883620722, 0.295842905201,
        -0.296441332695, -0.123893915874, -0.0952003590257, 0.0169942509861, 0.498541356609,
      ], within: tolerance)
    expectClose(
      x.logSoftmax(),
      [
        -2.00459427758, -1.16312329278, -1.09529685076, -1.86347426952, -2.76139677289,
        -2.94240854638, -2.26289976991, -1.32649767299, -0.994126025089, -1.57136578647,
        -2.29289514157, -2.74886423723, -2.28544694868, -1.32870699385, -0.758266674982,
      ], within: tolerance)
    expectClose(
      gradient(at: x) { ($0.logSoftmax() * w).sum() },
      [
        -1.02072412221, -2.68762898785, -2.01660470027, 1.67300919801, 4.05194861233, 3.89045790418,
        2.83806677363, -2.61620684512, -5.80186859212, 1.68955075943, 4.4367091684, 7.83996689295,
        6.3876420083, -3.21326445836, -15.4510536113,
      ], within: tolerance)
  }
}
