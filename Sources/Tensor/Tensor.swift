/// An n-dimensional array of `Float` or `Double`.
///
/// A tensor is a dense, row-major value that is copied when it is written to while its memory is
/// shared. Reshapes and slices along the leading axis share memory. Operations are computed
/// immediately. An operation on a tracked tensor (see ``valueWithGradient(at:in:)``) also records
/// its derivative.
///
/// ```swift
/// let x = Tensor<Float>([[1, 2, 3], [4, 5, 6]])      // shape [2, 3]
/// let w = Tensor<Float>.ones([3, 4])
/// print(matmul(x, w).sum(axis: 0))                   // [21, 21, 21, 21]
/// ```
public struct Tensor<Scalar: TensorScalar>: Sendable {
  /// The extents, outermost axis first.
  public internal(set) var shape: Shape
  @usableFromInline var storage: Storage
  /// The index of the first element in the storage.
  @usableFromInline var offset: Int
  /// The source of the tensor in the recorded operations; nil if the tensor is not tracked.
  @usableFromInline var source: GradientSource?

  @usableFromInline
  init(shape: Shape, storage: Storage, offset: Int = 0, source: GradientSource? = nil) {
    self.shape = shape
    self.storage = storage
    self.offset = offset
    self.source = source
  }

  /// Creates a tensor whose elements a closure writes.
  ///
  /// - Parameters:
  ///   - shape: The extents.
  ///   - body: A closure that gets uninitialized memory for all elements, in row-major order. It
  ///     must write each of them.
  @inlinable
  public init(
    shape: Shape, initializingWith body: (UnsafeMutableBufferPointer<Scalar>) throws -> Void
  ) rethrows {
    let count = shape.elementCount
    let storage = Storage(byteCount: count * MemoryLayout<Scalar>.stride)
    self.init(shape: shape, storage: storage)
    let start = storage.base.assumingMemoryBound(to: Scalar.self)
    try body(UnsafeMutableBufferPointer(start: start, count: count))
  }

  /// The number of axes.
  public var rank: Int { shape.rank }

  /// The number of elements.
  @inlinable
  public var elementCount: Int { shape.elementCount }

  /// The elements, in row-major order.
  public var scalars: [Scalar] { withUnsafeBufferPointer { Array($0) } }

  /// The only element.
  ///
  /// Stops the program if there is not exactly one.
  public var scalar: Scalar {
    guard elementCount == 1 else {
      fatalError("Tensor.scalar: expected one element, but the shape is \(shape)")
    }
    return withUnsafeBufferPointer { $0[0] }
  }

  /// Calls a closure with the elements, in row-major order. The pointer must not outlive the call.
  @inlinable
  public func withUnsafeBufferPointer<Result>(
    _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    defer { extendLifetime(self) }
    let start = storage.base.assumingMemoryBound(to: Scalar.self) + offset
    return try body(UnsafeBufferPointer(start: start, count: elementCount))
  }

  /// Calls a closure that may write the elements, which are copied first if they are shared.
  ///
  /// Stops the program if the tensor is tracked, since the write cannot be differentiated.
  @inlinable
  public mutating func withUnsafeMutableBufferPointer<Result>(
    _ body: (UnsafeMutableBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    makeWritable()
    defer { extendLifetime(self) }
    let start = storage.base.assumingMemoryBound(to: Scalar.self) + offset
    return try body(UnsafeMutableBufferPointer(start: start, count: elementCount))
  }

  @usableFromInline
  mutating func makeWritable() {
    guard source == nil else {
      fatalError("Tensor: a tracked tensor of shape \(shape) cannot be written in place")
    }
    if !isKnownUniquelyReferenced(&storage) { self = copied() }
  }

  /// Returns a tensor with a copy of the elements in memory of its own.
  func copied() -> Tensor {
    Tensor(shape: shape) { target in
      read { target.baseAddress!.update(from: $0, count: target.count) }
    }
  }

  /// Calls a closure with the address of the first element.
  @inlinable
  package func read<Result>(
    _ body: (UnsafePointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    try withUnsafeBufferPointer { try body($0.baseAddress!) }
  }

  /// Calls a closure with the address of the first element, for writing.
  @inlinable
  package mutating func write<Result>(
    _ body: (UnsafeMutablePointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    try withUnsafeMutableBufferPointer { try body($0.baseAddress!) }
  }

  /// Creates a tensor whose elements a closure writes, given the address of the first.
  @inlinable
  package init(_ shape: Shape, writtenBy body: (UnsafeMutablePointer<Scalar>) -> Void) {
    self.init(shape: shape) { body($0.baseAddress!) }
  }
}

extension Tensor: Equatable {
  /// Returns a Boolean value that indicates whether the shapes and all elements are equal. A NaN
  /// equals nothing.
  public static func == (left: Tensor, right: Tensor) -> Bool {
    left.shape == right.shape
      && left.withUnsafeBufferPointer { a in
        right.withUnsafeBufferPointer { b in a.elementsEqual(b) }
      }
  }
}
