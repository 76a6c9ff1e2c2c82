import ArgumentParser

/// The numbers of threads that cases are run with, the smallest first.
package struct ThreadCounts: Equatable, Sendable {
  package let values: [Int]

  /// One thread, and as many as there are processors.
  package static func oneAndAll(of processorCount: Int) -> ThreadCounts {
    ThreadCounts(values: processorCount > 1 ? [1, processorCount] : [1])
  }

  /// The powers of two up to the number of processors, and that number.
  package static func doubling(to processorCount: Int) -> ThreadCounts {
    let powers = sequence(first: 1) { $0 * 2 }.prefix { $0 < processorCount }
    return ThreadCounts(values: powers + [max(processorCount, 1)])
  }

  private init(values: [Int]) { self.values = values }
}

extension ThreadCounts: ExpressibleByArgument {
  /// Numbers from 1 to 1024 with commas between them, none of them twice; nil for anything else.
  package init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Int($0) }.filter { (1...1024).contains($0) }
    guard values.count == parts.count, Set(values).count == values.count else { return nil }
    self.init(values: values.sorted())
  }
}
