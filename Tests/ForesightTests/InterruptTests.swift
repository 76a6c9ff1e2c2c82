import Foundation
import Testing

/// Ctrl-C outside of a training.
@Suite(.timeLimit(.minutes(30))) struct InterruptTests {
  /// While the table is read: the program ends by the signal, which shells show as status 130.
  @Test(arguments: ["prepare", "forecast"]) func nothingIsWritten(command: String) throws {
    let workspace = try Workspace()
    let pipe = workspace.directory.appending(path: "pipe")
    try #require(mkfifo(pipe.path, 0o600) == 0)
    let run = try workspace.start([command, "pipe", "--output", "out"])
    // Opening waits until the run has begun to read.
    let writer = try FileHandle(forWritingTo: pipe)
    try writer.write(contentsOf: Data("unique_id,ds,y\n".utf8))
    run.interrupt()
    let outcome = try run.outcome()
    try writer.close()
    #expect(!outcome.hasExited && outcome.status == SIGINT)
    #expect(outcome.errors == "Interrupted: no file was changed.\n" && outcome.output == "")
    #expect(try workspace.contents() == ["pipe"])
  }
}
