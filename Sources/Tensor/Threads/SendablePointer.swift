/// A pointer that the calls of a ``parallelFor(_:meanwhile:_:)`` body share.
///
/// Swift's pointers are not `Sendable`, since the compiler can't tell which memory a thread uses. A
/// body captures a pointer in this form instead, which marks the places where the caller guarantees
/// that:
///
/// - memory that one call writes is neither read nor written by another call, and
/// - the memory is valid until all calls have returned.
package struct SendablePointer<Pointer: MemoryPointer>: @unchecked Sendable {
  /// The pointer.
  package let pointer: Pointer

  /// Creates a pointer that calls may share.
  @inlinable
  package init(_ pointer: Pointer) { self.pointer = pointer }

  /// Creates a pointer that calls may share, or nil if there is none.
  @inlinable
  package init?(_ pointer: Pointer?) {
    guard let pointer else { return nil }
    self.init(pointer)
  }
}

/// One of Swift's pointers to elements.
package protocol MemoryPointer {}

extension UnsafePointer: MemoryPointer {}
extension UnsafeMutablePointer: MemoryPointer {}
extension UnsafeBufferPointer: MemoryPointer {}
extension UnsafeMutableBufferPointer: MemoryPointer {}
