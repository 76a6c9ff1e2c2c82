import ReferenceKernels
import SIMDKernels
import Testing

/// The extents of a recurrent step: B rows, H hidden units, D input features.
struct StepExtents: Sendable {
  let B, H, D: Int
  /// The elements of a row [h | x].
  var K: Int { H + D }

  /// Below, at and above the rows and units that the kernels take at a time.
  static let all = [
    (0, 3, 5), (3, 0, 2), (1, 17, 3), (17, 1, 4), (3, 65, 6), (65, 3, 7), (2, 1003, 9),
    (33, 32, 40), (31, 64, 1), (1, 1100, 3), (1, 160, 17),
  ].map { StepExtents(B: $0.0, H: $0.1, D: $0.2) }
}

/// Scalars whose recurrent weights are packed.
protocol StepScalar: KernelScalar {
  static var elementType: fs_scalar { get }
  static func packedCount(_ K: Int, _ N: Int) -> Int
}

extension Float: StepScalar {
  static var elementType: fs_scalar { FS_FLOAT }
  static func packedCount(_ K: Int, _ N: Int) -> Int { fs_packed_count_f32(K, N) }
}

extension Double: StepScalar {
  static var elementType: fs_scalar { FS_DOUBLE }
  static func packedCount(_ K: Int, _ N: Int) -> Int { fs_packed_count_f64(K, N) }
}

func wide<S: StepScalar>(_ x: [S]) -> [Double] { x.map { Double($0) } }

/// The padding behind each row, in elements: rows have strides of their own.
private let padding = 3

/// [B, width] with NaN at the end of each row, which shows any element that is read or written there.
private func padded<S: KernelScalar>(_ x: [S], _ B: Int, _ width: Int) -> [S] {
  var rows: [S] = []
  for row in 0..<B {
    rows += x[row * width..<(row + 1) * width]
    rows += [S](repeating: .nan, count: padding)
  }
  return rows + [.nan]
}

/// The elements without the padding, [B, width].
func expectedRows<S: StepScalar>(_ x: [S], _ extents: StepExtents, width: Int) -> [S] {
  (0..<extents.B).flatMap { x[$0 * (width + padding)..<($0 * (width + padding) + width)] }
}

/// Expects rows with padding to be those of a definition, and the padding to be untouched.
struct StepExpectation<S: StepScalar> {
  let extents: StepExtents
  let tolerance: Double

  init(_ extents: StepExtents, tolerance: Double) {
    self.extents = extents
    self.tolerance = tolerance
  }

  func rows(_ actual: [S], _ expected: [Double], width: Int, _ what: String) {
    expectClose(
      actual, padded(expected, extents.B, width), tolerance: tolerance, floor: 1,
      "\(what) of \(extents) in \(S.self)s")
  }
}

/// The gradients that come to a step.
struct StepGradient<S: StepScalar> {
  /// From the step after, [B, H].
  let hidden: [S]
  /// From above, [B, H]; nil for none.
  let output: [S]?

  init(_ extents: StepExtents, hasOutputGradient: Bool) {
    hidden = wave(extents.B * extents.H, phase: 2)
    output = hasOutputGradient ? wave(extents.B * extents.H, phase: 6) : nil
  }

  var total: [Double] { hidden.indices.map { Double(hidden[$0]) + Double(output?[$0] ?? 0) } }
}

/// The operands of a recurrent step.
struct StepData<S: StepScalar> {
  let extents: StepExtents
  let gateCount, jointGateCount: Int
  /// [B, K]
  var rows: [S]
  /// The hidden state as a cell reads it, other than that in the rows, [B, H].
  var previousHidden: [S]
  /// [gates · H, K]
  var weights: [S]
  /// [gates · H]
  var hiddenBias, inputBias: [S]

  init(_ extents: StepExtents, gateCount: Int, jointGateCount: Int) {
    let (B, H, K) = (extents.B, extents.H, extents.K)
    self.extents = extents
    self.gateCount = gateCount
    self.jointGateCount = jointGateCount
    rows = wave(B * K, scale: 3 / Double(max(K, 1)).squareRoot())
    previousHidden = wave(B * H, phase: 7)
    weights = wave(gateCount * H * K, phase: 5, scale: 2)
    hiddenBias = wave(gateCount * H, phase: 4, scale: 2)
    inputBias = wave(gateCount * H, phase: 8)
  }

  /// What a step leaves, with padding behind each row.
  struct Result {
    var kept: [S]
    var h: [S]
    /// [states, B, H]
    var states: [S]
  }

  typealias Forward = (fs_scalar, UnsafePointer<fs_recurrent_step>?) -> Void
  typealias Backward = (fs_scalar, UnsafePointer<fs_recurrent_backward_step>?) -> Void

  /// The sums of h and of x, [B, gates · H] each.
  func separateSums() -> Reference.GRUSums<Double> {
    let (B, H, K, D) = (extents.B, extents.H, extents.K, extents.D)
    func columns(_ x: [S], rows: Int, _ range: Range<Int>) -> [Double] {
      (0..<rows).flatMap { row in range.map { Double(x[row * K + $0]) } }
    }
    func sums(_ range: Range<Int>, _ bias: [S]) -> [Double] {
      Reference.denseForward(
        x: columns(rows, rows: B, range), weight: columns(weights, rows: gateCount * H, range),
        bias: wide(bias), activation: .linear, B: B, D: range.count, O: gateCount * H)
    }
    return .init(hidden: sums(0..<H, hiddenBias), input: sums(H..<H + D, inputBias))
  }

  /// Runs a kernel on copies of the operands, with strides of their own for all rows.
  func forward(
    _ kernel: Forward, keptCount: Int, states: [S] = [], keeps: Bool = true,
    inPlace: Bool = false, reversed: Bool = false
  ) -> Result {
    let (B, H, K) = (extents.B, extents.H, extents.K)
    let packed = PackedParts(self)
    let rows = padded(rows, B, K)
    let previous = padded(previousHidden, B, H)
    var kept = padded([S](repeating: 0, count: B * keptCount * H), B, keptCount * H)
    var h = padded([S](repeating: 0, count: B * H), B, H)
    var before = states + [.nan]
    var after = [S](repeating: 0, count: states.count) + [.nan]
    rows.withUnsafeBufferPointer { rows in
      previous.withUnsafeBufferPointer { previous in
        kept.withUnsafeMutableBufferPointer { kept in
          h.withUnsafeMutableBufferPointer { h in
            before.withUnsafeMutableBufferPointer { before in
              after.withUnsafeMutableBufferPointer { after in
                var step = fs_recurrent_step(
                  B: B, H: H, K: K, rows: rows.baseAddress, rows_stride: K + padding,
                  weights: packed.weights, bias: packed.bias,
                  kept: keeps ? kept.baseAddress : nil, kept_stride: keptCount * H + padding,
                  h_prev: previous.baseAddress, h_prev_stride: H + padding,
                  states_prev: before.baseAddress,
                  states: inPlace ? before.baseAddress : after.baseAddress, h: h.baseAddress,
                  h_stride: H + padding, reversed: reversed ? 1 : 0)
                kernel(S.elementType, &step)
              }
            }
          }
        }
      }
    }
    #expect(before.last!.isNaN && after.last!.isNaN, "a kernel wrote past its states")
    return Result(kept: kept, h: h, states: Array((inPlace ? before : after).dropLast()))
  }

  /// Runs a kernel on copies of what the step forward left.
  func backward(
    _ kernel: Backward, _ result: Result, _ gradient: StepGradient<S>, sumCount: Int,
    statesBefore: [S] = [], stateGradient: [S] = [], inPlace: Bool = false
  ) -> (sums: [S], hidden: [S], states: [S]) {
    let (B, H) = (extents.B, extents.H)
    let previous = padded(previousHidden, B, H)
    let output = padded(gradient.output ?? [S](repeating: .nan, count: B * H), B, H)
    var kept = result.kept
    var sums = padded([S](repeating: 0, count: B * sumCount * H), B, sumCount * H)
    var hidden = gradient.hidden + [.nan]
    var states = stateGradient + [.nan]
    let (before, after) = (statesBefore + [.nan], result.states + [.nan])
    previous.withUnsafeBufferPointer { previous in
      output.withUnsafeBufferPointer { output in
        kept.withUnsafeMutableBufferPointer { kept in
          sums.withUnsafeMutableBufferPointer { sums in
            hidden.withUnsafeMutableBufferPointer { hidden in
              states.withUnsafeMutableBufferPointer { states in
                before.withUnsafeBufferPointer { before in
                  after.withUnsafeBufferPointer { after in
                    var step = fs_recurrent_backward_step(
                      B: B, H: H, kept: kept.baseAddress,
                      kept_stride: kept.count > 1 ? (kept.count - 1) / max(B, 1) : 0,
                      d_sums: inPlace ? kept.baseAddress : sums.baseAddress,
                      d_sums_stride: sumCount * H + padding, h_prev: previous.baseAddress,
                      h_prev_stride: H + padding, states_prev: before.baseAddress,
                      states: after.baseAddress, dh: hidden.baseAddress,
                      dy: gradient.output == nil ? nil : output.baseAddress,
                      dy_stride: H + padding, d_states: states.baseAddress)
                    kernel(S.elementType, &step)
                  }
                }
              }
            }
          }
        }
      }
    }
    #expect(hidden.last!.isNaN && states.last!.isNaN, "a kernel wrote past its gradients")
    return (inPlace ? kept : sums, Array(hidden.dropLast()), Array(states.dropLast()))
  }
}

/// Weights and biases, packed as a recurrent layer packs them.
private final class PackedParts<S: StepScalar> {
  let weights, bias: UnsafeMutablePointer<S>

  init(_ data: StepData<S>) {
    let (H, K, D) = (data.extents.H, data.extents.K, data.extents.D)
    let (joint, split) = (data.jointGateCount, data.gateCount - data.jointGateCount)
    func counts(_ depths: [Int]) -> [Int] {
      zip(depths, [joint, split, split]).map { S.packedCount($0, $1 * H) }
    }
    let (weightCounts, biasCounts) = (counts([K, H, D]), counts([1, 1, 1]))
    weights = Self.memory(weightCounts.reduce(0, +))
    bias = Self.memory(biasCounts.reduce(0, +))
    let parts = (0..<3).map { weights + weightCounts[..<$0].reduce(0, +) }
    let biasParts = (0..<3).map { bias + biasCounts[..<$0].reduce(0, +) }
    func pack(
      _ source: UnsafePointer<S>, _ columns: Int, _ gates: Int, _ part: Int, _ first: Int,
      _ depth: Int
    ) {
      fs_recurrent_pack(S.elementType, source, K, H, columns, gates, parts[part], first, depth)
    }
    data.weights.withUnsafeBufferPointer {
      guard let weights = $0.baseAddress else { return }
      pack(weights, H, joint, 0, 0, K)
      pack(weights + H, D, joint, 0, H, K)
      pack(weights + joint * H * K, H, split, 1, 0, H)
      pack(weights + joint * H * K + H, D, split, 2, 0, D)
    }
    let sums = zip(data.hiddenBias, data.inputBias).map { $0 + $1 }
    for (part, (values, gates)) in zip(
      0..., [(sums, joint), (data.hiddenBias, split), (data.inputBias, split)])
    {
      values.withUnsafeBufferPointer {
        guard let values = $0.baseAddress else { return }
        fs_recurrent_pack(
          S.elementType, values + (part == 0 ? 0 : joint * H), 1, H, 1, gates, biasParts[part], 0, 1
        )
      }
    }
  }

  /// NaN, so that an element that was not packed shows.
  private static func memory(_ count: Int) -> UnsafeMutablePointer<S> {
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: MemoryLayout<S>.stride * count + 64, alignment: 64)
    let start = bytes.bindMemory(to: S.self, capacity: count)
    start.initialize(repeating: .nan, count: count)
    return start
  }

  deinit {
    weights.deallocate()
    bias.deallocate()
  }
}
