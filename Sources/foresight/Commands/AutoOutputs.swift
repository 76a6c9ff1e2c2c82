import Forecasting
import Foundation
import NeuralNetwork
import Reporting
import Tuning

/// The files of `foresight auto`.
struct AutoOutputs {
  private let outputs: ForecastOutputs
  private let path: String
  private let resumes: Bool

  private static let trials = "trials.csv"
  private static let journal = "trials.jsonl"

  /// Checks that the files can be written.
  ///
  /// - Throws: An `OutputError` if not.
  init(in path: String, resumes: Bool, savesSums: Bool) throws(OutputError) {
    self.path = path
    self.resumes = resumes
    outputs = try ForecastOutputs(
      in: path, savesModel: true, savesSums: savesSums, more: [Self.trials, Self.journal])
  }

  /// Creates the directory, and returns the journal in it.
  ///
  /// - Throws: `StudyJournalError.exists` if there is a journal that is not to be resumed.
  func journal() throws -> StudyJournal {
    let journal = StudyJournal(path: path + "/" + Self.journal, resumes: resumes)
    if !resumes, FileManager.default.fileExists(atPath: journal.path) {
      throw StudyJournalError.exists(path: journal.path)
    }
    try outputs.makeDirectory()
    TemporaryFiles.describeInterruption("Interrupted: --resume continues the search.\n")
    return journal
  }

  /// Writes all results and prints their paths.
  func write(
    _ results: AutomaticResults, page: ReportPage, idColumn: String, table: TableOptions
  ) throws {
    try outputs.write(
      results.forecast, page: page, idColumn: idColumn, table: table
    ) { directory in
      try directory[Self.trials].write(TrialTable(results.study).csv())
    }
  }
}
