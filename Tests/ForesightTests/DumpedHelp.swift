import Foundation

/// The help of all commands, as far as tests read it.
struct DumpedHelp: Decodable {
  let command: Command

  /// Returns the help of the built command.
  static func read() throws -> DumpedHelp {
    let dump = try Workspace().run(["--experimental-dump-help"]).output
    return try JSONDecoder().decode(DumpedHelp.self, from: Data(dump.utf8))
  }

  struct Command: Decodable {
    let commandName: String
    let arguments: [Argument]
    let subcommands: [Command]?
  }

  struct Argument: Decodable {
    let kind, valueName: String
    let preferredName: Name?
    let allValues: [String]?
    let completionKind: Completion?

    /// The name of an option without its dashes, or that of an argument.
    var name: String { preferredName?.name ?? valueName }
  }

  struct Name: Decodable { let name: String }

  struct Completion: Decodable {
    private let file, directory: Empty?
    var namesFiles: Bool { file != nil || directory != nil }
  }

  struct Empty: Decodable {}
}
