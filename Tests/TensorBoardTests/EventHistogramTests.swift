import TensorBoard
import TestSupport
import Testing

/// Histograms have the buckets and the sums of PyTorch's.
@Suite struct EventHistogramTests {
  /// ```python
  /// import numpy as np
  /// from torch.utils.tensorboard import SummaryWriter
  /// from torch.utils.tensorboard.summary import make_histogram
  /// bins = SummaryWriter("/tmp/runs").default_bins
  /// h = make_histogram(np.array([0.5, -0.25, 0, 0.5, 3e-7, -1e-13, 1, -2.5]), bins)
  /// print(h.min, h.max, h.num, h.sum, h.sum_squares, len(h.bucket))
  /// print([(i, n, h.bucket_limit[i]) for i, n in enumerate(h.bucket) if n])
  /// print(h.bucket_limit[0])
  /// ```
  @Test func numbersOfAllSizes() {
    let values = Tensor<Double>([0.5, -0.25, 0, 0.5, 3e-7, -1e-13, 1, -2.5])
    let histogram = EventHistogram(values)
    #expect(histogram.minimum == -2.5 && histogram.maximum == 1 && histogram.count == 8)
    #expect(abs(histogram.sum - -0.7499997000001) < 1e-15)
    #expect(abs(histogram.sumOfSquares - 7.812500000000091) < 1e-14)
    #expect(histogram.counts.count == 593 && histogram.limits.count == 593)
    let filled = histogram.counts.indices.filter { histogram.counts[$0] > 0 }
    #expect(filled == [1, 25, 301, 302, 435, 585, 592])
    #expect(filled.map { histogram.counts[$0] } == [1, 1, 1, 1, 1, 2, 1])
    #expect(
      filled.map { histogram.limits[$0] } == [
        -2.379100905625872, -0.24153964213356663, 0, 1e-12, 3.200568495929872e-07,
        0.5177616740489182, 1.0089710279437536,
      ])
    #expect(histogram.limits[0] == -2.6170109961884593)
  }

  /// ```python
  /// h = make_histogram(np.sin(np.arange(1001)) * 1e-3, bins)
  /// print(h.min, h.max, h.sum, h.sum_squares, len(h.bucket), h.bucket_limit[0], h.bucket_limit[-1])
  /// print(h.bucket[:5], h.bucket[-5:], sum(x * y for x, y in zip(h.bucket_limit, h.bucket)))
  /// ```
  @Test func manyNumbers() {
    let histogram = EventHistogram(Tensor<Double>.range(1001).sin() * 1e-3)
    #expect(abs(histogram.minimum - -0.0009999903395061709) < 1e-17)
    #expect(abs(histogram.maximum - 0.0009999904715529652) < 1e-17)
    #expect(abs(histogram.sum - 0.0008139696340731638) < 1e-15)
    #expect(abs(histogram.sumOfSquares - 0.0005001925720126969) < 1e-15)
    #expect(histogram.counts.count == 439 && histogram.count == 1001)
    #expect(histogram.limits.first == -0.001055857634516068)
    #expect(histogram.limits.last == 0.001055857634516068)
    #expect(histogram.counts.prefix(5) == [0, 90, 74, 44, 34])
    #expect(histogram.counts.suffix(5) == [32, 32, 47, 73, 90])
    let moment = zip(histogram.limits, histogram.counts).reduce(0) { $0 + $1.0 * Double($1.1) }
    #expect(abs(moment - 0.03119951762582629) < 1e-14)
  }

  /// ```python
  /// for values in [0.3], [-0.3, -0.31, -0.4]:
  ///     h = make_histogram(np.array(values), bins)
  ///     print(h.bucket_limit, h.bucket)
  /// ```
  @Test func fewNumbers() {
    let one = EventHistogram([0.3])
    #expect(one.limits == [0.29226296698161564, 0.3214892636797772] && one.counts == [0, 1])
    let three = EventHistogram([-0.3, -0.31, -0.4])
    #expect(
      three.limits == [
        -0.42790220995778355, -0.38900200905253046, -0.35363819004775493, -0.3214892636797772,
        -0.29226296698161564,
      ])
    #expect(three.counts == [0, 1, 0, 0, 2])
  }

  @Test func numbersBeyondTheLimits() {
    let histogram = EventHistogram([-1e30, 2, 1e300])
    #expect(histogram.counts.reduce(0, +) == 3)
    #expect(histogram.counts.first == 1 && histogram.counts.last == 1)
    #expect(histogram.limits.last == .greatestFiniteMagnitude)
    #expect(histogram.minimum == -1e30 && histogram.maximum == 1e300)
  }

  @Test func numbersThatAreNotFinite() {
    let histogram = EventHistogram(Tensor<Float>([.nan, 0.5, .infinity, -.infinity, 0.5]))
    #expect(histogram.nonFiniteCount == 3 && histogram.count == 2)
    #expect(histogram.minimum == 0.5 && histogram.maximum == 0.5 && histogram.sum == 1)
    #expect(histogram.counts == [0, 2])
    let none = EventHistogram(Tensor<Float>([.nan]))
    #expect(none.count == 0 && none.minimum == 0 && none.maximum == 0)
    #expect(none.limits == [0] && none.counts == [0])
  }
}
