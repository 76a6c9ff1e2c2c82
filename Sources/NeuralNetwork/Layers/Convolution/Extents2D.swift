/// Two numbers for the two axes of images, such as the height and the width of a kernel.
///
/// A single number is that of both axes: `kernelSize: 3`.
public struct Extents2D: Sendable, Hashable, Codable, ExpressibleByIntegerLiteral {
  /// The number for the rows of an image.
  public var height: Int
  /// The number for the columns of an image.
  public var width: Int

  /// Creates a number for each axis.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// Creates the same number for both axes.
  public init(_ both: Int) { self.init(height: both, width: both) }

  public init(integerLiteral value: Int) { self.init(value) }
}

extension Extents2D: CustomStringConvertible {
  public var description: String { height == width ? "\(height)" : "\(height) × \(width)" }
}

extension Extents2D {
  /// The smaller of the two numbers.
  var least: Int { min(height, width) }
}
