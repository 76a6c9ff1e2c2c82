import Tensor
import TestSupport
import Testing

struct SoftmaxTests {
  @Test(arguments: [[1], [17], [3, 5], [2, 3, 65], [3, 1], [0, 5]] as [Shape])
  func rowsAddUpToOne(shape: Shape) {
    let x = Tensor<Double>.random(shape, in: -5..<5)
    let exponentials = x.exp()
    expectClose(x.softmax(), exponentials / exponentials.sum(axis: -1, keepingAxes: true))
    expectClose(x.logSoftmax(), x.softmax().log())
    let single = Tensor<Float>(x).softmax()
    expectClose(single, Tensor<Float>(x.softmax()), within: 1e-6)
  }

  @Test func largeNumbersDoNotOverflow() {
    let x = Tensor<Float>([[1000, 1000, -1000], [-.infinity, 0, 0]])
    expectClose(x.softmax(), [0.5, 0.5, 0, 0, 0.5, 0.5])
    expectClose(x.logSoftmax()[0], [-0.6931472, -0.6931472, -2000.6931])
  }

  @Test func gradients() {
    let x = Tensor<Double>.random([2, 3, 5])
    expectGradients(at: [x], "softmax") { $0[0].softmax() }
    expectGradients(at: [x], "logSoftmax") { $0[0].logSoftmax() }
  }
}
