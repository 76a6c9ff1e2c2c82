/// The steps at which the series of a panel are closed, by the days of the shop or by a known column.
package struct ClosedSteps {
  private let panel: Panel
  private let steps: Range<Int>
  /// A mark for each step at which the shop is closed.
  private let ofShop: [Bool]

  /// Finds the closed steps among some steps, which may lie after the panel's end.
  package init(of panel: Panel, over steps: Range<Int>) {
    self.panel = panel
    self.steps = steps
    ofShop = steps.map { panel.closing.isClosed($0, of: panel.calendar) }
  }

  /// Returns a mark for each step, from the first one on. A step at which a column is missing or not known is
  /// not closed by it.
  package func marks(of index: Int) -> [Bool] {
    var marks = ofShop
    for value in panel.closingValues { add(value, of: index, to: &marks) }
    return marks
  }

  private func add(_ value: ClosingValue, of index: Int, to marks: inout [Bool]) {
    guard let column = try? panel.knownCovariate(value.column), column.end > steps.lowerBound else {
      return
    }
    let known = steps.clamped(to: steps.lowerBound..<column.end)
    switch value.value {
    case .number(let closed):
      guard let (numbers, missing) = try? column.numberWindow(of: index, over: known) else {
        return
      }
      for place in numbers.indices where numbers[place] == closed && !missing[place] {
        marks[place] = true
      }
    case .category(let name):
      guard let closed = column.vocabulary?.code(of: name), closed != Vocabulary.unknown,
        let codes = try? column.codes(of: index, over: known)
      else { return }
      for place in codes.indices where codes[place] == closed { marks[place] = true }
    }
  }
}
