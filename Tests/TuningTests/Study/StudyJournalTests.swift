import Foundation
import Testing
import Tuning

@Suite struct StudyJournalTests {
  private static let space = SearchSpace([
    .real("x", in: -2...5), .integer("n", in: 1...64, isLogarithmic: true),
    .categorical("kind", ["a", "b, \"c\""]),
    .real("y", in: 0...1, when: .init("kind", among: ["a"])),
  ])

  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { directory.appending(path: name).path }

  private static func study(seed: UInt64 = 0) -> Study {
    var study = Study(space)
    study.scheduler = SuccessiveHalving(exemptTrials: 1)
    study.sampler = TPESampler(startupTrials: 4, candidateCount: 6)
    (study.seed, study.budget) = (seed, .trials(12))
    study.settings = ["horizon": "7"]
    return study
  }

  private static func objective(_ evaluation: TrialEvaluation) throws -> Double {
    struct Failure: Error {}
    if evaluation.trial == 5 { throw Failure() }
    let x = evaluation.values.number("x")! - evaluation.values.number("y", or: 0)
    return x * x / evaluation.resource + Double(evaluation.values.integer("n")!) / 3
  }

  /// The results without the times, which a repeated evaluation does not share.
  private static func summary(_ results: StudyResults) -> [String] {
    results.trials.map {
      "\($0.number) \($0.values) \($0.scores.sorted { $0.key < $1.key }) \($0.state)"
    }
  }

  /// A kill leaves the file at any length. Every length between two lines, and some within a line, resumes to
  /// the same results, and the file is whole again.
  @Test func aStudyKilledAnywhereResumesToTheSameResults() throws {
    let whole = path("whole.jsonl")
    let expected = Self.summary(
      try Self.study()(journal: .init(path: whole, resumes: false), objective: Self.objective))
    let bytes = try Data(contentsOf: URL(filePath: whole))
    var cuts = [0, 1, bytes.count - 1, bytes.count]
    var start = 0
    for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      cuts += [place, place + 1, (start + place) / 2]
      start = place + 1
    }
    let lineCount = bytes.count { $0 == UInt8(ascii: "\n") }
    for cut in cuts {
      let file = path("cut-\(cut).jsonl")
      try bytes.prefix(cut).write(to: URL(filePath: file))
      var count = 0
      let results = try Self.study()(journal: .init(path: file, resumes: true)) { evaluation in
        count += 1
        return try Self.objective(evaluation)
      }
      #expect(Self.summary(results) == expected, "\(cut)")
      let kept = bytes.prefix(cut).count { $0 == UInt8(ascii: "\n") }
      #expect(count == lineCount - max(kept, 1) && results.resumedCount == max(kept - 1, 0))
      let isTorn = cut > 0 && bytes[cut - 1] != UInt8(ascii: "\n")
      let line = kept + 1
      #expect(
        results.notes
          == (isTorn
            ? ["\(file):\(line): dropped an incomplete last line, whose evaluation is repeated"]
            : []))
      // Only the times of repeated evaluations differ.
      #expect(
        try Data(contentsOf: URL(filePath: file)).count { $0 == UInt8(ascii: "\n") } == lineCount)
    }
  }

  /// More trials go on from the journal to the results of a study that had them from the start.
  @Test func moreTrialsAreAdded() throws {
    let file = path("more.jsonl")
    var study = Self.study()
    study.budget = .trials(7)
    _ = try study(journal: .init(path: file, resumes: false), objective: Self.objective)
    study.budget = .trials(19)
    let resumed = try study(journal: .init(path: file, resumes: true), objective: Self.objective)
    #expect(Self.summary(resumed) == Self.summary(try study(objective: Self.objective)))
    #expect(resumed.resumedCount >= 7 && resumed.resumedSeconds > 0)
  }

  @Test func aJournalOfAnotherStudyIsRefused() throws {
    let file = path("trials.jsonl")
    let journal = StudyJournal(path: file, resumes: true)
    _ = try Self.study()(journal: journal, objective: Self.objective)
    let before = try Data(contentsOf: URL(filePath: file))
    #expect(throws: StudyJournalError.exists(path: file)) {
      try Self.study()(journal: .init(path: file, resumes: false), objective: Self.objective)
    }
    func refusal(_ change: (inout Study) -> Void) -> (part: String, values: [String])? {
      var study = Self.study()
      change(&study)
      do {
        _ = try study(journal: journal, objective: Self.objective)
      } catch StudyJournalError.otherStudy(_, let part, let recorded, let expected) {
        return (part, [recorded, expected])
      } catch {}
      return nil
    }
    #expect(refusal { $0.seed = 3 }?.values == ["0", "3"])
    #expect(refusal { $0.settings["horizon"] = "9" }?.part == "horizon")
    #expect(refusal { $0.settings["data"] = "ab" }?.values == ["missing", "ab"])
    #expect(refusal { $0.sampler = RandomSampler() }?.part == "sampler")
    #expect(refusal { $0.scheduler = FullEvaluation() }?.part == "scheduler")
    #expect(
      refusal { $0.first = [["x": 0, "n": 3, "kind": "a", "y": 0]] }?.part == "list of first trials"
    )
    var other = Study(SearchSpace([.real("x", in: -2...6)]))
    (other.sampler, other.scheduler) = (Self.study().sampler, Self.study().scheduler)
    other.settings = ["horizon": "7"]
    #expect(throws: StudyJournalError.self) {
      try other(journal: journal) { _ in 0 }
    }
    #expect(try Data(contentsOf: URL(filePath: file)) == before)
  }

  @Test func aDamagedLineIsNamed() throws {
    let file = path("trials.jsonl")
    let journal = StudyJournal(path: file, resumes: true)
    _ = try Self.study()(journal: journal, objective: Self.objective)
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(
      String.init)
    func error(_ change: (inout [String]) -> Void) throws -> String {
      var changed = lines
      change(&changed)
      try Data((changed.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file))
      do {
        _ = try Self.study()(journal: journal, objective: Self.objective)
        return "no error"
      } catch { return "\(error)" }
    }
    #expect(try error { $0[3] = "{\"trial\":1}" }.contains("trials.jsonl:4: is not a line"))
    #expect(try error { $0[0] = "unique_id,ds,y" }.contains("trials.jsonl:1: is not a line"))
    let other = try error { lines in
      lines[2] = lines[2].replacing(/"n":[0-9]+/, with: "\"n\":65")
    }
    #expect(other.contains("trials.jsonl:3: trial 1 has other values"))
  }

  @Test func twoProcessesDoNotWriteOneJournal() throws {
    let journal = StudyJournal(path: path("trials.jsonl"), resumes: true)
    #expect(throws: StudyJournalError.inUse(path: journal.path)) {
      try Self.study()(journal: journal) { _ in
        do { return try Self.study()(journal: journal) { _ in 0 }.best!.score! } catch {
          // The error of the inner study, as that of another process.
          throw InnerError(error: error)
        }
      }.trials.forEach {
        if case .failed(let text) = $0.state, text.contains("another process") {
          throw StudyJournalError.inUse(path: journal.path)
        }
      }
    }
  }

  private struct InnerError: Error, CustomStringConvertible {
    let error: any Error
    var description: String { "\(error)" }
  }
}

extension TrialValues {
  fileprivate func number(_ name: String, or other: Double) -> Double { number(name) ?? other }
}
