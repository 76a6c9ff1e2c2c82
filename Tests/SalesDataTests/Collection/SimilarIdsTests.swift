import Records
import Testing

@Suite struct SimilarIdsTests {
  @Test func idsThatDifferInSpellingOnlyAreGroups() {
    let ids = [
      "tea", "TEA 2", " Tea", "mug", "te\u{E9}", "te\u{65}\u{301}!", "Te\u{65}\u{301}", "tea\t2",
      "tea2",
      "\u{FF4D}ug", "m\u{200B}ug", "Stra\u{DF}e", "STRASSE",
    ]
    #expect(
      IdentityFolding.similar(ids) == [
        [" Tea", "tea"], ["STRASSE", "Stra\u{DF}e"], ["TEA 2", "tea\t2"],
        ["Te\u{65}\u{301}", "te\u{E9}"], ["mug", "m\u{200B}ug", "\u{FF4D}ug"],
      ])
  }

  @Test func partsOfAnIdAreComparedEachForItself() {
    let ids = ["a /b", "A/b", "a/ b c", "a/bc", "a/b\u{A0}c"]
    #expect(
      IdentityFolding.similar(ids, separator: "/") == [["A/b", "a /b"], ["a/ b c", "a/b\u{A0}c"]])
    #expect(IdentityFolding.similar(["tea", "mug", "cup"]).isEmpty)
  }
}
