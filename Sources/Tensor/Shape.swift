/// The extents of a tensor, outermost axis first.
///
/// A shape is a small value without heap storage. It has at most ``maximumRank`` axes, each with an
/// extent of at most `Int32.max`, which is also the limit of BLAS.
public struct Shape: Hashable, Sendable {
  /// The maximum number of axes.
  public static let maximumRank = 8

  @usableFromInline var extents: Extents
  @usableFromInline var axisCount: Int32

  /// Creates the shape of a scalar, with no axes and one element.
  @inlinable public init() {
    extents = Extents()
    axisCount = 0
  }

  /// Creates a shape with the given extents.
  ///
  /// Stops the program if there are more than ``maximumRank`` extents, or if one is negative or
  /// greater than `Int32.max`.
  @inlinable public init(_ extents: some Collection<Int>) {
    self.init()
    for extent in extents { append(extent) }
  }

  /// The number of axes.
  @inlinable public var rank: Int { Int(axisCount) }

  /// The number of elements: the product of the extents, or 1 for a scalar.
  @inlinable public var elementCount: Int {
    var count = 1
    for axis in 0..<rank { count *= Int(extents[axis]) }
    return count
  }

  /// The number of rows: the product of all extents but the last. The shape must have an axis.
  @inlinable package var rowCount: Int {
    var count = 1
    for axis in 0..<(rank - 1) { count *= Int(extents[axis]) }
    return count
  }

  /// The extents as an array.
  public var dimensions: [Int] { (0..<rank).map { Int(extents[$0]) } }

  /// The extent along an axis. −1 is the last axis, −2 the one before it, and so on.
  @inlinable public subscript(axis: Int) -> Int {
    get { Int(extents[resolvedAxis(axis, of: "Shape")]) }
    set { extents[resolvedAxis(axis, of: "Shape")] = Self.checked(newValue) }
  }

  /// Returns the shape with one more axis, innermost.
  public func appending(_ extent: Int) -> Shape {
    var result = self
    result.append(extent)
    return result
  }

  /// Returns the shape with an axis inserted at a position from 0 to `rank`.
  public func inserting(_ extent: Int, at axis: Int) -> Shape {
    guard axis >= 0, axis <= rank else {
      fatalError("Shape.inserting: position \(axis) is outside 0...\(rank) of shape \(self)")
    }
    return self[0..<axis].appending(extent).appending(contentsOf: self[axis..<rank])
  }

  /// Returns the shape without one axis.
  public func removing(_ axis: Int) -> Shape {
    let axis = resolvedAxis(axis, of: "Shape.removing")
    return self[0..<axis].appending(contentsOf: self[(axis + 1)..<rank])
  }

  /// The axes in a range, as a shape.
  public subscript(range: Range<Int>) -> Shape {
    guard range.lowerBound >= 0, range.upperBound <= rank else {
      fatalError("Shape: axes \(range) are outside 0..<\(rank) of shape \(self)")
    }
    var result = Shape()
    for axis in range { result.append(Int(extents[axis])) }
    return result
  }

  /// Returns the axes of this shape, followed by those of another.
  public func appending(contentsOf other: Shape) -> Shape {
    var result = self
    for axis in 0..<other.rank { result.append(other[axis]) }
    return result
  }

  /// The row-major strides, in elements.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * Int(extents[axis + 1])
    }
    return strides
  }

  /// Returns the nonnegative number of an axis, or stops the program with a message that names the
  /// operation.
  @inlinable
  func resolvedAxis(_ axis: Int, of operation: String) -> Int {
    let resolved = axis < 0 ? axis + rank : axis
    guard resolved >= 0, resolved < rank else { stop(axis, operation) }
    return resolved
  }

  @usableFromInline
  func stop(_ axis: Int, _ operation: String) -> Never {
    fatalError("\(operation): axis \(axis) is out of range for shape \(self)")
  }

  @inlinable mutating func append(_ extent: Int) {
    guard rank < Self.maximumRank else {
      fatalError("Shape: more than \(Self.maximumRank) axes after \(self)")
    }
    extents[rank] = Self.checked(extent)
    axisCount += 1
  }

  @inlinable static func checked(_ extent: Int) -> Int32 {
    guard extent >= 0, extent <= Int(Int32.max) else {
      fatalError("Shape: extent \(extent) is outside 0...\(Int32.max)")
    }
    return Int32(truncatingIfNeeded: extent)
  }
}

/// The storage of the extents, which are 0 where there is no axis.
///
/// It consists of two vectors of four instead of one of eight, because values aligned to 32 bytes
/// corrupt the frames of async functions in Swift 6.3 (github.com/swiftlang/swift/issues/91639).
@usableFromInline
struct Extents: Hashable, Sendable {
  @usableFromInline var outer = SIMD4<Int32>.zero
  @usableFromInline var inner = SIMD4<Int32>.zero

  @usableFromInline init() {}

  @inlinable
  subscript(axis: Int) -> Int32 {
    get { axis < 4 ? outer[axis] : inner[axis - 4] }
    set {
      if axis < 4 {
        outer[axis] = newValue
      } else {
        inner[axis - 4] = newValue
      }
    }
  }
}

extension Shape: ExpressibleByArrayLiteral {
  /// Creates a shape with the given extents; see ``init(_:)``.
  @inlinable public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Shape: CustomStringConvertible {
  /// The extents, printed like an array: `[3, 5]`.
  public var description: String { dimensions.description }
}
