/// A tensor of integers, such as the identifiers of categories. It is the input of an
/// ``Embedding``.
public struct IndexTensor: Sendable, Hashable {
  /// The extents.
  public let shape: Shape
  /// The elements, in row-major order.
  public let values: [Int]

  /// Creates a tensor from its elements, in row-major order.
  ///
  /// Stops the program if the number of elements does not match the shape.
  public init(_ shape: Shape, _ values: [Int]) {
    guard shape.elementCount == values.count else {
      fatalError("IndexTensor: shape \(shape) does not have \(values.count) elements")
    }
    self.shape = shape
    self.values = values
  }

  /// Creates a vector.
  public init(_ values: [Int]) { self.init([values.count], values) }

  /// Creates a matrix from its rows.
  ///
  /// Stops the program if the rows differ in length.
  public init(rows: [[Int]]) {
    let columns = rows.first?.count ?? 0
    guard rows.allSatisfy({ $0.count == columns }) else {
      fatalError("IndexTensor: the rows differ in length: \(rows.map(\.count))")
    }
    self.init([rows.count, columns], rows.flatMap(\.self))
  }
}
