import NeuralNetwork

/// The columns that stand side by side in a tensor: those of numbers, and apart from them those of
/// categories.
struct ColumnGroup: Sendable {
  private let numbers: [FeatureColumn]
  private let categories: [FeatureColumn]

  init(_ columns: [FeatureColumn]) {
    numbers = columns.filter { $0.kind == .numeric }
    categories = columns.filter { $0.kind == .categorical }
  }

  /// F, the number of columns of numbers.
  var numberCount: Int { numbers.count }

  /// The values of several windows of as many steps.
  struct Block {
    /// [B, T, F], 0 where missing.
    let numbers: Tensor<Float>
    /// [B, T, F], 1 where there is a number, else 0.
    let mask: Tensor<Float>
    /// [B, T, ·]
    let codes: [Int32]
  }

  /// Cuts windows out of the columns.
  ///
  /// Each window and column is written in one run over its steps; the windows are shared out among
  /// the threads, and each writes memory of its own.
  ///
  /// - Parameters:
  ///   - series: The series of each of B windows.
  ///   - length: T, the steps of each.
  ///   - steps: The steps of the window at a place.
  func block(_ series: [Int], length: Int, _ steps: (_ place: Int) -> Range<Int>) -> Block {
    let extent: Shape = [series.count, length, numbers.count]
    var mask = Tensor<Float>.zeros([0])
    let values = Tensor<Float>(extent) { values in
      mask = Tensor<Float>(extent) { mask in
        writeInPieces(series.count) { place in
          writeNumbers(of: series[place], place, steps(place), to: values, mask: mask)
        }
      }
    }
    return Block(numbers: values, mask: mask, codes: codes(series, length, steps))
  }

  /// Writes the numbers of the window at a place.
  private func writeNumbers(
    of series: Int, _ place: Int, _ steps: Range<Int>, to values: UnsafeMutablePointer<Float>,
    mask: UnsafeMutablePointer<Float>
  ) {
    let first = place * steps.count * numbers.count
    for column in numbers.indices {
      numbers[column].writeNumbers(
        of: series, over: steps, to: values + first + column, mask: mask + first + column,
        stride: numbers.count)
    }
  }

  private func codes(
    _ series: [Int], _ length: Int, _ steps: (_ place: Int) -> Range<Int>
  ) -> [Int32] {
    let width = length * categories.count
    return [Int32](unsafeUninitializedCapacity: series.count * width) { buffer, initialized in
      if let base = buffer.baseAddress {
        writeInPieces(series.count) { place in
          for column in categories.indices {
            categories[column].writeCodes(
              of: series[place], over: steps(place), to: base + place * width + column,
              stride: categories.count)
          }
        }
      }
      initialized = series.count * width
    }
  }

  /// Calls `body` for each window, with several threads where there are many.
  private func writeInPieces(_ count: Int, _ body: (_ place: Int) -> Void) {
    let pieces = (count + Self.pieceLength - 1) / Self.pieceLength
    parallelFor(pieces) { piece in
      let first = piece * Self.pieceLength
      for place in first..<min(first + Self.pieceLength, count) { body(place) }
    }
  }

  /// Windows that one thread writes at a time: enough that handing them out costs little.
  private static let pieceLength = 64
}
