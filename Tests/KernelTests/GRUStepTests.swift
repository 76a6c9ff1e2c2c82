import ReferenceKernels
import SIMDKernels
import Testing

@Suite struct GRUStepTests {
  /// Forward and backward with strides of their own for all rows, against the definition in Double.
  func check<S: StepScalar>(_ type: S.Type, _ extents: StepExtents, tolerance: Double) {
    let (B, H) = (extents.B, extents.H)
    let data = StepData<S>(extents, gateCount: 3, jointGateCount: 2)
    let expect = StepExpectation<S>(extents, tolerance: tolerance)
    let sums = data.separateSums()
    let previous = wide(data.previousHidden)
    let cell = Reference.gruCellForward(sums, hPrevious: previous, B: B, H: H)

    let result = data.forward(fs_gru_forward, keptCount: 4)
    expect.rows(result.kept, kept(cell.gates, sums.hidden, extents), width: 4 * H, "kept")
    expect.rows(result.h, cell.h, width: H, "h")

    let bare = data.forward(fs_gru_forward, keptCount: 4, keeps: false, reversed: true)
    expectIdentical(bare.h, result.h, "h without kept values, the last units first")

    for hasOutputGradient in [false, true] {
      let gradient = StepGradient<S>(extents, hasOutputGradient: hasOutputGradient)
      let expected = Reference.gruCellBackward(
        gates: cell.gates, hiddenSums: sums.hidden, hPrevious: previous, dh: gradient.total, B: B,
        H: H)
      let back = data.backward(fs_gru_backward, result, gradient, sumCount: 4)
      expect.rows(back.sums, gradients(expected.sums, extents), width: 4 * H, "da")
      expectClose(back.hidden, expected.dhPrevious, tolerance: tolerance, floor: 1, "dh_prev")
      let again = data.backward(fs_gru_backward, result, gradient, sumCount: 4, inPlace: true)
      expectIdentical(again.sums, back.sums, "da over the kept values")
    }
  }

  @Test(arguments: StepExtents.all) func matchesReference(_ extents: StepExtents) {
    check(Float.self, extents, tolerance: 8e-6)
    check(Double.self, extents, tolerance: 4e-14)
  }

  /// An update gate of 1 keeps the hidden state, and one of 0 takes the candidate.
  @Test func saturatedGates() {
    let inf = Float.infinity
    var data = StepData<Float>(StepExtents(B: 1, H: 2, D: 1), gateCount: 3, jointGateCount: 2)
    data.rows = [0.1, 0.2, 0]
    data.previousHidden = [0.3, 0.7]
    data.hiddenBias = [inf, inf, inf, -inf, 0.5, 0.25]
    data.inputBias = [0, 0, 0, 0, inf, 0]
    data.weights = data.weights.map { _ in 0 }
    let result = data.forward(fs_gru_forward, keptCount: 4)
    expectClose(
      Array(result.h[..<2]), [0.3, 0.24491866240370913], tolerance: 2e-7, "0.3 and tanh(0.25)")
  }

  /// r, z, n and the candidate's sum of the state, [B, 4H].
  private func kept(_ gates: [Double], _ hiddenSums: [Double], _ extents: StepExtents) -> [Double] {
    joined(gates, lastThird: hiddenSums, extents)
  }

  /// The gradients of the sums as the kernel orders them, [B, 4H]: r, z, n of the state, n of the input.
  private func gradients(_ sums: Reference.GRUSums<Double>, _ extents: StepExtents) -> [Double] {
    joined(sums.hidden, lastThird: sums.input, extents)
  }

  /// Each row of one array [B, 3H] with the last third of that of another.
  private func joined(_ x: [Double], lastThird y: [Double], _ extents: StepExtents) -> [Double] {
    let width = 3 * extents.H
    var rows: [Double] = []
    for start in stride(from: 0, to: extents.B * width, by: max(width, 1)) {
      rows += x[start..<start + width]
      rows += y[start + 2 * extents.H..<start + width]
    }
    return rows
  }
}
