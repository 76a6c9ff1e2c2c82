import Forecasts

/// A chart of the distribution of numbers: one bar for each bin, as high as the count of numbers in
/// it.
public struct Histogram: Chart {
  /// A bin: the numbers from its lower bound up to its upper bound, which belongs to the next bin,
  /// except for the last one.
  public struct Bin: Sendable, Equatable {
    /// The lower bound.
    public let lower: Double
    /// The upper bound.
    public let upper: Double
    /// The count of numbers.
    public internal(set) var count: Int
  }

  public let title: String
  /// The bins, in ascending order, all of the same width: 1, 2, or 5 times a power of ten.
  public let bins: [Bin]
  /// The name of the horizontal axis, which is empty by default.
  public var valueName = ""

  /// Creates a histogram of the finite numbers of an array or a tensor.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - values: The numbers.
  ///   - binCount: The approximate number of bins, or nil for the square root of the count of
  ///     numbers, between 5 and 40.
  public init(title: String, _ values: any ChartValues, binCount: Int? = nil) {
    let values = values.chartValues.filter(\.isFinite)
    let count = binCount ?? min(max(Int(Double(values.count).squareRoot()), 5), 40)
    let axis = ValueAxis(of: values, count: max(1, count), hasZero: false)
    var bins = zip(axis.ticks, axis.ticks.dropFirst()).map { Bin(lower: $0, upper: $1, count: 0) }
    for value in values {
      let place = Int(((value - axis.lowerBound) / axis.step + 1e-9).rounded(.down))
      bins[min(max(place, 0), bins.count - 1)].count += 1
    }
    self.title = title
    self.bins = bins
  }

  /// Creates a histogram of the observed values of all series of a panel.
  public init(title: String, _ panel: Panel, binCount: Int? = nil) {
    self.init(title: title, panel.observedChartValues, binCount: binCount)
  }

  public var height: Double { PlotFrame.standard.height + (valueName.isEmpty ? 0 : 16) }

  public func svg() -> HTML {
    let counts = ValueAxis(of: bins.map { Double($0.count) })
    var frame = PlotFrame.standard.fitting(counts)
    frame.height = height
    let values = ValueAxis(
      lowest: bins[0].lower, highest: bins[bins.count - 1].upper, count: 8, hasZero: false)
    let width = values.upperBound - values.lowerBound
    return frame.svg(
      title,
      frame.rows(counts)
        + values.ticks.map { frame.tick(values.label($0), x: frame.x($0, values)) }
        + frame.axisNames(x: valueName, y: "")
        + bins.map { bin in
          let left = frame.x((bin.lower - values.lowerBound) / width)
          let right = frame.x((bin.upper - values.lowerBound) / width)
          let top = frame.y(Double(bin.count), counts)
          return .element(
            "rect",
            [
              "class": "bar", "x": (left + 0.5).svg, "y": top.svg,
              "width": max(0.5, right - left - 1).svg, "height": (frame.bottom - top).svg,
            ],
            [
              .element(
                "title", text: "\(bin.lower.quantity) – \(bin.upper.quantity): \(bin.count)")
            ])
        })
  }
}
