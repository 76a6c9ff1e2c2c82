/// A range of steps of a series, with the length of the block that its values are written to.
package struct SeriesWindow: Sendable {
  /// The index of the series in the panel.
  package let series: Int
  /// The first step.
  package let start: Int

  package init(series: Int, start: Int) {
    self.series = series
    self.start = start
  }
}

/// Writing column values into tensors for many windows at a time.
extension FeatureColumn {
  /// Writes the numbers of windows, window after window, 0 where missing, and a mask that is 1
  /// where there is a number and 0 elsewhere.
  ///
  /// - Parameters:
  ///   - windows: The windows.
  ///   - length: The number of steps in each window. They may lie outside the column. Static
  ///     columns have the same value at all steps.
  ///   - target: The destination of the first number.
  ///   - mask: The destination of the first mask value.
  ///   - stride: The stride between steps in the destination.
  package func writeNumbers(
    of windows: ArraySlice<SeriesWindow>, length: Int, to target: UnsafeMutablePointer<Float>,
    mask: UnsafeMutablePointer<Float>, stride: Int
  ) {
    guard case .numbers(let values, let missing) = cells else {
      fatalError("FeatureColumn.writeNumbers: \(name.debugDescription) holds categories")
    }
    let cellStride = cellStride
    /// Writes the numbers of each run of known cells.
    @inline(__always)
    func write(_ isKnown: (_ cell: Int) -> Bool) {
      values.withUnsafeBufferPointer { values in
        forEachRun(of: windows, length: length) { places, firstCell in
          var cell = firstCell
          for place in places {
            let isKnown = isKnown(cell)
            target[place * stride] = isKnown ? values[cell] : 0
            mask[place * stride] = isKnown ? 1 : 0
            cell += cellStride
          }
        } outside: { places in
          for place in places {
            target[place * stride] = 0
            mask[place * stride] = 0
          }
        }
      }
    }
    switch missing {
    case .none: write { _ in true }
    case .marked(let missing):
      missing.withUnsafeBufferPointer { missing in write { !missing[$0] } }
    case .unobserved(let states):
      states.withUnsafeBufferPointer { states in write { states[$0] == .observed } }
    }
  }

  /// Writes the categories of windows, unknown where there is none. Otherwise like `writeNumbers`.
  package func writeCodes(
    of windows: ArraySlice<SeriesWindow>, length: Int, to target: UnsafeMutablePointer<Int32>,
    stride: Int
  ) {
    guard case .categories(let codes, _) = cells else {
      fatalError("FeatureColumn.writeCodes: \(name.debugDescription) holds numbers")
    }
    let cellStride = cellStride
    codes.withUnsafeBufferPointer { codes in
      forEachRun(of: windows, length: length) { places, firstCell in
        var cell = firstCell
        for place in places {
          target[place * stride] = codes[cell]
          cell += cellStride
        }
      } outside: { places in
        for place in places { target[place * stride] = Vocabulary.unknown }
      }
    }
  }

  /// The stride between the cells of steps. Static columns have one cell for all steps.
  private var cellStride: Int { scope == .static ? 0 : 1 }

  /// Splits windows into parts for which the column has cells and parts for which it doesn't.
  ///
  /// - Parameters:
  ///   - windows: The windows.
  ///   - length: The number of steps in each window.
  ///   - body: A function that takes the positions in a window that have cells, counted over all
  ///     windows, and the first of the cells.
  ///   - outside: A function that takes the positions that have none.
  @inline(__always)
  private func forEachRun(
    of windows: ArraySlice<SeriesWindow>, length: Int,
    _ body: (_ places: Range<Int>, _ firstCell: Int) -> Void,
    outside: (_ places: Range<Int>) -> Void
  ) {
    var place = 0
    for window in windows {
      let end = place + length
      let row = row(of: window.series)
      if scope == .static {
        body(place..<end, row.offset)
      } else {
        let steps = row.steps.clamped(to: window.start..<window.start + length)
        let first = place + steps.lowerBound - window.start
        outside(place..<first)
        body(first..<first + steps.count, row.offset + steps.lowerBound - row.steps.lowerBound)
        outside(first + steps.count..<end)
      }
      place = end
    }
  }
}
