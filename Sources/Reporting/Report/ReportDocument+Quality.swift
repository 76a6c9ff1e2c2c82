import Forecasts

extension ReportDocument.Quality {
  /// Describes a panel.
  ///
  /// - Parameter cleaning: The changes made by cleaning, or nil to list those that rules would make.
  init(of panel: Panel, cleaning: QualityReport?) throws {
    let quality = try DataQuality(of: panel)
    series = quality.seriesCount
    cells = quality.cells
    observed = quality.observed
    gaps = quality.gaps
    stockOuts = quality.stockOuts
    zeros = quality.zeros
    negatives = quality.negatives
    seriesWithGaps = quality.seriesWithGaps
    constantSeries = quality.constantSeries
    classes = Dictionary(
      uniqueKeysWithValues: quality.demandClasses.map { ($0.key.rawValue, $0.value) })
    isCleaned = cleaning != nil
    rules = (cleaning?.rules ?? quality.findings).map(ReportDocument.Rule.init)
      .filter { $0.cells > 0 }
  }
}

extension ReportDocument.Rule {
  fileprivate init(_ report: RuleReport) {
    name = report.rule
    series = report.balance.seriesTouched
    cells = report.balance.cellsIn - report.balance.cellsKept
    unitsBefore = report.balance.entries.reduce(0) { $0 + $1.unitsBefore }.roundedToSixDigits
    unitsAfter = report.balance.entries.reduce(0) { $0 + $1.unitsAfter }.roundedToSixDigits
    examples = report.examples.prefix(3).map(\.description)
  }
}
