import Foundation
import Tensor
import Testing
import Tuning

@Suite struct RandomSamplerTests {
  private static let space = SearchSpace([
    .categorical("network", ["lstm", "tide", "tcn"]), .integer("layers", in: 1...5),
    .integer("hiddenSize", in: 16...256, isLogarithmic: true), .real("dropout", in: -0.5...0.25),
    .real("learningRate", in: 0.0001...0.1, isLogarithmic: true),
    .categorical("decoder", ["direct", "recurrent"], when: .init("network", among: ["lstm"])),
  ])

  private static func samples(_ count: Int, seed: UInt64) -> [TrialValues] {
    var generator = Xoshiro256(seed: seed)
    return (0..<count).map { _ in
      RandomSampler().values(in: space, after: [], using: &generator)
    }
  }

  @Test func allValuesArePoints() {
    for values in Self.samples(500, seed: 3) { #expect(Self.space.fault(of: values) == nil) }
  }

  /// The largest distance between the empirical and the uniform distribution is below the 0.1 % bound of
  /// Kolmogorov and Smirnov, 1.95 / √n.
  @Test func numbersAreUniformOnTheirScale() throws {
    let samples = Self.samples(4_000, seed: 5)
    func distance(_ name: String, _ share: (Double) -> Double) throws -> Double {
      let shares = try samples.map { share(try #require($0.number(name))) }.sorted()
      let count = Double(shares.count)
      return shares.enumerated().map { place, share in
        max(abs(share - Double(place) / count), abs(share - Double(place + 1) / count))
      }.max()!
    }
    let bound = 1.95 / 4_000.0.squareRoot()
    #expect(try distance("dropout") { ($0 + 0.5) / 0.75 } < bound)
    #expect(try distance("learningRate") { log($0 / 0.0001) / log(1000) } < bound)
  }

  /// Four standard errors of the counts.
  @Test func categoriesAndWholeNumbersHaveTheirProbabilities() {
    let samples = Self.samples(4_000, seed: 7)
    func check(_ count: Int, _ probability: Double, of total: Int = 4_000) {
      let expected = Double(total) * probability
      let error = (expected * (1 - probability)).squareRoot()
      #expect(abs(Double(count) - expected) < 4 * error)
    }
    for name in ["lstm", "tide", "tcn"] {
      check(samples.count { $0.category("network") == name }, 1 / 3)
    }
    for layers in 1...5 { check(samples.count { $0.integer("layers") == layers }, 0.2) }
    // A whole number has the cell from a half below to a half above.
    let width = log(256.5) - log(15.5)
    for size in [16, 17, 64] {
      let cell = log(Double(size) + 0.5) - log(Double(size) - 0.5)
      check(samples.count { $0.integer("hiddenSize") == size }, cell / width)
    }
    let recurrent = samples.filter { $0.category("network") == "lstm" }
    check(recurrent.count { $0.category("decoder") == "direct" }, 0.5, of: recurrent.count)
    #expect(samples.allSatisfy { ($0["decoder"] != nil) == ($0.category("network") == "lstm") })
  }

  @Test func aFaultNamesTheDimension() {
    var values = Self.samples(1, seed: 1)[0]
    values["layers"] = 6
    #expect(Self.space.fault(of: values) == "layers is 6, which is not in its domain")
    values["layers"] = 2.5
    #expect(Self.space.fault(of: values) == "layers is 2.500, which is not in its domain")
    values["layers"] = nil
    #expect(Self.space.fault(of: values) == "layers has no value")
    (values["layers"], values["network"], values["decoder"]) = (2, "tcn", "direct")
    #expect(
      Self.space.fault(of: values) == "decoder is direct, but its condition does not hold")
    (values["decoder"], values["other"]) = (nil, 1)
    #expect(Self.space.fault(of: values) == "other is no dimension")
  }
}
