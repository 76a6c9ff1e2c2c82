import Tensor
import TestSupport
import Testing

struct ValueSemanticsTests {
  private func address(_ x: Tensor<Float>) -> Int {
    x.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress!) }
  }

  @Test func writingToACopyLeavesTheOriginal() {
    let original = Tensor<Float>.counting([3, 5])
    var copy = original
    #expect(address(copy) == address(original))
    copy[at: 1, 2] = -1
    #expect(address(copy) != address(original))
    #expect(original == .counting([3, 5]))
    copy = original
    copy += original
    #expect(original == .counting([3, 5]))
  }

  @Test func writingToTheOriginalLeavesItsCopiesAndParts() {
    var original = Tensor<Float>.counting([3, 5])
    let copy = original
    let part = original[1]
    let flat = original.flattened
    original[1] = Tensor.full([5], -1)
    #expect(copy == .counting([3, 5]))
    #expect(part.scalars == [5, 6, 7, 8, 9])
    #expect(flat.scalars == copy.scalars)
    #expect(original[1].scalars == [-1, -1, -1, -1, -1])
  }

  @Test func writingToAPartLeavesTheWhole() {
    let original = Tensor<Float>.counting([3, 5])
    var part = original[1..<3]
    #expect(address(part) == address(original) + 5 * MemoryLayout<Float>.stride)
    part[at: 0, 0] = -1
    #expect(part[at: 0, 0] == -1)
    #expect(part[at: 1, 4] == 14)
    #expect(original == .counting([3, 5]))
  }

  @Test func uniqueTensorsAreWrittenInPlace() {
    var x = Tensor<Float>.counting([3, 5])
    let other = Tensor<Float>.ones([3, 5])
    let before = address(x)
    x[at: 1, 2] = -1
    x[0] = Tensor.full([5], 7)
    x[.all, .stride(0..<5, by: 2)] = Tensor.zeros([3, 3])
    x += other
    x -= other
    x.withUnsafeMutableBufferPointer { $0[0] = 4 }
    #expect(address(x) == before)
    #expect(x[at: 0, 0] == 4)
  }

  @Test func reshapesAndLeadingSlicesShareMemory() {
    let x = Tensor<Float>.counting([3, 5])
    #expect(address(x.reshaped(to: [5, 3])) == address(x))
    #expect(address(x[2]) == address(x) + 10 * MemoryLayout<Float>.stride)
    #expect(address(x) % 64 == 0)
  }

  /// Copies that several tasks write to, over one shared original.
  @Test func tasksHaveValuesOfTheirOwn() async {
    let original = Tensor<Double>.counting([17, 5])
    let sums = await withTaskGroup(of: Double.self, returning: [Double].self) { group in
      for number in 0..<8 {
        group.addTask {
          var own = original
          for step in 0..<100 {
            own[number] = own[number] + Double(step)
            if step % 10 == 0 { await Task.yield() }
          }
          return (own - original).sum().scalar
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums == Array(repeating: 5 * 4950, count: 8))
    #expect(original == .counting([17, 5]))
  }
}
