/// One series of a panel: its values over a range of the panel's calendar, and which of them were
/// observed.
public struct Series: Sendable {
  /// What the series is of, such as a product.
  public let id: String
  /// The steps of the calendar that the series covers, from its first row to its end.
  public let steps: Range<Int>
  /// The value of each step, contiguous; 0 at a gap. Its indices are not those of the steps: the
  /// first value is `values.first`, at `values.startIndex`.
  public let values: ArraySlice<Float>
  /// For each value, with the same indices, whether it was observed; if not, the step is a gap.
  public let observed: ArraySlice<Bool>

  /// A series that begins at step `start` of a calendar; nil stands for a gap. A value that is not
  /// finite stops the program.
  public init(id: String, start: Int = 0, values: [Float?]) {
    for (place, value) in values.enumerated() where !(value ?? 0).isFinite {
      fatalError(
        "Series: expected finite values in \(id.debugDescription), got \(value!) at \(place)")
    }
    self.init(
      unchecked: id, steps: start..<start + values.count,
      values: values.map { $0 ?? 0 }[...], observed: values.map { $0 != nil }[...])
  }

  init(
    unchecked id: String, steps: Range<Int>, values: ArraySlice<Float>, observed: ArraySlice<Bool>
  ) {
    self.id = id
    self.steps = steps
    self.values = values
    self.observed = observed
  }

  /// The number of observed steps.
  public var observedCount: Int { observed.reduce(0) { $0 + ($1 ? 1 : 0) } }

  /// The value of a step of the calendar, or nil where it is a gap or outside of the series.
  public func value(at step: Int) -> Float? {
    guard steps.contains(step) else { return nil }
    let cell = values.startIndex + step - steps.lowerBound
    return observed[cell] ? values[cell] : nil
  }

  /// Values and mask over any steps, also such as lie outside of the series, or before the
  /// calendar: there the value is 0 and the mask false.
  public func window(_ window: Range<Int>) -> (values: [Float], observed: [Bool]) {
    let inside = steps.clamped(to: window)
    guard !inside.isEmpty else {
      return (
        [Float](repeating: 0, count: window.count), [Bool](repeating: false, count: window.count)
      )
    }
    let first = values.startIndex + inside.lowerBound - steps.lowerBound
    let cells = first..<first + inside.count
    let before = inside.lowerBound - window.lowerBound
    let after = window.upperBound - inside.upperBound
    return (
      Array(repeating: 0, count: before) + values[cells] + Array(repeating: 0, count: after),
      Array(repeating: false, count: before) + observed[cells]
        + Array(repeating: false, count: after)
    )
  }
}

extension Series: Equatable {
  /// Whether both have the same id, steps, gaps and observed values.
  public static func == (left: Series, right: Series) -> Bool {
    left.id == right.id && left.steps.count == right.steps.count
      && (left.steps.isEmpty || left.steps == right.steps)
      && left.values.elementsEqual(right.values) && left.observed.elementsEqual(right.observed)
  }
}
