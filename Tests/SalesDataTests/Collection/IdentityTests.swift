import SalesData
import SalesTestSupport
import Testing

/// Which texts are one identity, and which are not.
@Suite struct IdentityTests {
  /// Unicode's canonical equivalence: the kelvin sign is the letter K, é one scalar or two. An ASCII text
  /// that came before all others is found in its other spelling, too.
  @Test(arguments: [
    (["K", "k", "\u{212A}"], ["K", "k"]), (["\u{212A}", "K", "k"], ["K", "k"]),
    (["a;", "caf\u{E9}", "a\u{37E}", "cafe\u{301}", "cafe"], ["a;", "cafe", "caf\u{E9}"]),
  ])
  func spellings(texts: [String], ids: [String]) throws {
    #expect(try read(texts) == ids)
  }

  /// Texts of all lengths around a word of eight bytes that differ in one byte only, wherever it is; and
  /// so many that tables grow.
  @Test func textsThatDifferInOneByte() throws {
    var texts: [String] = []
    for length in 1...17 {
      texts.append(String(repeating: "x", count: length))
      for place in 0..<length {
        for letter in ["a", "b", "c", "0", "~"] {
          let (start, end) = (place, length - place - 1)
          texts.append(
            String(repeating: "x", count: start) + letter + String(repeating: "x", count: end))
        }
      }
    }
    #expect(Set(texts).count == texts.count && texts.count > 512)
    #expect(try read(texts + texts.reversed()) == texts.sorted())
  }

  /// The identities of a table with a row for each text.
  private func read(_ texts: [String]) throws -> [String] {
    let rows = texts.enumerated().map { index, text in
      "\(text),\(CalendarDate(year: 2024, month: 1, day: 1)!.advanced(by: index)),1\n"
    }
    return try readTable("unique_id,ds,y\n" + rows.joined()) { $0.policy.missingDays = .gap }.panel
      .ids
  }
}
