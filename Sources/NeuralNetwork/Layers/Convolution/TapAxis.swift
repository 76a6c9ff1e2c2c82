/// One axis of a sum over taps: the places of a source that each place of a target reads.
///
/// The forward pass of a convolution is such a sum, and the gradient of its input is one for each
/// phase of the stride.
struct TapAxis: Sendable {
  /// The extents of the source and of the target.
  let sourceExtent, targetExtent: Int
  /// The number of targets.
  let count: Int
  /// The distance between the places that neighboring targets read.
  let step: Int
  /// The place of target 0, and the distance between neighboring targets.
  let first, distance: Int
  /// The taps that targets read, by ascending place.
  let taps: [Tap]

  /// A tap of the kernel.
  struct Tap: Sendable {
    /// The index of the tap in the kernel.
    let index: Int
    /// The place of the source that target 0 reads, which may lie outside of the source.
    let place: Int
  }

  /// A Boolean value that indicates whether the taps read neighboring places.
  var isDense: Bool { zip(taps, taps.dropFirst()).allSatisfy { $0.place + 1 == $1.place } }

  /// Returns the number of source places from the first that some targets read to the last.
  func reach(of count: Int) -> Int {
    guard let first = taps.first, let last = taps.last, count > 0 else { return 0 }
    return (count - 1) * step + last.place - first.place + 1
  }

  /// Returns the source places that some targets read, which may lie outside of the source.
  func places(of targets: Range<Int>) -> Range<Int> {
    guard let first = taps.first else { return 0..<0 }
    let start = targets.lowerBound * step + first.place
    return start..<start + reach(of: targets.count)
  }

  /// Returns the place of a target.
  func place(ofTarget target: Int) -> Int { first + target * distance }
}

extension ConvolutionAxis {
  /// The sums of the outputs over the input.
  var outputs: TapAxis {
    TapAxis(
      sourceExtent: extent, targetExtent: outputExtent, count: outputExtent, step: stride, first: 0,
      distance: 1,
      taps: (0..<kernelSize).map { TapAxis.Tap(index: $0, place: $0 * dilation - before) })
  }

  /// The sums of the gradient of the input over that of the output. The elements of a phase, which
  /// are a stride apart, are read by the same taps.
  var inputGradients: [TapAxis] {
    (0..<min(stride, extent)).map { phase in
      let taps = (0..<kernelSize).reversed().compactMap { tap -> TapAxis.Tap? in
        let (place, rest) = (phase + before - tap * dilation).quotientAndRemainder(
          dividingBy: stride)
        return rest == 0 ? TapAxis.Tap(index: tap, place: place) : nil
      }
      return TapAxis(
        sourceExtent: outputExtent, targetExtent: extent,
        count: (extent - phase + stride - 1) / stride, step: 1, first: phase, distance: stride,
        taps: taps)
    }
  }
}
