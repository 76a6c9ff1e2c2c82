// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Tensor
import Testing

@Suite struct TensorSnippets {
  @Test func creation() {
    // begin
    let x = Tensor<Float>([[1, 2, 3], [4, 5, 6]])      // shape [2, 3]
    let w = Tensor<Float>.ones([3, 4])
    print(matmul(x, w).sum(axis: 0))                   // [21, 21, 21, 21]
    // end
    #expect(x.shape == [2, 3])
    #expect("\(matmul(x, w).sum(axis: 0))" == "[21, 21, 21, 21]")
  }

  @Test func indexing() {
    let x = Tensor<Float>.range(63).reshaped(to: [7, 9])
    // begin
    let columns = x[.all, .range(2..<5)]             // columns 2, 3, 4 of every row
    let thirds = x[.index(0), .stride(0..<9, by: 3)] // three elements of the first row
    // end
    #expect(columns[0] == Tensor([2, 3, 4]))
    #expect(thirds == Tensor([0, 3, 6]))
  }

  @Test(arguments: [[2, 3], [7, 2, 3]])
  func products(shape: [Int]) {
    let a = Tensor<Float>.ones(Shape(shape))
    let b = Tensor<Float>.ones([3, 5])
    let c = Tensor<Float>.ones([4, 3])
    // begin
    let ab = matmul(a, b)                        // [m, k] × [k, n]     → [m, n]
                                                 // [7, m, k] × [k, n]  → [7, m, n]
    let ac = matmul(a, c, transposingB: true)    // [m, k] × [n, k]ᵀ    → [m, n]
    // end
    #expect(ab.shape == Shape(shape.dropLast() + [5]))
    #expect(ac.shape == Shape(shape.dropLast() + [4]))
  }

  @Test(arguments: [([3, 3], [3], [3]), ([3, 3], [3, 2], [3, 2]), ([7, 3, 3], [3, 2], [7, 3, 2])])
  func solving(left: [Int], right: [Int], result: [Int]) throws {
    let a = Tensor<Float>.identity(3).broadcast(to: Shape(left))
    let b = Tensor<Float>.ones(Shape(right))
    // begin
    let x = try solve(a, b)   // [n, n], [n]        → [n]
                              // [n, n], [n, m]     → [n, m]
                              // [7, n, n], [n, m]  → [7, n, m]
    // end
    #expect(x == .ones(Shape(result)))
  }

  @Test func gradients() {
    // begin
    let (value, gradient) = valueWithGradient(at: Tensor<Double>([1, 2, 3])) { x in
      (x * x).sum()
    }
    // value 14, gradient [2, 4, 6]
    // end
    #expect(value.scalar == 14)
    #expect(gradient == Tensor([2, 4, 6]))
  }

  @Test func recording() {
    // begin
    func cubed(_ x: Tensor<Float>) -> Tensor<Float> {
      let value = x.detached                              // compute on untracked tensors
      return (value * value * value).recorded(from: x) { gradient in
        [gradient * 3 * value * value]
      }
    }
    // end
    #expect(gradient(at: Tensor(2)) { cubed($0) } == Tensor(12))
  }

  @Test func recordingAllDerivatives() {
    // begin
    func cubed(_ x: Tensor<Float>) -> Tensor<Float> {
      let value = x.detached
      return (value * value * value).recorded(from: x) { gradient, operands in
        [gradient * 3 * operands[0] * operands[0]]        // tracked if an outer gradient needs it
      }
    }
    // end
    let second = gradient(at: Tensor(2)) { x in gradient(at: x) { cubed($0) } }
    #expect(second == Tensor(12))
  }

  @Test func gradientWithinAGradient() {
    let (x, weight) = (Tensor<Float>([[1, 2], [3, 4], [5, 6]]), Tensor<Float>([[0.1], [0.2]]))
    // begin
    let gradients = gradient(at: weight) { weight in
      let slope = gradient(at: x) { x in matmul(x, weight).tanh().sum() }
      return (slope.squared().sum(axis: 1).sqrt() - 1).squared().mean()
    }
    // end
    #expect(gradients.shape == [2, 1] && gradients.scalars.allSatisfy { $0 != 0 })
  }
}
