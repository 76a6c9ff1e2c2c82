/// The memory of tensors, which is kept for reuse after a tensor is released.
///
/// A training step releases as much memory as it takes, so after the first steps it allocates
/// nothing from the system. Buffers are 64-byte aligned and have size classes, four for each
/// doubling, so that at most a quarter of a buffer is unused.
public enum TensorMemory {
  /// The number of bytes that are kept for reuse and belong to no tensor.
  public static var cachedByteCount: Int { pool.withLock { $0.cachedByteCount } }

  /// The number of bytes allocated from the system since the start of the process.
  ///
  /// Two equal readings around a training step show that the step allocated nothing.
  public static var systemByteCount: Int { pool.withLock { $0.systemByteCount } }

  /// The number of buffers allocated from the system since the start of the process.
  package static var systemBufferCount: Int { pool.withLock { $0.systemBufferCount } }

  /// The maximum number of bytes to keep for reuse, 1 GiB by default. Memory released beyond it
  /// returns to the system.
  public static var cacheLimit: Int {
    get { pool.withLock { $0.cacheLimit } }
    set { pool.withLock { $0.setCacheLimit(newValue) } }
  }

  /// Returns all cached buffers to the system.
  public static func clearCache() { pool.withLock { $0.clear() } }

  static let pool = SharedBufferPool()

  /// Returns a buffer of at least `byteCount` bytes with undefined contents, and its actual size.
  @usableFromInline
  static func take(byteCount: Int) -> (base: UnsafeMutableRawPointer, capacity: Int) {
    let sizeClass = SizeClass(holding: byteCount)
    // The address crosses the lock as an integer, since pointers are not Sendable.
    if let address = pool.withLock({ $0.popAddress(sizeClass) }),
      let base = UnsafeMutableRawPointer(bitPattern: address)
    {
      return (base, sizeClass.byteCount)
    }
    let base = UnsafeMutableRawPointer.allocate(byteCount: sizeClass.byteCount, alignment: 64)
    return (base, sizeClass.byteCount)
  }

  /// Returns a buffer from `take` to the pool.
  @usableFromInline
  static func give(_ base: UnsafeMutableRawPointer, capacity: Int) {
    let address = UInt(bitPattern: base)
    let kept = pool.withLock { $0.push(address, SizeClass(holding: capacity)) }
    if !kept { base.deallocate() }
  }
}

/// A size of buffers: `64 · 2^k · (4 + j) / 4` bytes, j = 0…3.
private struct SizeClass {
  let index: Int
  let byteCount: Int

  init(holding requested: Int) {
    let units = max(requested + 63, 64) / 64  // of 64 bytes
    guard units > 4 else {
      index = units - 1
      byteCount = units * 64
      return
    }
    let exponent = Int.bitWidth - 1 - (units - 1).leadingZeroBitCount  // 2^exponent < units
    let step = 1 << (exponent - 2)
    let steps = (units - 1) / step + 1  // 5...8 quarter steps
    index = 4 * (exponent - 1) + steps - 5
    byteCount = steps * step * 64
  }

  static let count = 4 * Int.bitWidth
}

/// The pool of the process, protected by a lock.
final class SharedBufferPool: Sendable {
  private let spinLock = SpinLock()
  // Accessed only while the lock is held. A stored `BufferPool` would be checked for
  // exclusive access each time.
  private nonisolated(unsafe) let pool = UnsafeMutablePointer<BufferPool>.allocate(capacity: 1)

  init() {
    pool.initialize(to: BufferPool())
    ForkHandlers.register()
  }

  deinit { pool.deinitialize(count: 1).deallocate() }

  func lock() { spinLock.lock() }
  func unlock() { spinLock.unlock() }

  fileprivate func withLock<Result>(_ body: (inout BufferPool) -> Result) -> Result {
    lock()
    defer { unlock() }
    return body(&pool.pointee)
  }
}

/// The free buffers in linked lists, one per size class. The first word of a free buffer is the
/// link.
private struct BufferPool {
  private(set) var cachedByteCount = 0
  private(set) var systemByteCount = 0
  private(set) var systemBufferCount = 0
  private(set) var cacheLimit = 1 << 30
  private var heads = [UInt](repeating: 0, count: SizeClass.count)
  private var byteCounts = [Int](repeating: 0, count: SizeClass.count)

  mutating func popAddress(_ sizeClass: SizeClass) -> UInt? {
    let head = heads[sizeClass.index]
    guard let buffer = UnsafePointer<UInt>(bitPattern: head) else {
      systemByteCount += sizeClass.byteCount
      systemBufferCount += 1
      return nil
    }
    heads[sizeClass.index] = buffer.pointee
    cachedByteCount -= sizeClass.byteCount
    return head
  }

  /// Returns a Boolean value that indicates whether the buffer was kept. If not, the caller
  /// deallocates it.
  mutating func push(_ address: UInt, _ sizeClass: SizeClass) -> Bool {
    guard cachedByteCount + sizeClass.byteCount <= cacheLimit,
      let buffer = UnsafeMutablePointer<UInt>(bitPattern: address)
    else { return false }
    buffer.pointee = heads[sizeClass.index]
    heads[sizeClass.index] = address
    byteCounts[sizeClass.index] = sizeClass.byteCount
    cachedByteCount += sizeClass.byteCount
    return true
  }

  mutating func setCacheLimit(_ limit: Int) {
    cacheLimit = max(limit, 0)
    if cachedByteCount > cacheLimit { clear() }
  }

  mutating func clear() {
    for index in heads.indices {
      while let buffer = UnsafeMutablePointer<UInt>(bitPattern: heads[index]) {
        heads[index] = buffer.pointee
        cachedByteCount -= byteCounts[index]
        UnsafeMutableRawPointer(buffer).deallocate()
      }
    }
  }
}
