import ArgumentParser
import Tensor

/// The option for the number of threads.
struct ThreadOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The number of threads. (default: one for each processor)")
  var threads: Int?

  func validate() throws { try check(threads, "--threads", in: OptionRange.threads) }

  /// Sets the number of threads of the process, if one was given.
  func apply() {
    if let threads { Parallelism.threadCount = threads }
  }
}
