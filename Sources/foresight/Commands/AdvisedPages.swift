import Foundation
import Reporting

/// Pages whose charts are drawn by D3. Without it, they say on standard error how to install it.
extension D3Library {
  static func advised() -> D3Library? {
    let d3 = installed()
    if d3 == nil { FileHandle.standardError.write(Data("\(advice)\n".utf8)) }
    return d3
  }
}

extension ReportPage {
  /// Returns the page as HTML, with advice if D3 is missing.
  func advisedHTML() throws -> String { try html(drawnBy: .advised()) }
}

extension SeasonPage {
  /// Returns the page as HTML, with advice if D3 is missing.
  func advisedHTML() -> String { html(drawnBy: .advised()) }
}

extension ExplanationPage {
  /// Returns the page as HTML, with advice if D3 is missing.
  func advisedHTML() -> String { html(drawnBy: .advised()) }
}
