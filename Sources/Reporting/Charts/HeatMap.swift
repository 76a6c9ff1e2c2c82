import Forecasts

/// A chart of a table of numbers, one colored cell for each: a weight matrix, attention weights, or
/// the sales of all series over time.
///
/// The colors go from dark to light as the numbers grow, and can be told apart with any color
/// vision.
public struct HeatMap: Chart {
  public let title: String
  /// The numbers, row-major `[R, C]`. Cells that aren't finite are empty.
  public let values: [Double]
  /// The number of rows, R, and of columns, C.
  public let rowCount, columnCount: Int
  /// The labels of the rows and the columns, or empty arrays.
  public let rowLabels, columnLabels: [String]

  /// Creates a heat map of a matrix, `[R, C]`. Stops the program if the tensor has another rank, or
  /// a number of labels differs.
  public init<Scalar>(
    title: String, _ matrix: Tensor<Scalar>, rowLabels: [String] = [],
    columnLabels: [String] = []
  ) {
    let shape = matrix.shape
    guard shape.rank == 2 else {
      fatalError("HeatMap: expected a matrix, got a tensor of shape \(shape)")
    }
    self.init(
      title: title, rows: shape[0], columns: shape[1], matrix.chartValues, rowLabels: rowLabels,
      columnLabels: columnLabels)
  }

  /// Creates a heat map of a panel, with a row for each series and a column for each step. Gaps and
  /// stock-outs are empty.
  public init(title: String, _ panel: Panel) {
    let steps = panel.calendar.count
    let values = panel.allSeries.flatMap { series in
      (0..<steps).map { series.value(at: $0) ?? .nan }
    }
    self.init(
      title: title, rows: panel.seriesCount, columns: steps, values, rowLabels: panel.ids,
      columnLabels: (0..<steps).map(panel.calendar.label(at:)))
  }

  /// Creates a heat map of numbers, row-major `[R, C]`. Stops the program if a count differs.
  public init(
    title: String, rows: Int, columns: Int, _ values: any ChartValues, rowLabels: [String] = [],
    columnLabels: [String] = []
  ) {
    let values = values.chartValues
    guard values.count == rows * columns, [0, rows].contains(rowLabels.count),
      [0, columns].contains(columnLabels.count)
    else {
      fatalError(
        "HeatMap: expected \(rows) × \(columns) values and as many labels or none, got "
          + "\(values.count), \(rowLabels.count) and \(columnLabels.count)")
    }
    self.title = title
    self.values = values
    (rowCount, columnCount) = (rows, columns)
    (self.rowLabels, self.columnLabels) = (rowLabels, columnLabels)
  }

  /// The height of a row: 22, or less so that many rows fit.
  private var rowHeight: Double { min(22, max(3, 660 / Double(max(1, rowCount)))) }

  public var height: Double { Double(rowCount) * rowHeight + 88 }

  private var frame: PlotFrame {
    let longest = rowLabels.map { min($0.count, 24) }.max() ?? 0
    return PlotFrame(
      height: height, left: max(30, 20 + 7 * Double(longest)), top: 16, bottom: height - 72)
  }

  public func svg() -> HTML {
    let frame = frame
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    let width = (frame.right - frame.left) / Double(max(1, columnCount))
    let cells = values.indices.filter { values[$0].isFinite }.map { place -> HTML in
      let share = high > low ? (values[place] - low) / (high - low) : 0.5
      return .element(
        "rect",
        [
          "class": "cell", "x": (frame.left + Double(place % columnCount) * width).svg,
          "y": (frame.top + Double(place / columnCount) * rowHeight).svg, "width": width.svg,
          "height": rowHeight.svg, "fill": ColorScale.viridis(share),
        ], [.element("title", text: cellName(place))])
    }
    return frame.svg(title, cells + rowTexts(frame) + columnTexts(frame) + scale(frame, low, high))
  }

  private func cellName(_ place: Int) -> String {
    let (row, column) = (place / columnCount, place % columnCount)
    let names =
      (rowLabels.isEmpty ? "\(row + 1)" : rowLabels[row]) + ", "
      + (columnLabels.isEmpty ? "\(column + 1)" : columnLabels[column])
    return "\(names): \(values[place].quantity)"
  }

  private func rowTexts(_ frame: PlotFrame) -> [HTML] {
    let stride = max(1, Int((14 / rowHeight).rounded(.up)))
    return rowLabels.enumerated().filter { $0.offset.isMultiple(of: stride) }.map { row, name in
      let text = name.count > 24 ? name.prefix(23) + "…" : name
      return frame.label(
        String(text), x: frame.left - 6, y: frame.top + (Double(row) + 0.5) * rowHeight + 4,
        anchor: "end")
    }
  }

  private func columnTexts(_ frame: PlotFrame) -> [HTML] {
    let longest = Double(columnLabels.map(\.count).max() ?? 0)
    let width = (frame.right - frame.left) / Double(max(1, columnCount))
    let stride = max(1, Int(((longest * 7.5 + 12) / width).rounded(.up)))
    return columnLabels.enumerated().filter { $0.offset.isMultiple(of: stride) }.map {
      column, name in
      frame.label(
        name, x: frame.left + (Double(column) + 0.5) * width, y: frame.bottom + 18, anchor: "middle"
      )
    }
  }

  /// The colors and the numbers at their ends.
  private func scale(_ frame: PlotFrame, _ low: Double, _ high: Double) -> [HTML] {
    let top = frame.bottom + 34
    let steps = 40
    let blocks = (0..<steps).map { step in
      HTML.element(
        "rect",
        [
          "x": (frame.left + 60 + Double(step) * 5).svg, "y": top.svg, "width": "5.5",
          "height": "12", "fill": ColorScale.viridis(Double(step) / Double(steps - 1)),
        ])
    }
    return blocks + [
      frame.label(low.quantity, x: frame.left + 52, y: top + 10, anchor: "end"),
      frame.label(high.quantity, x: frame.left + 268, y: top + 10, anchor: "start"),
    ]
  }
}
