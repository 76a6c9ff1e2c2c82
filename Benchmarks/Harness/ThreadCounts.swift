import ArgumentParser

/// The thread counts with which cases run, in ascending order.
package struct ThreadCounts: Equatable, Sendable {
  package let values: [Int]

  /// Returns one thread and the number of processors.
  package static func oneAndAll(of processorCount: Int) -> ThreadCounts {
    ThreadCounts(values: processorCount > 1 ? [1, processorCount] : [1])
  }

  /// Returns the powers of two below the number of processors, and that number.
  package static func doubling(to processorCount: Int) -> ThreadCounts {
    let powers = sequence(first: 1) { $0 * 2 }.prefix { $0 < processorCount }
    return ThreadCounts(values: powers + [max(processorCount, 1)])
  }

  private init(values: [Int]) { self.values = values }
}

extension ThreadCounts: ExpressibleByArgument {
  /// Creates thread counts from distinct numbers from 1 to 1024, separated by commas; nil for other
  /// text.
  package init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Int($0) }.filter { (1...1024).contains($0) }
    guard values.count == parts.count, Set(values).count == values.count else { return nil }
    self.init(values: values.sorted())
  }
}
