/// The places of the elements of a left operand whose rows are in pieces.
///
/// A row of a convolution's left operand is what an output depends on, which lies in several places
/// of the input. Neighboring rows share elements.
package struct RowPieces: Sendable {
  /// The distance of each piece of a row from the row's first element.
  package let offsets: [Int]
  /// The number of elements of a piece.
  package let length: Int
  /// The distance between two rows.
  package let stride: Int
  /// The distance between two elements of a piece.
  package let step: Int

  package init(offsets: [Int], length: Int, stride: Int, step: Int = 1) {
    self.offsets = offsets
    self.length = length
    self.stride = stride
    self.step = step
  }

  /// The number of pieces of a row.
  package var count: Int { offsets.count }
}
