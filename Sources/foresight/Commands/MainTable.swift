import ArgumentParser
import Forecasting

/// The main table of a command, in one source or in several that contain its rows consecutively.
///
/// Every command opens its table through this type.
struct MainTable {
  private let sources: [SourceReference]

  /// Creates a table from the names of its sources.
  ///
  /// - Throws: A `FileConflict` if the run writes one of its files.
  init(_ names: [String]) throws {
    sources = names.map { SourceReference($0) }
    for source in sources { try source.declare() }
  }

  /// Starts reading the table. `format` applies only to text.
  func open(_ format: DelimitedFormat) throws(TableError) -> any RecordSource {
    if sources.count == 1 { return try sources[0].open(format) }
    return try ChainedRecordSource(sources) { source throws(TableError) in
      try source.open(format)
    }
  }

  /// Returns the title of the sources on a page.
  static func title(_ names: [String]) -> String {
    SourceReference(names[0]).title + (names.count > 1 ? " and \(names.count - 1) more" : "")
  }
}
