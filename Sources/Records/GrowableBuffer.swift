/// Elements one after another in memory that grows with them, for the inner loops of reading: what an
/// array checks at every access is left to whoever uses it.
struct GrowableBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// The elements are the first `count` here; the memory moves when it grows.
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  /// Memory for some elements, and none of them yet.
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

  /// Adds what `fill` writes to memory of `room` elements: as many as it says.
  package mutating func append<Failure: Error>(
    upTo room: Int, _ fill: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    if count + room > capacity { grow(to: count + room) }
    let added = try fill(UnsafeMutableBufferPointer(start: base + count, count: room))
    count += added
    return added
  }

  /// Drops all elements but the first `count`.
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
