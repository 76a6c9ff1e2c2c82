/// A contiguous buffer that grows with its elements, for the inner loops of reading. Unlike an
/// array, it leaves bounds checks to its user.
struct GrowableBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// The memory with the first `count` elements. It moves when the buffer grows.
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  /// Creates an empty buffer with a capacity.
  init(capacity: Int) {
    self.capacity = max(capacity, 1)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  @inline(__always)
  package mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    base[count] = element
    count += 1
  }

  package mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    guard let start = elements.baseAddress else { return }
    if count + elements.count > capacity { grow(to: count + elements.count) }
    (base + count).update(from: start, count: elements.count)
    count += elements.count
  }

  /// Appends the elements that `fill` writes to uninitialized memory for `room` elements. Returns
  /// their number, which is the result of `fill`.
  package mutating func append<Failure: Error>(
    upTo room: Int, _ fill: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    if count + room > capacity { grow(to: count + room) }
    let added = try fill(UnsafeMutableBufferPointer(start: base + count, count: room))
    count += added
    return added
  }

  /// Removes all elements after the first `count`.
  @inline(__always)
  mutating func cut(to count: Int) { self.count = count }

  private mutating func grow(to least: Int) {
    capacity = max(least, 2 * capacity)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
