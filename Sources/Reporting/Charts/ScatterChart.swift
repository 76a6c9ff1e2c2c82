import Forecasts

/// A chart of points, such as forecasts against actual values.
public struct ScatterChart: Chart {
  public let title: String
  /// The points. Those with a coordinate that isn't finite are left out.
  public let points: [(x: Double, y: Double)]
  /// The names of the horizontal and the vertical axis.
  public let axisNames: (x: String, y: String)
  /// A Boolean value that indicates whether the chart has the line on which both coordinates are
  /// equal. Both axes then cover the same range.
  public var showsDiagonal = false

  /// Creates a chart of points. Stops the program unless there are as many horizontal as vertical
  /// coordinates.
  public init(
    title: String, x: any ChartValues, y: any ChartValues, xName: String = "", yName: String = ""
  ) {
    let (x, y) = (x.chartValues, y.chartValues)
    guard x.count == y.count else {
      fatalError(
        "ScatterChart: expected as many vertical as horizontal coordinates, \(x.count), got "
          + "\(y.count)")
    }
    self.title = title
    points = zip(x, y).filter { $0.isFinite && $1.isFinite }.map { ($0, $1) }
    axisNames = (xName, yName)
  }

  public var height: Double { 500 }

  public func svg() -> HTML {
    let both = showsDiagonal ? points.flatMap { [$0.x, $0.y] } : []
    let x = ValueAxis(of: showsDiagonal ? both : points.map(\.x), count: 8, hasZero: false)
    let y = ValueAxis(of: showsDiagonal ? both : points.map(\.y), hasZero: false)
    let frame = PlotFrame(height: height, bottom: height - 52).fitting(y)
    let low = max(x.lowerBound, y.lowerBound)
    let high = min(x.upperBound, y.upperBound)
    let diagonal = HTML.element(
      "path",
      [
        "class": "line baseline-2",
        "d": frame.path([
          (frame.x(low, x), frame.y(low, y)), (frame.x(high, x), frame.y(high, y)),
        ]),
      ])
    return frame.svg(
      title,
      frame.rows(y) + frame.columns(x) + frame.axisNames(x: axisNames.x, y: axisNames.y)
        + (showsDiagonal ? [diagonal] : [])
        + points.map { point in
          .element(
            "circle",
            [
              "class": "point", "cx": frame.x(point.x, x).svg, "cy": frame.y(point.y, y).svg,
              "r": "3",
            ])
        })
  }
}
