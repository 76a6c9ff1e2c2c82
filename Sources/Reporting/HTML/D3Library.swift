import Forecasts
import Foundation

/// The JavaScript library D3, version 5, with which the charts of a ``ReportPage`` are drawn.
///
/// The package contains no copy of it. It is read where the page is written, from Debian's package
/// `node-d3` or a directory of node modules.
public struct D3Library: Sendable {
  /// The script.
  let script: String

  /// A sentence about how to install the library.
  public static let advice =
    "The charts are static because D3 5 is not installed where this page was written. "
    + "To install it: apt install node-d3"

  /// The places where the library is looked for.
  public static let places = [
    "/usr/share/nodejs/d3/dist/d3.min.js", "/usr/share/javascript/d3/d3.min.js",
    "/usr/local/lib/node_modules/d3/dist/d3.min.js", "/usr/lib/node_modules/d3/dist/d3.min.js",
    "/opt/homebrew/lib/node_modules/d3/dist/d3.min.js",
  ]

  /// Returns the installed library, or nil if there is none at any of the places, or only another
  /// version.
  public static func installed(at places: [String] = places) -> D3Library? {
    places.lazy.compactMap(D3Library.init(path:)).first
  }

  private init?(path: String) {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let script = String(decoding: data, as: UTF8.self)
    // The first line names the version. A script that contains the end of a script can't be inlined.
    guard script.prefix(100).contains("d3js.org v5."), !script.contains("</script") else {
      return nil
    }
    self.script = script
  }
}
