import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// The record of a run is one of its process, so that each of these tests has a process of its own.
struct RunFilesTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static func write(_ text: String, to path: String) throws {
    let file = try AtomicFile(path: path)
    Array(text.utf8).withUnsafeBytes { file.write($0) }
    try file.commit()
  }

  private static func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  /// A failure of the second file leaves the first one as it was.
  @Test func filesAreWrittenTogetherOrNotAtAll() async throws {
    await #expect(processExitsWith: .success) { [path = directory.url.path as String] in
      let (first, second) = (path + "/first", path + "/second")
      try Self.write("old", to: first)
      RunFiles.begin()
      struct Stop: Error {}
      do {
        try RunFiles.writeTogether {
          try Self.write("new", to: first)
          throw Stop()
        }
      } catch is Stop {}
      guard Self.text(first) == "old" else { exit(3) }
      try RunFiles.writeTogether {
        try Self.write("new", to: first)
        guard Self.text(first) == "old" else { exit(4) }
        try Self.write("newer", to: second)
      }
      guard Self.text(first) == "new", Self.text(second) == "newer" else { exit(5) }
    }
    #expect(try directory.names == ["first", "second"])
  }

  /// Whatever opens a file is heard of, before and after the output is set aside.
  @Test func inputsAreNotReplaced() async throws {
    await #expect(processExitsWith: .success) { [path = directory.url.path as String] in
      let file = path + "/weights.safetensors"
      try SafetensorsWriter().write(to: file)
      RunFiles.begin()
      _ = try SafetensorsFile(path: file)
      do {
        try SafetensorsWriter(metadata: ["a": "b"]).write(to: path + "/./weights.safetensors")
        exit(3)
      } catch let error as SafetensorsError {
        guard case .conflict(let conflict) = error.fault, conflict.otherUse == .input else {
          exit(4)
        }
      }
      try RunFiles.current?.claim(path + "/new")
      do {
        _ = try SafetensorsFile(path: path + "/../" + (path as NSString).lastPathComponent + "/new")
        exit(5)
      } catch let error as SafetensorsError {
        guard case .conflict(let conflict) = error.fault, conflict.otherUse == .output else {
          exit(6)
        }
      }
    }
  }

  /// Ctrl-C while a file is written.
  @Test func aSignalRemovesUnfinishedFiles() async throws {
    await #expect(processExitsWith: .signal(SIGINT)) { [path = directory.url.path as String] in
      var interrupt = sigset_t()
      sigemptyset(&interrupt)
      sigaddset(&interrupt, SIGINT)
      pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
      TemporaryFiles.removeOnSignals()
      try Self.write("complete", to: path + "/complete")
      let file = try AtomicFile(path: path + "/file")
      let parts = try FileManager.default.contentsOfDirectory(atPath: path)
      guard parts.count == 2 else { exit(3) }
      withExtendedLifetime(file) { _ = raise(SIGINT) }
      exit(4)
    }
    #expect(try directory.names == ["complete"])
  }
}
