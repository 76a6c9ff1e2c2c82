import Forecasting
import Foundation

/// What an argument or a schema calls a source of records, and how it is opened.
///
/// Every source of every command comes from here.
struct SourceReference {
  private let text: String

  /// - Parameter directory: The directory that a path is relative to; nil for the working directory.
  init(_ text: String, relativeTo directory: String? = nil) {
    guard let directory, !text.hasPrefix("/") else {
      self.text = text
      return
    }
    self.text = directory.isEmpty ? text : directory + "/" + text
  }

  /// Opens the source; `format` is of concern for texts only.
  func open(_ format: DelimitedFormat) throws(TableError) -> any RecordSource {
    try DelimitedRecordSource(path: text, format: format)
  }
}
