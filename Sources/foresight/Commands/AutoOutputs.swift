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

  /// Checks that the files can be written, and that there is no journal that is not to be resumed.
  ///
  /// - Throws: An `OutputError` if not, or `StudyJournalError.exists`.
  init(in path: String, resumes: Bool, savesSums: Bool) throws {
    self.path = path
    self.resumes = resumes
    outputs = try ForecastOutputs(
      in: path, savesModel: true, savesSums: savesSums, more: [Self.trials, Self.journal])
    if !resumes, FileManager.default.fileExists(atPath: journalPath) {
      throw StudyJournalError.exists(path: journalPath)
    }
  }

  private var journalPath: String { path + "/" + Self.journal }

  /// Creates the directory, and returns the journal in it.
  func journal() throws -> StudyJournal {
    try outputs.makeDirectory()
    TemporaryFiles.describeInterruption("Interrupted: --resume continues the search.\n")
    return StudyJournal(path: journalPath, resumes: resumes)
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
