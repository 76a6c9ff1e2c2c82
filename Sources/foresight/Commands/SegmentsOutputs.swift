import Segments

/// The files of `foresight segments`.
struct SegmentsOutputs {
  private let directory: OutputDirectory

  /// Checks that the files can be written.
  ///
  /// - Throws: An `OutputError` if not.
  init(in path: String) throws(OutputError) {
    directory = try OutputDirectory(
      path, files: ["rates.csv", "strategies.csv", "levers.csv", "segments.json"])
  }

  /// Writes all results and prints their paths.
  func write(_ report: SegmentReport) throws {
    try directory.write {
      try directory["rates.csv"].write(report.ratesCSV)
      try directory["strategies.csv"].write(report.strategiesCSV)
      try directory["levers.csv"].write(report.leversCSV)
      try directory["segments.json"].write(report.json)
    }
  }
}
