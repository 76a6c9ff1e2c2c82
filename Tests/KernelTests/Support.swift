import RealModule
import ReferenceKernels
import Testing

/// The scalars that every kernel exists for.
protocol KernelScalar: Real, BinaryFloatingPoint, Sendable {}
extension Float: KernelScalar {}
extension Double: KernelScalar {}

/// Extents at and around the widths of registers, lanes and blocks.
let oddExtents = [0, 1, 3, 17, 65, 1003]

/// `scale * sin(1.7 i + phase)` for i < count: of both signs and without a period.
func wave<S: KernelScalar>(_ count: Int, phase: Double = 0, scale: Double = 1) -> [S] {
  (0..<count).map { S(scale * Double.sin(1.7 * Double($0) + phase)) }
}

/// `f(0), f(1), ...`, as the PyTorch snippets of these tests make their values.
func ramp(_ count: Int, _ f: (Double) -> Double) -> [Double] {
  (0..<count).map { f(Double($0)) }
}

/// The output of a kernel that writes `count` elements, which start as NaN.
func output<S: KernelScalar>(_ count: Int, _ kernel: (UnsafeMutablePointer<S>) -> Void) -> [S] {
  // One element more, so that there is an address, and so that a write past the end is seen.
  var buffer = [S](repeating: .nan, count: count + 1)
  buffer.withUnsafeMutableBufferPointer { kernel($0.baseAddress!) }
  #expect(buffer[count].isNaN, "a kernel wrote past its \(count) elements")
  return Array(buffer.dropLast())
}

/// Expects equal counts, and elements that differ by at most `tolerance * (floor + |expected|)`,
/// NaN and infinities where they are expected.
func expectClose<A: BinaryFloatingPoint, E: BinaryFloatingPoint>(
  _ actual: [A], _ expected: [E], tolerance: Double, floor: Double = 0, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record(
      "\(what): \(actual.count) elements, expected \(expected.count)",
      sourceLocation: sourceLocation)
    return
  }
  for i in actual.indices {
    let (a, e) = (Double(actual[i]), Double(expected[i]))
    if a == e || (a.isNaN && e.isNaN) { continue }
    if !(abs(a - e) <= tolerance * (floor + abs(e))) || e.isInfinite {
      Issue.record(
        "\(what): element \(i) of \(actual.count) is \(a), expected \(e)",
        sourceLocation: sourceLocation)
      return
    }
  }
}

/// Expects the same values, bit for bit but for the payload of NaN.
func expectIdentical<S: KernelScalar>(
  _ actual: [S], _ expected: [S], _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(actual, expected, tolerance: 0, what, sourceLocation: sourceLocation)
}
