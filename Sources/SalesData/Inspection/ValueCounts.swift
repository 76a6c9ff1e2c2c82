/// The values of a column with their numbers of rows, if there are few distinct values.
struct ValueCounts {
  /// The maximum number of distinct values.
  static let limit = 40

  private var texts = IdentityTable()
  private var counts: [Int] = []
  /// A Boolean value that indicates whether there are more values than the maximum.
  private(set) var isOverfull = false

  /// The values and their numbers of rows, the most frequent first.
  var values: [(text: String, rows: Int)] {
    zip(texts.ids, counts).sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { ($0.0, $0.1) }
  }

  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    if isOverfull { return }
    guard text.count <= 100, let number = texts.number(of: text), number < Self.limit else {
      isOverfull = true
      (texts, counts) = (IdentityTable(), [])
      return
    }
    if number == counts.count { counts.append(0) }
    counts[number] += 1
  }
}
