/// The extents of a tensor, outermost axis first.
///
/// A shape is a small value without heap storage: at most ``maximumRank`` axes, each of at most
/// `Int32.max` elements (the limit that BLAS sets as well).
public struct Shape: Hashable, Sendable {
  /// The greatest number of axes.
  public static let maximumRank = 8

  @usableFromInline var extents: Extents
  @usableFromInline var axisCount: Int32

  /// The shape of a scalar: no axes, one element.
  @inlinable public init() {
    extents = Extents()
    axisCount = 0
  }

  /// A shape with the given extents.
  ///
  /// Stops the program if there are more than ``maximumRank`` of them, or one is negative.
  @inlinable public init(_ extents: some Collection<Int>) {
    self.init()
    for extent in extents { append(extent) }
  }

  /// The number of axes.
  @inlinable public var rank: Int { Int(axisCount) }

  /// The number of elements: the product of the extents, 1 for a scalar.
  @inlinable public var elementCount: Int {
    var count = 1
    for axis in 0..<rank { count *= Int(extents[axis]) }
    return count
  }

  /// How many rows there are, all axes but the last taken together; the shape must have one.
  @inlinable package var rowCount: Int {
    var count = 1
    for axis in 0..<(rank - 1) { count *= Int(extents[axis]) }
    return count
  }

  /// The extents as an array.
  public var dimensions: [Int] { (0..<rank).map { Int(extents[$0]) } }

  /// The extent along an axis; −1 names the last axis, −2 the one before it, and so on.
  @inlinable public subscript(axis: Int) -> Int {
    get { Int(extents[resolvedAxis(axis, of: "Shape")]) }
    set { extents[resolvedAxis(axis, of: "Shape")] = Self.checked(newValue) }
  }

  /// The shape with one more axis, innermost.
  public func appending(_ extent: Int) -> Shape {
    var result = self
    result.append(extent)
    return result
  }

  /// The shape with an axis put in at a position from 0 to `rank`.
  public func inserting(_ extent: Int, at axis: Int) -> Shape {
    guard axis >= 0, axis <= rank else {
      fatalError("Shape.inserting: position \(axis) is outside 0...\(rank) of shape \(self)")
    }
    return self[0..<axis].appending(extent).appending(contentsOf: self[axis..<rank])
  }

  /// The shape without one axis.
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

  /// The axes of this shape, then those of another.
  public func appending(contentsOf other: Shape) -> Shape {
    var result = self
    for axis in 0..<other.rank { result.append(other[axis]) }
    return result
  }

  /// Row-major strides, in elements.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * Int(extents[axis + 1])
    }
    return strides
  }

  /// The axis that a possibly negative number names, or a stop that names the operation.
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

/// Room for the extents, 0 where there is no axis.
///
/// Two vectors of four, not one of eight: what is aligned to 32 bytes corrupts the frames of async
/// functions in Swift 6.3 (github.com/swiftlang/swift/issues/91639).
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
  /// A shape with the given extents; see ``init(_:)``.
  @inlinable public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Shape: CustomStringConvertible {
  /// The extents as an array is printed: `[3, 5]`.
  public var description: String { dimensions.description }
}
