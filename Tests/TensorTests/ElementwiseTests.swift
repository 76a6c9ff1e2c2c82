import Foundation
import Tensor
import TestSupport
import Testing

struct ElementwiseTests {
  struct Function: Sendable, CustomTestStringConvertible {
    let name: String
    let tensor: @Sendable (Tensor<Double>) -> Tensor<Double>
    let float: @Sendable (Tensor<Float>) -> Tensor<Float>
    let definition: @Sendable (Double) -> Double
    var isForPositive = false

    var testDescription: String { name }
  }

  static let functions = [
    Function(name: "exp", tensor: { $0.exp() }, float: { $0.exp() }) { Foundation.exp($0) },
    Function(
      name: "log", tensor: { $0.log() }, float: { $0.log() }, definition: { Foundation.log($0) },
      isForPositive: true),
    Function(
      name: "sqrt", tensor: { $0.sqrt() }, float: { $0.sqrt() }, definition: { $0.squareRoot() },
      isForPositive: true),
    Function(name: "tanh", tensor: { $0.tanh() }, float: { $0.tanh() }) { Foundation.tanh($0) },
    Function(name: "sigmoid", tensor: { $0.sigmoid() }, float: { $0.sigmoid() }) {
      1 / (1 + Foundation.exp(-$0))
    },
    Function(name: "relu", tensor: { $0.relu() }, float: { $0.relu() }) { max($0, 0) },
    Function(name: "softplus", tensor: { $0.softplus() }, float: { $0.softplus() }) {
      Foundation.log1p(Foundation.exp($0))
    },
    Function(name: "abs", tensor: { $0.abs() }, float: { $0.abs() }) { Swift.abs($0) },
    Function(name: "sign", tensor: { $0.sign() }, float: { $0.sign() }) {
      $0 > 0 ? 1 : $0 < 0 ? -1 : 0
    },
    Function(name: "floor", tensor: { $0.floor() }, float: { $0.floor() }) { $0.rounded(.down) },
    Function(name: "squared", tensor: { $0.squared() }, float: { $0.squared() }) { $0 * $0 },
    Function(
      name: "reciprocal", tensor: { $0.reciprocal() }, float: { $0.reciprocal() },
      definition: { 1 / $0 }, isForPositive: true),
    Function(name: "sin", tensor: { $0.sin() }, float: { $0.sin() }) { Foundation.sin($0) },
    Function(name: "cos", tensor: { $0.cos() }, float: { $0.cos() }) { Foundation.cos($0) },
  ]

  @Test(arguments: functions)
  func valuesAreTheDefinitions(function: Function) {
    for shape in [[], [0], [1], [3, 17], [65]] as [Shape] {
      let x = Tensor<Double>.random(shape, in: function.isForPositive ? 0.1..<5 : -5..<5)
      expectClose(function.tensor(x), Tensor(shape) { function.definition(x.at($0)) })
      let single = Tensor<Float>(x)
      expectClose(
        function.float(single),
        Tensor(shape) { Float(function.definition(Double(single.at($0)))) }, within: 1e-6)
    }
  }

  @Test(arguments: functions)
  func gradientsAreCentralDifferences(function: Function) {
    let x = Tensor<Double>.random([3, 5], in: function.isForPositive ? 0.5..<3 : -3..<3)
    expectGradients(at: [x]) { function.tensor($0[0]) }
  }

  @Test func endsOfTheScale() {
    let ends = Tensor<Float>([-.infinity, -1000, 1000, .infinity, .nan])
    expectClose(ends.exp(), [0, 0, .infinity, .infinity, .nan])
    expectClose(ends.tanh(), [-1, -1, 1, 1, .nan])
    expectClose(ends.sigmoid(), [0, 0, 1, 1, .nan])
    expectClose(ends.softplus(), [0, 0, 1000, .infinity, .nan])
    expectClose(ends.relu(), [0, 0, 1000, .infinity, .nan])
    expectClose(ends.sign(), [-1, -1, 1, 1, .nan])
    expectClose(Tensor<Double>([-1, 0, .infinity]).log(), [.nan, -.infinity, .infinity])
  }

  /// PyTorch 2.13: `k = torch.tensor([-3, -0.5, 0, 0.5, 3], requires_grad=True)`, then
  /// `k.f().sum().backward()`; for the powers, `k = torch.tensor([0., 1, 2])`.
  @Test func gradientsAtKinksArePyTorchs() {
    let k = Tensor<Double>([-3, -0.5, 0, 0.5, 3])
    #expect(gradient(at: k) { $0.relu().sum() }.scalars == [0, 0, 0, 1, 1])
    #expect(gradient(at: k) { $0.abs().sum() }.scalars == [-1, -1, 0, 1, 1])
    #expect(gradient(at: k) { $0.sign().sum() }.scalars == [0, 0, 0, 0, 0])
    #expect(gradient(at: k) { $0.floor().sum() }.scalars == [0, 0, 0, 0, 0])
    let bases = Tensor<Double>([0, 1, 2])
    #expect(gradient(at: bases) { $0.power(0).sum() }.scalars == [0, 0, 0])
    #expect(gradient(at: bases) { $0.power(1).sum() }.scalars == [1, 1, 1])
    #expect(gradient(at: bases) { $0.power(2).sum() }.scalars == [0, 2, 4])
    expectClose(
      gradient(at: bases) { $0.power(2.5).sum() }, [0, 2.5, 7.07106781187], within: 1e-11)
  }
}
