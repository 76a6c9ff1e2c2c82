/// One series of a panel: its values over a range of the panel's calendar, and their states.
public struct Series: Sendable {
  /// The name of the series, such as a product.
  public let id: String
  /// The steps of the calendar that the series covers, from its first row to its end.
  public let steps: Range<Int>
  /// The value of each step, contiguous and finite: 0 at a gap, a lower bound at a stock-out.
  /// Indices differ from steps: the first value is `values.first`, at `values.startIndex`.
  public let values: ArraySlice<Double>
  /// The state of each value, with the same indices.
  public let states: ArraySlice<CellState>

  /// Creates a series that starts at step `start` of a calendar. A nil value is a gap. Stops the
  /// program if a value isn't finite.
  public init(id: String, start: Int = 0, values: [Double?]) {
    self.init(
      id: id, start: start, values: values.map { $0 ?? 0 },
      states: values.map { $0 == nil ? .gap : .observed })
  }

  /// Creates a series that starts at step `start` of a calendar, with a state for each value.
  ///
  /// Stops the program unless there are as many states as values, and if a value isn't finite. The
  /// value of a gap may be anything, and becomes 0.
  public init(id: String, start: Int = 0, values: [Double], states: [CellState]) {
    let steps = start..<start + values.count
    let values = normalizedCells(values, states) { place in
      "Series: expected finite values in \(id.debugDescription), got \(values[place]) at \(place)"
    }
    self.init(unchecked: id, steps: steps, values: values[...], states: states[...])
  }

  package init(
    unchecked id: String, steps: Range<Int>, values: ArraySlice<Double>,
    states: ArraySlice<CellState>
  ) {
    self.id = id
    self.steps = steps
    self.values = values
    self.states = states
  }

  /// A collection that indicates whether each value is observed, with the same indices.
  public var observed: ObservedMask { ObservedMask(states) }

  /// The number of observed steps.
  public var observedCount: Int { states.count { $0 == .observed } }

  /// Returns the value at a step of the calendar, or nil if it isn't observed or lies outside the
  /// series.
  public func value(at step: Int) -> Double? {
    state(at: step) == .observed ? values[cell(of: step)] : nil
  }

  /// Returns the state at a step of the calendar, which is a gap outside the series.
  public func state(at step: Int) -> CellState {
    steps.contains(step) ? states[cell(of: step)] : .gap
  }

  /// Returns values and states over any range of steps. Those outside the series or before the
  /// calendar are gaps.
  public func window(_ window: Range<Int>) -> (values: [Double], states: [CellState]) {
    let inside = steps.clamped(to: window)
    guard !inside.isEmpty else {
      return (
        [Double](repeating: 0, count: window.count),
        [CellState](repeating: .gap, count: window.count)
      )
    }
    let first = cell(of: inside.lowerBound)
    let cells = first..<first + inside.count
    let before = inside.lowerBound - window.lowerBound
    let after = window.upperBound - inside.upperBound
    return (
      Array(repeating: 0, count: before) + values[cells] + Array(repeating: 0, count: after),
      Array(repeating: .gap, count: before) + states[cells] + Array(repeating: .gap, count: after)
    )
  }

  private func cell(of step: Int) -> Int { values.startIndex + step - steps.lowerBound }
}

extension Series: Equatable {
  /// Returns a Boolean value that indicates whether two series have the same id, steps, states, and
  /// values.
  public static func == (left: Series, right: Series) -> Bool {
    left.id == right.id && left.steps.count == right.steps.count
      && (left.steps.isEmpty || left.steps == right.steps)
      && left.values.elementsEqual(right.values) && left.states.elementsEqual(right.states)
  }
}

/// Returns the values with 0 at every gap. Stops the program if a value of another cell isn't
/// finite.
func normalizedCells(
  _ values: [Double], _ states: [CellState], _ message: (_ place: Int) -> String
) -> [Double] {
  guard values.count == states.count else {
    fatalError("Series: expected a state for each of \(values.count) values, got \(states.count)")
  }
  if areNormal(values, states) { return values }
  var values = values
  for place in values.indices {
    if states[place] == .gap {
      if values[place].bitPattern != 0 { values[place] = 0 }
    } else if !values[place].isInSingleRange {
      fatalError(message(place))
    }
  }
  return values
}

/// Returns a Boolean value that indicates whether every gap is 0 and all other values are in the
/// range of single precision, as in most panels. The loop has no branches, so that it is
/// vectorized.
private func areNormal(_ values: [Double], _ states: [CellState]) -> Bool {
  let limit = Double(Float.greatestFiniteMagnitude).bitPattern
  return values.withUnsafeBufferPointer { values in
    states.withUnsafeBufferPointer { states in
      var faults: UInt64 = 0
      for place in values.indices {
        // Compared as bits, infinities and NaN exceed all finite magnitudes.
        let bits = values[place].bitPattern
        let isOutside = bits & 0x7FFF_FFFF_FFFF_FFFF > limit
        faults |= (states[place] == .gap ? bits : 0) | (isOutside ? 1 : 0)
      }
      return faults == 0
    }
  }
}
