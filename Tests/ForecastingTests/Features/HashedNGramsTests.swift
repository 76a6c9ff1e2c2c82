import Forecasting
import SalesTestSupport
import Testing

@Suite struct HashedNGramsTests {
  /// ```python
  /// def fnv(b):
  ///     h = 0xCBF29CE484222325
  ///     for x in b: h = (h ^ x) * 0x100000001B3 % 2**64
  ///     return h
  /// v = np.zeros(7)
  /// for w in "Red CAFÉ Mug".lower().split():
  ///     w = "<" + w + ">"
  ///     for k in (3, 4):
  ///         for i in range(len(w) - k + 1):
  ///             h = fnv(w[i:i + k].encode())
  ///             v[h % 7] += 1 if h >> 63 == 0 else -1
  /// v / np.linalg.norm(v)
  /// ```
  @Test func vectorsAreThoseOfPython() {
    let nGrams = HashedNGrams(of: .id, lengths: 3...4, count: 7)
    let expected: [Float] = [
      0.8320503, -0.2773501, -0.2773501, -0.2773501, 0, 0, 0.2773501,
    ]
    expectClose(nGrams.vector(of: "Red CAFÉ Mug"), expected)
    expectClose(nGrams.vector(of: "  mug red\tcafé "), expected)
    #expect(nGrams.vector(of: " ") == Array(repeating: 0, count: 7))
  }

  @Test func textsThatShareWordsAreAlike() {
    let nGrams = HashedNGrams(of: .id, count: 512)
    let mug = nGrams.vector(of: "white ceramic mug")
    func likeness(_ text: String) -> Float {
      zip(mug, nGrams.vector(of: text)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(abs(likeness("white ceramic mug") - 1) < 1e-6)
    #expect(likeness("ceramic mugs, black") > 0.4)
    #expect(likeness("garden hose") < 0.2)
  }

  @Test func textsAreIdsOrStaticColumns() throws {
    let byColumn = HashedNGrams(of: .column("category"), count: 5)
    let byId = HashedNGrams(of: .id, count: 3)
    let table = try FeatureTable(FeatureSet(static: [byColumn, byId]), of: SampleShop.panel)
    #expect(table.staticColumns.count == 8)
    for place in 0..<5 {
      let name = "category text \(place)"
      #expect(
        try table.numbers(name, of: 1, over: 0..<1).values == [byColumn.vector(of: "home")[place]])
      #expect(try table.numbers(name, of: 3, over: 0..<1).missing == [true])
    }
    #expect(
      try table.numbers("id text 2", of: 4, over: 0..<1).values == [byId.vector(of: "p4")[2]])
  }
}
