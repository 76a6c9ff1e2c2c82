/// A rule that marks runs of zeros in series that normally sell as stock-outs if they are too long
/// to be chance: the shelf was empty, and the demand is unknown.
///
/// A run consists of `L` consecutive observed steps without a sale (values of at most 0; gaps and
/// stock-outs in between neither end the run nor count), after a first sale. Up to ``context``
/// observed steps before and after it, `c` steps in total, include `z` steps without a sale. With a
/// uniform prior for the probability of a step without a sale, the probability that the next `L`
/// steps have no sales is
/// prior of the chance of a step without a sale, the next `L` steps have none with the chance
///
///     P = Π_{j = 0}^{L − 1} (z + 1 + j) / (c + 2 + j)
///
/// (the predictive distribution of the beta-binomial model). A run can begin at any of the `n`
/// observed steps of a series. The run is a stock-out if `n · P` is below ``chance``, so that fewer
/// than ``chance`` runs like it are expected in a series without stock-outs.
///
/// Runs longer than ``context`` are not stock-outs: the item is out of season or discontinued. The
/// formula treats steps as independent. If sales are clustered, use a smaller ``chance``. The rule
/// uses future values, because it considers whole runs and the steps after them.
public struct StockOutRule: CleaningRule, Hashable {
  /// The number of observed steps before and after a run that determine the normal sales of the
  /// series, which is also the maximum length of a stock-out.
  public var context: Int
  /// The maximum expected number of runs in a series that are mistaken for stock-outs.
  public var chance: Double

  /// Creates a rule. Stops the program if `context` is below 1 or `chance` is not above 0.
  public init(context: Int = 56, chance: Double = 0.01) {
    guard context >= 1, chance > 0 else {
      fatalError(
        "StockOutRule: expected a context of at least 1 and a chance above 0, got \(context) and "
          + "\(chance)")
    }
    self.context = context
    self.chance = chance
  }

  public var name: String { "stock-outs: mark runs of zeros of a chance below \(chance)" }
  public var isCausal: Bool { false }

  public func cleaned(_ panel: Panel) -> Panel {
    var observed = ObservedSteps()
    return panel.mapCells { row in
      observed.load(row)
      observed.forEachRun { run in
        guard isStockOut(run, observed) else { return }
        for place in run { row.states[observed.cells[place]] = .stockOut }
      }
    }
  }

  private func isStockOut(_ run: Range<Int>, _ observed: ObservedSteps) -> Bool {
    guard run.count <= context else { return false }
    let before = max(0, run.lowerBound - context)..<run.lowerBound
    let after = run.upperBound..<min(observed.cells.count, run.upperBound + context)
    let count = before.count + after.count
    let zeros = count - observed.sales(in: before) - observed.sales(in: after)
    var expected = Double(observed.cells.count)
    for step in 0..<run.count {
      expected *= Double(zeros + 1 + step) / Double(count + 2 + step)
    }
    return expected < chance
  }
}

/// The observed cells of a series and the number of sales among them.
private struct ObservedSteps {
  /// The observed cells, in order.
  private(set) var cells: [Int] = []
  /// The number of cells with sales among the first observed cells, [count + 1].
  private var salesBefore: [Int] = []

  mutating func load(_ row: CellRow) {
    cells.removeAll(keepingCapacity: true)
    salesBefore.removeAll(keepingCapacity: true)
    var sales = 0
    salesBefore.append(sales)
    for cell in row.states.indices where row.states[cell] == .observed {
      cells.append(cell)
      if row.values[cell] > 0 { sales += 1 }
      salesBefore.append(sales)
    }
  }

  func sales(in places: Range<Int>) -> Int {
    salesBefore[places.upperBound] - salesBefore[places.lowerBound]
  }

  /// Visits the runs without a sale after the first sale, as ranges of indices of ``cells``.
  func forEachRun(_ body: (Range<Int>) -> Void) {
    var start: Int?
    for place in cells.indices {
      let sells = salesBefore[place + 1] > salesBefore[place]
      if sells {
        if let start { body(start..<place) }
        start = nil
      } else if start == nil, salesBefore[place] > 0 {
        start = place
      }
    }
    if let start { body(start..<cells.count) }
  }
}
