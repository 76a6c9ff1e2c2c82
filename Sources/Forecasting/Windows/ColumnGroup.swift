import NeuralNetwork

/// The columns of one tensor: the numeric ones, and separately the categorical ones.
struct ColumnGroup: Sendable {
  private let numbers: [FeatureColumn]
  private let categories: [FeatureColumn]

  init(_ columns: [FeatureColumn]) {
    numbers = columns.filter { $0.kind == .numeric }
    categories = columns.filter { $0.kind == .categorical }
  }

  /// F, the number of columns of numbers.
  var numberCount: Int { numbers.count }

  /// The values of several windows of equal length.
  struct Block {
    /// The numbers, [B, T, F], 0 where missing.
    let numbers: Tensor<Float>
    /// The mask, [B, T, F], 1 where there is a number, else 0.
    let mask: Tensor<Float>
    /// The category codes, [B, T, ·].
    let codes: [Int32]
  }

  /// Returns the values of windows of `length` steps each.
  ///
  /// Values are written for a few windows at a time, column by column, so that the output stays in
  /// the cache. The windows are distributed over threads, each of which writes its own memory.
  func block(_ windows: [SeriesWindow], length: Int) -> Block {
    let extent: Shape = [windows.count, length, numbers.count]
    var mask = Tensor<Float>.zeros([0])
    let values = Tensor<Float>(extent) { values in
      mask = Tensor<Float>(extent) { mask in
        let (values, mask) = (SendablePointer(values), SendablePointer(mask))
        forEachPiece(of: windows) { piece in
          let first = piece.startIndex * length * numbers.count
          for (place, column) in numbers.enumerated() {
            column.writeNumbers(
              of: piece, length: length, to: values.pointer + first + place,
              mask: mask.pointer + first + place, stride: numbers.count)
          }
        }
      }
    }
    return Block(numbers: values, mask: mask, codes: codes(windows, length))
  }

  private func codes(_ windows: [SeriesWindow], _ length: Int) -> [Int32] {
    let count = windows.count * length * categories.count
    return [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = SendablePointer(buffer.baseAddress) {
        forEachPiece(of: windows) { piece in
          let first = piece.startIndex * length * categories.count
          for (place, column) in categories.enumerated() {
            column.writeCodes(
              of: piece, length: length, to: base.pointer + first + place,
              stride: categories.count)
          }
        }
      }
      initialized = count
    }
  }

  /// Calls `body` for a few windows at a time, on several threads.
  private func forEachPiece(
    of windows: [SeriesWindow], _ body: @Sendable (_ piece: ArraySlice<SeriesWindow>) -> Void
  ) {
    let count = (windows.count + Self.pieceLength - 1) / Self.pieceLength
    parallelFor(count) { piece in
      let first = piece * Self.pieceLength
      body(windows[first..<min(first + Self.pieceLength, windows.count)])
    }
  }

  private static let pieceLength = 16
}
