import ReferenceKernels
import SIMDKernels
import Testing

@Suite struct LSTMStepTests {
  /// Forward and backward with strides of their own for all rows, against the definition in Double.
  func check<S: StepScalar>(_ type: S.Type, _ extents: StepExtents, tolerance: Double) {
    let (B, H, K) = (extents.B, extents.H, extents.K)
    let data = StepData<S>(extents, gateCount: 4, jointGateCount: 4)
    let expect = StepExpectation<S>(extents, tolerance: tolerance)
    let c0: [S] = wave(B * H, phase: 1, scale: 2)
    let product = Reference.matrixProduct(
      wide(data.rows), wide(data.weights), transposeB: true, M: B, N: 4 * H, K: K)
    let sums = product.indices.map {
      product[$0] + Double(data.hiddenBias[$0 % (4 * H)]) + Double(data.inputBias[$0 % (4 * H)])
    }
    let cell = Reference.lstmCellForward(a: sums, cPrevious: wide(c0), B: B, H: H)

    let result = data.forward(fs_lstm_forward, keptCount: 4, states: c0)
    expect.rows(result.kept, cell.gates, width: 4 * H, "gates")
    expect.rows(result.h, cell.h, width: H, "h")
    expectClose(result.states, cell.c, tolerance: tolerance, floor: 1, "c")

    // Without gates, with the new cells over the old ones, and the last units first.
    let bare = data.forward(
      fs_lstm_forward, keptCount: 4, states: c0, keeps: false, inPlace: true, reversed: true)
    expectIdentical(bare.states, result.states, "c over c_prev")
    expectIdentical(bare.h, result.h, "h without gates")

    for hasOutputGradient in [false, true] {
      let gradient = StepGradient<S>(extents, hasOutputGradient: hasOutputGradient)
      let dc: [S] = wave(B * H, phase: 3)
      let expected = Reference.lstmCellBackward(
        gates: cell.gates, cPrevious: wide(c0), c: cell.c, dh: gradient.total, dc: wide(dc), B: B,
        H: H)
      let back = data.backward(
        fs_lstm_backward, result, gradient, sumCount: 4, statesBefore: c0, stateGradient: dc)
      expect.rows(back.sums, expected.da, width: 4 * H, "da")
      expectClose(back.states, expected.dcPrevious, tolerance: tolerance, floor: 1, "dc_prev")
      expectIdentical(back.hidden, gradient.hidden, "dh")
      let again = data.backward(
        fs_lstm_backward, result, gradient, sumCount: 4, statesBefore: c0, stateGradient: dc,
        inPlace: true)
      expectIdentical(again.sums, back.sums, "da over the gates")
    }
  }

  @Test(arguments: StepExtents.all) func matchesReference(_ extents: StepExtents) {
    check(Float.self, extents, tolerance: 4e-6)
    check(Double.self, extents, tolerance: 2e-14)
  }

  /// Saturated gates keep the cell: ones exactly, and what should be zero below any effect, with no
  /// NaN from infinities.
  @Test func saturatedGates() {
    let inf = Float.infinity
    let extents = StepExtents(B: 1, H: 1, D: 1)
    var data = StepData<Float>(extents, gateCount: 4, jointGateCount: 4)
    data.rows = [0, 0]
    data.hiddenBias = [-inf, inf, inf, inf]
    data.inputBias = [0, 0, 0, 0]
    let result = data.forward(fs_lstm_forward, keptCount: 4, states: [0.5])
    #expect(result.kept[0] >= 0 && result.kept[0] < 1e-37)
    #expect(result.kept[1..<4] == [1, 1, 1])
    #expect(result.states == [0.5])
    expectClose(result.h.prefix(1) + [], [0.46211715726000975], tolerance: 2e-7, "tanh(0.5)")
  }

  /// A NaN in one row stays in that row, and in that unit.
  @Test func notANumber() {
    let extents = StepExtents(B: 3, H: 33, D: 2)
    let data = StepData<Float>(extents, gateCount: 4, jointGateCount: 4)
    var c0: [Float] = wave(3 * 33, phase: 1)
    c0[33 + 7] = .nan
    let result = data.forward(fs_lstm_forward, keptCount: 4, states: c0, keeps: false)
    let h = expectedRows(result.h, extents, width: 33)
    #expect(result.states.indices.filter { result.states[$0].isNaN } == [33 + 7])
    #expect(h.indices.filter { h[$0].isNaN } == [33 + 7])
  }
}
