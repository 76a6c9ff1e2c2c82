/// An array of chunks of equal size, which do not move when the array grows.
///
/// A growing array copies all elements to new memory, which takes longer the more there are and
/// temporarily doubles the memory use.
struct ChunkedArray<Element> {
  private(set) var count = 0
  private var chunks: [[Element]] = []

  private static var bits: Int { 12 }

  mutating func append(_ element: Element) {
    let size = 1 << Self.bits
    if count == chunks.count << Self.bits {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(size)
    }
    chunks[chunks.count - 1].append(element)
    count += 1
  }

  subscript(index: Int) -> Element {
    get { chunks[index >> Self.bits][index & (1 << Self.bits - 1)] }
    _modify { yield &chunks[index >> Self.bits][index & (1 << Self.bits - 1)] }
  }
}

extension ChunkedArray: Sendable where Element: Sendable {}
