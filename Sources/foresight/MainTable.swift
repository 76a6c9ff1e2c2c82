import ArgumentParser
import Forecasting

/// The main table of a command, in one source or in several that hold its rows one after another.
///
/// Every command opens its table here.
struct MainTable {
  private let sources: [SourceReference]

  /// - Throws: A `FileConflict` if the table is in a file that the run writes.
  init(_ names: [String]) throws {
    sources = names.map { SourceReference($0) }
    for source in sources { try source.declare() }
  }

  /// Begins to read the table; `format` matters for texts only.
  func open(_ format: DelimitedFormat) throws(TableError) -> any RecordSource {
    if sources.count == 1 { return try sources[0].open(format) }
    return try ChainedRecordSource(sources) { source throws(TableError) in
      try source.open(format)
    }
  }

  /// Returns what a page calls the sources.
  static func title(_ names: [String]) -> String {
    SourceReference(names[0]).title + (names.count > 1 ? " and \(names.count - 1) more" : "")
  }

  /// Checks that no source is named twice.
  ///
  /// - Throws: A `ValidationError` that shows both spellings.
  static func checkDistinct(_ names: [String]) throws {
    let sources = names.map { SourceReference($0) }
    for (index, source) in sources.enumerated() {
      guard let earlier = sources[..<index].first(where: { source.isSame(as: $0) }) else {
        continue
      }
      throw ValidationError(
        source.text == earlier.text
          ? "\(source.text) is named twice, and its rows would count twice."
          : "\(source.text) is the same as \(earlier.text), and its rows would count twice.")
    }
  }
}
