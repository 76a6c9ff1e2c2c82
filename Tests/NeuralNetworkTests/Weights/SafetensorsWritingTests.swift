import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Files come out as the reference implementation writes them, whole or not at all.
@Suite struct SafetensorsWritingTests {
  /// The files that Python wrote hold nothing that is not read, so the same bytes must come out.
  @Test(arguments: ["floats", "network", "network-outputs"])
  func bytesAreThoseOfTheReference(_ name: String) throws {
    let path = try fixture("\(name).safetensors")
    let file = try SafetensorsFile(path: path)
    var writer = SafetensorsWriter(metadata: file.metadata)
    for entry in file.entries.reversed() {
      switch entry.type {
      case .float32: writer.add(entry.name, try file.tensor(entry.name, as: Float.self))
      default: writer.add(entry.name, try file.tensor(entry.name, as: Double.self))
      }
    }
    #expect(try writer.bytes() == bytes(path))
    let directory = try TemporaryDirectory()
    try writer.write(to: directory.path("copy"))
    #expect(try bytes(directory.path("copy")) == bytes(path))
    #expect(try directory.names == ["copy"])
  }

  @Test func orderDoesNotMatter() throws {
    let metadata = Dictionary(uniqueKeysWithValues: (0..<17).map { ("key \($0)", "\($0)") })
    var there = SafetensorsWriter(metadata: metadata)
    var back = SafetensorsWriter()
    for index in 0..<17 { there.add("t\(index)", Tensor<Float>.ones([index])) }
    for index in (0..<17).reversed() {
      back.add("t\(index)", Tensor<Float>.ones([index]))
      back.metadata["key \(index)"] = "\(index)"
    }
    #expect(try there.bytes() == back.bytes())
  }

  @Test func writesSlices() throws {
    let matrix = Tensor<Double>.counting([5, 3])
    let directory = try TemporaryDirectory()
    try SafetensorsFile.write(["row": matrix[3]], to: directory.path("row"))
    let file = try SafetensorsFile(path: directory.path("row"))
    #expect(try file.tensors(as: Double.self) == ["row": Tensor([9, 10, 11])])
  }

  @Test func replacesTheFileBehindALink() throws {
    let directory = try TemporaryDirectory()
    try Data([1, 2, 3]).write(to: directory.url.appending(path: "old"))
    #expect(chmod(directory.path("old"), 0o640) == 0)
    #expect(symlink("old", directory.path("link")) == 0)
    try SafetensorsFile.write(["a": Tensor<Float>([7])], to: directory.path("link"))
    #expect(try directory.names == ["link", "old"])
    let file = try SafetensorsFile(path: directory.path("old"))
    #expect(try file.tensor("a", as: Float.self).scalars == [7])
    let attributes = try FileManager.default.attributesOfItem(atPath: directory.path("old"))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test func placesThatCannotBeWritten() throws {
    let directory = try TemporaryDirectory()
    let missing = directory.path("missing")
    let faults: [(String, SafetensorsError.Fault)] = [
      ("\(missing)/a", .noSuchDirectory(missing)), (directory.url.path, .isDirectory),
      ("/dev/null", .notRegularFile), ("", .notWritable(reason: "No such file or directory")),
      (
        directory.path(String(repeating: "n", count: 300)),
        .notWritable(reason: "File name too long")
      ),
    ]
    for (path, fault) in faults {
      let error = #expect(throws: SafetensorsError.self) {
        try SafetensorsFile.write(["a": Tensor<Float>([7])], to: path)
      }
      #expect(error == SafetensorsError(file: path, fault: fault))
    }
    #expect(try directory.names.isEmpty)
  }

  @Test func aHeaderThatIsTooLong() throws {
    // Each of these characters takes six bytes, `\u0001`.
    let text = String(repeating: "\u{1}", count: 16_666_665)
    let directory = try TemporaryDirectory()
    let path = directory.path("m.safetensors")
    let error = #expect(throws: SafetensorsError.self) {
      try SafetensorsWriter(metadata: ["k": text]).write(to: path)
    }
    #expect(
      error?.description
        == "\(path): cannot be written: its header would have 100000016 bytes, but at most "
        + "100000000 are allowed; give it less metadata")
    #expect(try directory.names.isEmpty)
  }

  @Test func aFullDiskLeavesTheOldFile() async {
    // A limit on the length of files stands for a full disk: a write fails when much is written.
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      let path = directory.path("m.safetensors")
      try SafetensorsFile.write(["a": Tensor<Float>([7])], to: path)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
      #if canImport(Glibc)
        let result = setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      #else
        let result = setrlimit(RLIMIT_FSIZE, &limit)
      #endif
      guard result == 0 else { exit(2) }
      do throws(SafetensorsError) {
        try SafetensorsFile.write(["a": Tensor<Float>.ones([65, 17])], to: path)
        exit(3)
      } catch {
        guard error.fault == .notWritable(reason: "File too large") else { exit(4) }
      }
      let old = try SafetensorsFile(path: path).tensor("a", as: Float.self)
      guard old.scalars == [7], try directory.names == ["m.safetensors"] else { exit(5) }
    }
  }

  @Test func stopsAtTwoTensorsOfOneName() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var writer = SafetensorsWriter()
      writer.add("a", Tensor<Float>([7]))
      writer.add("a", Tensor<Double>([7]))
    }
    #expect(
      message(of: result).contains("SafetensorsWriter: two tensors are named \"a\""))
  }

  @Test func stopsAtTheNameThatTheFormatKeeps() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var writer = SafetensorsWriter()
      writer.add("__metadata__", Tensor<Float>([7]))
    }
    #expect(
      message(of: result).contains("SafetensorsWriter: no tensor can be named __metadata__"))
  }
}
