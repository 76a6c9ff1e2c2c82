/// The memory that tensors share: a buffer from the pool, which is returned when the last tensor is
/// released.
///
/// It is one of the package's two `@unchecked Sendable` types, besides ``SendablePointer``. This is
/// safe because a tensor writes to its storage only if it holds the only reference to it.
@usableFromInline final class Storage: @unchecked Sendable {
  @usableFromInline let base: UnsafeMutableRawPointer
  private let capacity: Int

  @usableFromInline
  init(byteCount: Int) {
    (base, capacity) = TensorMemory.take(byteCount: byteCount)
  }

  deinit {
    TensorMemory.give(base, capacity: capacity)
  }
}

extension Tensor {
  /// Calls a closure with uninitialized memory from the pool, which is valid during the call.
  @inlinable
  package static func withScratch<Result>(
    count: Int, _ body: (UnsafeMutablePointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    let (base, capacity) = TensorMemory.take(byteCount: count * MemoryLayout<Scalar>.stride)
    defer { TensorMemory.give(base, capacity: capacity) }
    return try body(base.assumingMemoryBound(to: Scalar.self))
  }
}
