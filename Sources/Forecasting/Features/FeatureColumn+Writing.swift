/// Some steps of a series, as many as the block is long that they are written to.
struct SeriesWindow {
  /// The place of the series in the panel.
  let series: Int
  /// The first step.
  let start: Int
}

/// Writing the values of a column into tensors: of many windows at a time, each in one run.
extension FeatureColumn {
  /// Writes the numbers of windows, one window after another, 0 where missing, and a mask: 1 where
  /// there is a number, else 0.
  ///
  /// - Parameters:
  ///   - windows: The windows.
  ///   - length: The steps of each, which may lie outside of the column's; static columns have one
  ///     value for all.
  ///   - target: The place of the first number.
  ///   - mask: The place of its mask.
  ///   - stride: The number of places from one step to the next.
  func writeNumbers(
    of windows: ArraySlice<SeriesWindow>, length: Int, to target: UnsafeMutablePointer<Float>,
    mask: UnsafeMutablePointer<Float>, stride: Int
  ) {
    guard case .numbers(let values, let missing) = cells else {
      fatalError("FeatureColumn.writeNumbers: \(name.debugDescription) holds categories")
    }
    let cellStride = cellStride
    /// Writes the numbers of each run, of those cells that are known.
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

  /// Writes the categories of windows, unknown where there is none; as `writeNumbers`.
  func writeCodes(
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

  /// The number of cells from one step to the next: static columns have one cell for all.
  private var cellStride: Int { scope == .static ? 0 : 1 }

  /// Splits windows into what the column has cells for and what not.
  ///
  /// - Parameters:
  ///   - windows: The windows.
  ///   - length: The steps of each.
  ///   - body: Gets the places of a window that have cells, counted over all windows, and the cell
  ///     of the first of them.
  ///   - outside: Gets places that have none.
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
