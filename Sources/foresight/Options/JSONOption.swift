import ArgumentParser

/// The option for results as JSON.
struct JSONOption: ParsableArguments {
  @Flag(
    help: "Print the results as JSON on standard output, and everything else on standard error.")
  var json = false

  /// Returns the output of a command, which from now on prints to standard error if its results are
  /// printed as JSON.
  func begin() -> ResultOutput { ResultOutput(isJSON: json) }
}
