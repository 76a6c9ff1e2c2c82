import CBLASShim
import CPostgreSQLShim
import CSQLiteShim
import CZlibShim
import Foundation
import Reporting
import Tensor

/// The libraries that the command uses.
enum LibraryDiagnosis {
  static var findings: [Finding] {
    [openBLAS, zlib, sqlite, postgreSQL, d3, tensorBoard]
  }

  private static var openBLAS: Finding {
    let core = OpenBLAS.coreName
    let chosen = Environment["OPENBLAS_CORETYPE"].map { ", as OPENBLAS_CORETYPE=\($0) asks" } ?? ""
    return Finding("OpenBLAS", "\(OpenBLAS.configuration), core \(core)\(chosen)")
  }

  private static var zlib: Finding {
    Finding("zlib", "\(String(cString: zlibVersion())), for compressed tables and workbooks")
  }

  private static var sqlite: Finding {
    Finding(
      "SQLite", "\(String(cString: sqlite3_libversion())), for sources such as sqlite:shop.db")
  }

  private static var postgreSQL: Finding {
    // 150016 is 15.16, and 90624 was 9.6.24.
    let number = Int(PQlibVersion())
    let minor = number >= 100_000 ? "\(number % 10_000)" : "\(number / 100 % 100).\(number % 100)"
    return Finding(
      "libpq", "\(number / 10_000).\(minor), for sources such as postgresql://host/shop")
  }

  private static var d3: Finding {
    if let place = D3Library.places.first(where: { D3Library.installed(at: [$0]) != nil }) {
      return Finding("D3", "\(place), for interactive pages")
    }
    let others = D3Library.places.filter { FileManager.default.fileExists(atPath: $0) }
    let found =
      others.isEmpty
      ? "not at \(D3Library.places.joined(separator: ", "))" : "not version 5: \(others[0])"
    return Finding(
      "D3", "\(found); the charts of pages are static", .missing, fix: "apt install node-d3")
  }

  private static var tensorBoard: Finding {
    let folders = (Environment["PATH"] ?? "").split(separator: ":")
    let paths = folders.map { "\($0)/tensorboard" }
    if let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) {
      return Finding("TensorBoard", "\(path), for the logs of --tensorboard")
    }
    return Finding(
      "TensorBoard", "not on the PATH; the logs of --tensorboard can be viewed elsewhere", .missing,
      fix: "pip install tensorboard")
  }
}

/// The environment variables of the process.
enum Environment {
  static subscript(name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}
