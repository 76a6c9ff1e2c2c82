import Forecasts
public import Inventory

/// An interactive page about forecasts, past and future: the total with intervals, bars by item,
/// category, and period, every series, the errors of past forecasts, the inputs that drove the forecast,
/// the stock advice, and the quality of the data.
///
/// The page is a single file that loads nothing from the network: it works offline and by mail. Its
/// charts are drawn by D3, which is inlined from the machine that writes the page; see
/// ``D3Library``. Without D3, the page has the static charts of a ``ForecastPage`` and says what to
/// install. A reader switches between English and Chinese, and between light and dark.
public struct ReportPage: Sendable {
  /// The page's title.
  public var title: String
  /// The names of series on the page, by id. The page shows the id of a series without an entry.
  public var names: [String: String] = [:]
  /// The unit of the values, as it appears after a number, such as `units`.
  public var unit = "units"
  /// The season length of MASE and RMSSE, in steps, or nil to derive it from the frequency.
  public var seasonLength: Int?
  /// The names of the models that count as baselines. The default is all models but the first.
  public var baselines: Set<String>?
  /// The calendars of holidays and events that the charts mark.
  public var holidays: [any EventCalendar] = []
  /// The purchases of customers, if the sales come from order lines.
  public var customers: CustomerBehavior?
  /// The changes made by cleaning, if they are known.
  public var cleaning: QualityReport?
  /// The network's inputs that the forecasts depend on, or nil for a page without them.
  public var drivers: ForecastDrivers?
  /// The stock that is advised for each series, or nil for a page without it.
  public var stock: [StockAdvice]?
  /// The policy of ``stock``, if it is known, which the page describes in words.
  public var policy: ReplenishmentPolicy?
  /// The maximum number of series on the page. Those with the largest recent sales are chosen, and
  /// the others are only part of the sums.
  public var seriesLimit = 3000

  let panel: Panel
  let windows: [PastForecasts]
  let next: ModelForecast?

  /// Creates a page.
  ///
  /// Stops the program if the panel has no series or steps, if there are neither windows nor a
  /// forecast, if a forecast has other series than the panel, if a window is not within the panel's
  /// calendar, or if `next` doesn't follow it.
  ///
  /// - Parameters:
  ///   - title: The title of the page.
  ///   - panel: All known sales.
  ///   - windows: The forecasts of past windows, in chronological order. The page is about the first
  ///     model of each; the others are shown for comparison.
  ///   - next: The forecast of the steps after the panel, or nil for a page about past forecasts.
  public init(title: String, panel: Panel, windows: [PastForecasts], next: ModelForecast?) {
    let known = panel.calendar
    let fitsWindows = windows.allSatisfy { window in
      let calendar = window.forecast.calendar
      let first = calendar.firstNumber - known.firstNumber
      return window.forecast.ids == panel.ids && calendar.frequency == known.frequency && first > 0
        && first + calendar.count <= known.count
    }
    let fitsNext = next.map { $0.forecast.ids == panel.ids && $0.forecast.calendar.follows(known) }
    guard panel.seriesCount > 0, known.count > 0, !windows.isEmpty || next != nil, fitsWindows,
      fitsNext ?? true
    else {
      fatalError(
        "ReportPage: expected forecasts of the panel's \(panel.seriesCount) series, within or right "
          + "after its \(known.count) steps")
    }
    self.title = title
    self.panel = panel
    self.windows = windows
    self.next = next
  }

  /// Returns the page as HTML.
  ///
  /// - Parameter d3: The library that draws the charts, or nil for static charts.
  /// - Throws: `CovariateError` if a column of the panel can't be read, and `ForecastError` if a
  ///   forecast isn't finite.
  public func html(drawnBy d3: D3Library? = .installed()) throws -> String {
    guard let d3 else { return staticPage.html() }
    let builder = try ReportBuilder(self)
    return try ReportMarkup(
      title: title, summary: summary, picture: overview, document: builder.document(), d3: d3
    ).html()
  }

  /// The page with static charts.
  private var staticPage: ForecastPage {
    let models = windows.last?.models ?? [next!]
    let first = models[0].forecast.calendar.firstNumber - panel.calendar.firstNumber
    let isPast = !windows.isEmpty
    var page = ForecastPage(
      title: title, history: panel.slice(0..<first),
      actual: isPast ? panel.slice(first..<first + models[0].forecast.horizon) : nil,
      models: models, seasonLength: seasonLength)
    page.names = names
    page.unit = unit
    page.notice = D3Library.advice
    page.further = (drivers?.parts ?? []) + stockParts
    return page
  }

  /// A sentence about the size of the page's data.
  var summary: String {
    let calendar = next?.forecast.calendar ?? windows[windows.count - 1].forecast.calendar
    func steps(_ count: Int) -> String { count.counted(panel.calendar.frequency.unit) }
    let history =
      next == nil ? calendar.firstNumber - panel.calendar.firstNumber : panel.calendar.count
    return
      "\(panel.seriesCount) series, \(steps(calendar.count)) forecast: \(calendar.label(at: 0)) to "
      + "\(calendar.label(at: calendar.count - 1)), from a history of \(steps(history)) since "
      + "\(panel.calendar.label(at: 0))."
  }
}
