import Foundation
import SIMDKernels
import Testing

/// A kernel of one variable in float, and the same function by the C library in double.
struct Transcendental: Sendable, CustomTestStringConvertible {
  var name: String
  var kernel: @Sendable (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  var exact: @Sendable (Double) -> Double

  var testDescription: String { name }

  static let all = [
    Transcendental(name: "exp", kernel: { fs_exp_f32($0, $1, $2) }, exact: { Foundation.exp($0) }),
    Transcendental(
      name: "tanh", kernel: { fs_tanh_f32($0, $1, $2) }, exact: { Foundation.tanh($0) }),
    Transcendental(
      name: "sigmoid", kernel: { fs_sigmoid_f32($0, $1, $2) },
      exact: { x in
        let e = Foundation.exp(-abs(x))
        return (x < 0 ? e : 1) / (1 + e)
      }),
    Transcendental(
      name: "softplus", kernel: { fs_softplus_f32($0, $1, $2) },
      exact: { x in max(x, 0) + Foundation.log1p(Foundation.exp(-abs(x))) }),
    Transcendental(name: "log", kernel: { fs_log_f32($0, $1, $2) }, exact: { Foundation.log($0) }),
  ]

  /// The largest distance, in units in the last place, between the kernel and the correctly rounded
  /// value, over the floats whose bit patterns are in `patterns`. NaN and infinities must agree.
  func worstDistance(over patterns: StrideTo<Int>) -> (distance: Int, at: Float) {
    let chunk = 4096
    var x = [Float](repeating: 0, count: chunk)
    var y = x
    var worst = (distance: 0, at: Float(0))
    var iterator = patterns.makeIterator()
    while true {
      var count = 0
      while count < chunk, let pattern = iterator.next() {
        x[count] = Float(bitPattern: UInt32(pattern))
        count += 1
      }
      if count == 0 { return worst }
      x.withUnsafeBufferPointer { x in
        y.withUnsafeMutableBufferPointer { y in
          kernel(x.baseAddress!, y.baseAddress!, count)
          for i in 0..<count {
            let distance = ulpDistance(y[i], Float(exact(Double(x[i]))))
            if distance > worst.distance { worst = (distance, x[i]) }
          }
        }
      }
    }
  }
}

/// How many floats lie between the two; as far as can be if just one of them is NaN.
func ulpDistance(_ a: Float, _ b: Float) -> Int {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .max }
  func position(_ x: Float) -> Int {
    let magnitude = Int(x.magnitude.bitPattern)
    return x.sign == .minus ? -magnitude : magnitude
  }
  return abs(position(a) - position(b))
}

@Suite struct TranscendentalTests {
  #if DEBUG
    static let step = 99_991
  #else
    static let step = 499
  #endif

  @Test("within 4 ulp over a sweep of all bit patterns", arguments: Transcendental.all)
  func sweep(function: Transcendental) {
    let worst = function.worstDistance(over: stride(from: 0, to: 1 << 32, by: Self.step))
    #expect(worst.distance <= 4, "\(function.name)(\(worst.at))")
  }

  // Takes minutes: FORESIGHT_EXHAUSTIVE=1 swift test -c release --filter exhaustive
  @Test(
    "within 4 ulp over all floats",
    .enabled(if: ProcessInfo.processInfo.environment["FORESIGHT_EXHAUSTIVE"] == "1"),
    arguments: Transcendental.all)
  func exhaustive(function: Transcendental) async {
    let worst = await withTaskGroup(of: (distance: Int, at: Float).self) { group in
      for half in 0..<2 {
        group.addTask {
          function.worstDistance(over: stride(from: half << 31, to: (half + 1) << 31, by: 1))
        }
      }
      return await group.reduce((distance: 0, at: 0)) { $0.distance > $1.distance ? $0 : $1 }
    }
    print("\(function.name): at most \(worst.distance) ulp, at \(worst.at)")
    #expect(worst.distance <= 4, "\(function.name)(\(worst.at))")
  }

  /// The values that have a rule of their own, as the C library has them.
  @Test func specialValues() {
    let inf = Float.infinity
    let tiny = Float.leastNonzeroMagnitude
    let table: [(String, Float, Float)] = [
      ("exp", inf, inf), ("exp", -inf, 0), ("exp", .nan, .nan), ("exp", 0, 1), ("exp", -0.0, 1),
      ("exp", 89, inf), ("exp", .greatestFiniteMagnitude, inf), ("exp", -104, 0),
      ("exp", 88.72283, 3.4027987e38), ("exp", 88.72284, inf), ("exp", tiny, 1),
      ("exp", -103.97207, tiny), ("exp", -.greatestFiniteMagnitude, 0),
      ("tanh", inf, 1), ("tanh", -inf, -1), ("tanh", .nan, .nan), ("tanh", tiny, tiny),
      ("tanh", -tiny, -tiny), ("tanh", .greatestFiniteMagnitude, 1), ("tanh", -20, -1),
      ("tanh", 1000 * tiny, 1000 * tiny), ("sigmoid", inf, 1), ("sigmoid", -inf, 0),
      ("sigmoid", .nan, .nan),
      ("sigmoid", 0, 0.5), ("sigmoid", 200, 1), ("sigmoid", -103.97207, tiny),
      ("sigmoid", -200, 0), ("log", 0, -inf), ("log", -0.0, -inf), ("log", 1, 0),
      ("log", inf, inf), ("log", -inf, .nan), ("log", -tiny, .nan), ("log", -1, .nan),
      ("log", .nan, .nan), ("log", tiny, -103.27893), ("log", .greatestFiniteMagnitude, 88.72284),
    ]
    for (name, x, expected) in table {
      // In a full register and in the remainder of a loop.
      for count in [1, 67] {
        let function = Transcendental.all.first { $0.name == name }!
        let argument = [Float](repeating: x, count: count)
        let result: [Float] = output(count) { function.kernel(argument, $0, count) }
        for value in result where ulpDistance(value, expected) > 1 {
          Issue.record("\(name)(\(x)) is \(value), expected \(expected)")
        }
      }
    }
    let signed: [Float] = output(2) { fs_tanh_f32([0.0, -0.0], $0, 2) }
    #expect(signed[0].sign == .plus && signed[1].sign == .minus, "tanh keeps the sign of zero")
  }

  @Test("an element's result does not depend on its place", arguments: Transcendental.all)
  func placeIndependence(function: Transcendental) {
    let count = 1003
    let x: [Float] = wave(count, scale: 20)
    let together: [Float] = output(count) { function.kernel(x, $0, count) }
    let apart = x.map { value in output(1) { function.kernel([value], $0, 1) }[0] }
    expectIdentical(together, apart, function.name)
  }
}
