public import Explanation
import Forecasts

/// A page about a network: the inputs that drove its forecasts, and the contributions of each input to
/// the forecast of one series.
///
/// The page is a single file that loads nothing from the network. Its charts are drawn by D3, like those
/// of a ``ReportPage``, in English and Chinese. Without D3, it has static charts and says what to
/// install.
public struct ExplanationPage: Sendable {
  /// The page's title.
  public var title: String
  /// The importance and the effects of the network's inputs.
  public let drivers: ForecastDrivers
  /// The contributions to the forecast of one series.
  public let contributions: ForecastContributions
  /// The forecast steps on which the shop is open, which means of contributions are over. The default is
  /// all.
  public var openSteps: [Int]
  /// The name of the series, or nil for its id.
  public var name: String?
  /// The unit of the values, as it appears after a number, such as `units`.
  public var unit = "units"

  /// Creates a page.
  public init(
    title: String, _ drivers: ForecastDrivers, _ contributions: ForecastContributions
  ) {
    self.title = title
    self.drivers = drivers
    self.contributions = contributions
    openSteps = Array(0..<contributions.calendar.count)
  }

  /// Returns the page as HTML.
  ///
  /// - Parameter d3: The library that draws the charts, or nil for static charts.
  public func html(drawnBy d3: D3Library? = .installed()) -> String {
    guard let d3 else { return staticPage.html() }
    return ReportMarkup(
      title: title, summary: "The network \(drivers.model).", picture: forecastChart,
      document: document, d3: d3
    ).html()
  }

  private var seriesName: String {
    name.map { "\($0) (\(contributions.id))" } ?? contributions.id
  }

  private var document: ReportDocument {
    var document = ReportDocument()
    document.title = title
    document.unit = unit
    document.setSteps(of: contributions.calendar)
    document.model = drivers.model
    document.drivers = drivers
    document.contributions = ReportDocument.Contributions(
      of: contributions, name: seriesName, openSteps: openSteps)
    return document
  }
}

// MARK: - Static charts

extension ExplanationPage {
  private var staticPage: ChartPage {
    var page = ChartPage(title: title, summary: "The network \(drivers.model).")
    page.add(.paragraph(D3Library.advice))
    for part in drivers.parts { page.add(part) }
    page.add(.heading("The forecast of \(seriesName)"))
    page.add(
      .paragraph(
        "Sales per \(contributions.calendar.frequency.unit). The baseline is the forecast for a window "
          + "of the series in which nothing changes, and the contributions are the difference from it."
      ))
    page.add(.chart(forecastChart))
    let largest = contributions.largest(over: openSteps)
    page.add(
      .chart(
        BarChart(
          title: "Contributions, mean of the forecast",
          labels: largest.map { contributions.inputs[$0.place].name }, largest.map(\.mean))))
    page.add(.chart(heatMap(largest.prefix(12).map(\.place))))
    return page
  }

  private var forecastChart: LineChart {
    LineChart(
      title: "The forecast of \(seriesName), and its baseline", calendar: contributions.calendar,
      lines: [
        .init(name: "forecast", style: .forecast, values: contributions.forecast),
        .init(name: "baseline", style: .baseline, values: contributions.baseline),
      ])
  }

  private func heatMap(_ places: [Int]) -> HeatMap {
    let window = contributions.windowCalendar
    return HeatMap(
      title: "Contributions by the \(window.frequency.unit) that they come from",
      rows: places.count, columns: window.count,
      places.flatMap { place in
        contributions.contributionsOverTime[place * window.count..<(place + 1) * window.count]
      }, rowLabels: places.map { contributions.inputs[$0].name },
      columnLabels: (0..<window.count).map(window.label(at:)))
  }
}
