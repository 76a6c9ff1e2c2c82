/// Writing the values of a column into the rows of a tensor, a run of steps at a time.
extension FeatureColumn {
  /// Writes the numbers of a series over some steps, 0 where missing, and a mask: 1 where there is a
  /// number, else 0.
  ///
  /// - Parameters:
  ///   - index: The series.
  ///   - steps: The steps, which may lie outside of the column's; static columns have one value for
  ///     all.
  ///   - target: The place of the first number.
  ///   - mask: The place of its mask.
  ///   - stride: The number of places from one step to the next.
  func writeNumbers(
    of index: Int, over steps: Range<Int>, to target: UnsafeMutablePointer<Float>,
    mask: UnsafeMutablePointer<Float>, stride: Int
  ) {
    guard case .numbers(let values, let missing) = cells else {
      fatalError("FeatureColumn.writeNumbers: \(name.debugDescription) holds categories")
    }
    let run = Run(self, index, steps)
    for place in run.outside {
      target[place * stride] = 0
      mask[place * stride] = 0
    }
    let (first, cell, count) = (run.inside.lowerBound, run.cell, run.inside.count)
    let (target, mask) = (target + first * stride, mask + first * stride)
    values.withUnsafeBufferPointer { values in
      switch missing {
      case .none:
        for step in 0..<count {
          target[step * stride] = values[cell + step * run.cellStride]
          mask[step * stride] = 1
        }
      case .marked(let missing):
        // What is missing is stored as 0.
        missing.withUnsafeBufferPointer { missing in
          for step in 0..<count {
            target[step * stride] = values[cell + step * run.cellStride]
            mask[step * stride] = missing[cell + step * run.cellStride] ? 0 : 1
          }
        }
      case .unobserved(let states):
        states.withUnsafeBufferPointer { states in
          for step in 0..<count {
            let isObserved = states[cell + step] == .observed
            target[step * stride] = isObserved ? values[cell + step] : 0
            mask[step * stride] = isObserved ? 1 : 0
          }
        }
      }
    }
  }

  /// Writes the categories of a series over some steps, unknown where there is none; as
  /// `writeNumbers`.
  func writeCodes(
    of index: Int, over steps: Range<Int>, to target: UnsafeMutablePointer<Int32>, stride: Int
  ) {
    guard case .categories(let codes, _) = cells else {
      fatalError("FeatureColumn.writeCodes: \(name.debugDescription) holds numbers")
    }
    let run = Run(self, index, steps)
    for place in run.outside { target[place * stride] = Vocabulary.unknown }
    for (place, step) in zip(run.inside, 0...) {
      target[place * stride] = codes[run.cell + step * run.cellStride]
    }
  }

  /// Which places of a window a column has cells for.
  private struct Run {
    /// The places, counted from the window's start.
    let inside: Range<Int>
    /// The cell of the first of them.
    let cell: Int
    /// 1, or 0 where one cell is for all steps.
    let cellStride: Int
    private let count: Int

    init(_ column: FeatureColumn, _ index: Int, _ window: Range<Int>) {
      let row = column.row(of: index)
      count = window.count
      if column.scope == .static {
        (inside, cell, cellStride) = (0..<count, row.offset, 0)
        return
      }
      let steps = row.steps.clamped(to: window)
      cellStride = 1
      guard !steps.isEmpty else {
        (inside, cell) = (0..<0, 0)
        return
      }
      let first = steps.lowerBound - window.lowerBound
      inside = first..<first + steps.count
      cell = row.cells(of: steps).lowerBound
    }

    /// The places that it has none for.
    var outside: some Sequence<Int> {
      [0..<inside.lowerBound, inside.upperBound..<count].joined()
    }
  }
}
