import ReferenceKernels
import SIMDKernels
import Testing

@Suite struct SoftmaxTests {
  static let extents = [(0, 3), (3, 0), (3, 1), (1, 17), (17, 3), (3, 65), (2, 1003)]

  @Test(arguments: extents) func forward(rows: Int, columns: Int) {
    let n = rows * columns
    let x: [Double] = wave(n, scale: 20)
    let narrow = x.map { Float($0) }
    let exact = Reference.softmax(reals(narrow), rows: rows, columns: columns)
    let exactLog = Reference.logSoftmax(reals(narrow), rows: rows, columns: columns)
    let y: [Float] = output(n) { fs_softmax_f32(narrow, $0, rows, columns) }
    let logY: [Float] = output(n) { fs_log_softmax_f32(narrow, $0, rows, columns) }
    expectClose(y, exact, tolerance: 4e-6, "softmax of Floats")
    expectClose(logY, exactLog, tolerance: 1e-6, floor: 1, "log-softmax of Floats")
    let wide: [Double] = output(n) { fs_softmax_f64(x, $0, rows, columns) }
    let logWide: [Double] = output(n) { fs_log_softmax_f64(x, $0, rows, columns) }
    expectClose(
      wide, Reference.softmax(x, rows: rows, columns: columns), tolerance: 1e-14, "Doubles")
    expectClose(
      logWide, Reference.logSoftmax(x, rows: rows, columns: columns), tolerance: 1e-14, floor: 1,
      "log of Doubles")

    for (kernel, apart) in [(fs_softmax_f32, y), (fs_log_softmax_f32, logY)] {
      var inPlace = narrow + [0]
      inPlace.withUnsafeMutableBufferPointer {
        kernel($0.baseAddress!, $0.baseAddress!, rows, columns)
      }
      expectIdentical(Array(inPlace.dropLast()), apart, "in place")
    }
  }

  @Test(arguments: extents) func backward(rows: Int, columns: Int) {
    let n = rows * columns
    let x: [Double] = wave(n, scale: 3)
    let dy: [Double] = wave(n, phase: 1)
    let y = Reference.softmax(x, rows: rows, columns: columns)
    let logY = Reference.logSoftmax(x, rows: rows, columns: columns)
    let dx = Reference.softmaxBackward(y: y, dy: dy, rows: rows, columns: columns)
    let logDX = Reference.logSoftmaxBackward(y: logY, dy: dy, rows: rows, columns: columns)
    func floats(_ x: [Double]) -> [Float] { x.map { Float($0) } }
    let narrow: [Float] = output(n) {
      fs_softmax_backward_f32(floats(y), floats(dy), $0, rows, columns)
    }
    let logNarrow: [Float] = output(n) {
      fs_log_softmax_backward_f32(floats(logY), floats(dy), $0, rows, columns)
    }
    expectClose(narrow, dx, tolerance: 1e-6, floor: 1, "softmax of Floats")
    expectClose(logNarrow, logDX, tolerance: 1e-6, floor: 1, "log-softmax of Floats")
    let wide: [Double] = output(n) { fs_softmax_backward_f64(y, dy, $0, rows, columns) }
    let logWide: [Double] = output(n) { fs_log_softmax_backward_f64(logY, dy, $0, rows, columns) }
    expectClose(wide, dx, tolerance: 1e-14, floor: 1, "softmax of Doubles")
    expectClose(logWide, logDX, tolerance: 1e-14, floor: 1, "log-softmax of Doubles")
  }

  /// Rows before and after the first key that is not ignored, and causal rows beyond the last key.
  @Test(arguments: [(0, 3, 0), (3, 0, 0), (3, 1, 0), (1, 17, 9), (17, 3, 1), (5, 65, 40)])
  func attentionWeights(rows: Int, columns: Int, first: Int) {
    let x: [Double] = wave(rows * columns, scale: 20)
    let narrow = x.map { Float($0) }
    let masks: [[Double]?] = [nil, (0..<columns).map { $0 < 2 || $0 % 5 == 3 ? 2 : 0 }]
    for (mask, isCausal) in masks.flatMap({ [($0, false), ($0, true)] }) {
      let exact = Reference.attentionWeights(
        x.map { $0 * 0.75 }, ignored: mask, isCausal: isCausal, first: first, rows: rows,
        columns: columns)
      func run<S: KernelScalar>(
        _ x: [S],
        _ kernel: (UnsafeMutablePointer<S>, Double, UnsafePointer<S>?, Int32, Int, Int, Int) -> Void
      ) -> [S] {
        var values = x + [.nan]
        values.withUnsafeMutableBufferPointer { values in
          if let mask = mask.map({ $0.map { S($0) } }) {
            kernel(values.baseAddress!, 0.75, mask, isCausal ? 1 : 0, first, rows, columns)
          } else {
            kernel(values.baseAddress!, 0.75, nil, isCausal ? 1 : 0, first, rows, columns)
          }
        }
        #expect(values.last!.isNaN)
        return values.dropLast()
      }
      expectClose(
        run(narrow, fs_attention_weights_f32), exact, tolerance: 1e-5, floor: 0.1, "Floats")
      expectClose(run(x, fs_attention_weights_f64), exact, tolerance: 1e-14, floor: 1, "Doubles")
    }
  }

  /// The definition itself, against PyTorch:
  ///
  ///     x = torch.tensor([[1., 2., 4.], [1000., 1000., -1000.]], dtype=torch.float64)
  ///     x.softmax(1), x.log_softmax(1)
  @Test func referenceIsPinned() {
    let x: [Double] = [1, 2, 4, 1000, 1000, -1000]
    expectClose(
      Reference.softmax(x, rows: 2, columns: 3),
      [0.0420100661, 0.114195199, 0.843794734, 0.5, 0.5, 0], tolerance: 1e-8, "softmax")
    expectClose(
      Reference.logSoftmax(x, rows: 2, columns: 3),
      [-3.16984602, -2.16984602, -0.169846018, -0.693147181, -0.693147181, -2000.69315],
      tolerance: 1e-8, "log-softmax")
  }

  /// A row without a finite maximum has no softmax; it does not spoil its neighbors.
  @Test func infiniteRows() {
    let inf = Float.infinity
    let x: [Float] = [-inf, -inf, 0, inf, 0, -inf, .nan, 0]
    let y: [Float] = output(8) { fs_softmax_f32(x, $0, 4, 2) }
    #expect(y[0].isNaN && y[1].isNaN && y[2].isNaN && y[3].isNaN && y[6].isNaN && y[7].isNaN)
    #expect(y[4] == 1 && y[5] == 0)
  }
}
