/// Finds runs of zeros in series that normally sell, too long to be chance, and marks them as
/// stock-outs: the shelf was empty, and how much was asked for is not known.
///
/// A run is `L` observed steps in a row without a sale (values of at most 0; gaps and stock-outs in
/// between neither break it nor count), after a first sale. Around it, among up to ``context``
/// observed steps before and as many after, `c` steps in all, `z` had no sale. Under a uniform
/// prior of the chance of a step without a sale, the next `L` steps have none with the chance
///
///     P = Π_{j = 0}^{L − 1} (z + 1 + j) / (c + 2 + j)
///
/// (the predictive distribution of the beta-binomial model). Among `n` observed steps of a series
/// so many runs may begin; the run is a stock-out if `n · P` is below ``chance``: less than so many
/// runs like it are expected in such a series without any stock-out.
///
/// Runs longer than ``context`` are no stock-outs, but an item out of season or discontinued. The
/// formula takes steps as independent: where sales come in bouts, ask for a smaller ``chance``.
/// Looks ahead: a run is judged as a whole, and by what comes after it.
public struct StockOutRule: CleaningRule, Hashable {
  /// The observed steps before a run, and after it, that say how the series normally sells; and the
  /// longest run that is a stock-out.
  public var context: Int
  /// How many runs in a series may pass for stock-outs by chance.
  public var chance: Double

  /// A rule of that context, at least 1, and that chance, above 0; others stop the program.
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

/// The observed cells of a series, and which of them sell.
private struct ObservedSteps {
  /// The observed cells, in order.
  private(set) var cells: [Int] = []
  /// How many of the first so many observed cells sell, [count + 1].
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

  /// Visits the runs without a sale that begin after the first sale, as places among ``cells``.
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
