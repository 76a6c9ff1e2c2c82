import Foundation
import Testing

/// The ways to name a file a second time.
enum FileSpelling: CaseIterable, Sendable {
  case same, dot, absolute, parent, directoryLink, link, chainOfLinks, hardLink
  /// The name is a link, and the other one is the file.
  case reverseLink

  /// A Boolean value that indicates whether a file that does not exist can be named so.
  var isForNewFiles: Bool { self != .hardLink && self != .reverseLink }

  /// Returns another path of a file, which is in the workspace's directory or is to be there.
  func path(of name: String, in workspace: Workspace) throws -> String {
    let manager = FileManager.default
    let directory = workspace.directory
    func link(_ link: String, to target: String) throws {
      try manager.createSymbolicLink(
        atPath: directory.appending(path: link).path, withDestinationPath: target)
    }
    switch self {
    case .same: return name
    case .dot: return "./" + name
    case .absolute: return directory.path + "/" + name
    case .parent: return "../" + directory.lastPathComponent + "/" + name
    case .directoryLink:
      try link("here", to: ".")
      return "here/" + name
    case .link:
      try link("other", to: name)
      return "other"
    case .chainOfLinks:
      try link("first", to: directory.path + "/second")
      try link("second", to: name)
      return "first"
    case .hardLink:
      try manager.linkItem(
        at: directory.appending(path: name), to: directory.appending(path: "other"))
      return "other"
    case .reverseLink:
      try manager.moveItem(
        at: directory.appending(path: name), to: directory.appending(path: "other"))
      try link(name, to: "other")
      return "other"
    }
  }
}
