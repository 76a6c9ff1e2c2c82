import Testing

@Suite struct SalesRecipeTests {
  #if DEBUG
    private static let epochs = 3
  #else
    private static let epochs = 100
  #endif

  @Test func beatsTheMeanOnRowsItHasNotSeen() throws {
    let lines = try lines(
      ofExample: "SalesRecipe", "Examples/data/online-retail-recipe.csv", "\(Self.epochs)")
    try #require(lines.count == 6)
    #expect(lines[0] == "2973 rows read, 2966 kept, 7 dropped for a missing value")
    #expect(lines[1].hasPrefix("\(Self.epochs) epochs in "))
    #expect(lines[1].hasSuffix(" s, 2136 training rows"))
    #expect(lines[2].hasPrefix("loss "))
    #expect(lines[3] == "593 test rows")
    let (network, mean) = (decimals(of: lines[4]), decimals(of: lines[5]))
    try #require(network.count == 4 && mean.count == 4)
    for error in 0..<3 { #expect(network[error] < mean[error]) }
    #expect(network[3] > 0.1)
    // What the mean of other rows does is no better than what the mean of the test rows would.
    #expect(mean[3] <= 0 && mean[3] > -0.05)
  }

  @Test func isTheSameFromRunToRun() throws {
    let runs = try (0..<2).map { _ in
      try lines(ofExample: "SalesRecipe", "Examples/data/online-retail-recipe.csv", "1")
        .filter { !$0.hasPrefix("1 epochs in ") }  // the time that it took
    }
    #expect(runs[0] == runs[1])
  }
}
