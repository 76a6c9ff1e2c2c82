import Forecasts

/// A list of numbers that a chart can show: an array of numbers or a tensor, whose elements are
/// taken in row-major order.
public protocol ChartValues: Sendable {
  /// The numbers. Those that aren't finite are left out of the drawing.
  var chartValues: [Double] { get }
}

/// A number that a chart can show.
public protocol ChartNumber: Sendable {
  /// The number in double precision.
  var chartValue: Double { get }
}

extension Int: ChartNumber {
  public var chartValue: Double { Double(self) }
}

extension Float: ChartNumber {
  public var chartValue: Double { Double(self) }
}

extension Double: ChartNumber {
  public var chartValue: Double { self }
}

extension Array: ChartValues where Element: ChartNumber {
  public var chartValues: [Double] { map(\.chartValue) }
}

extension Tensor: ChartValues {
  public var chartValues: [Double] { scalars.map { Double($0) } }
}

extension Panel {
  /// The observed values of all series, series after series.
  var observedChartValues: [Double] {
    ids.indices.flatMap { index in
      let one = series(at: index)
      return one.steps.compactMap { one.value(at: $0) }
    }
  }
}
