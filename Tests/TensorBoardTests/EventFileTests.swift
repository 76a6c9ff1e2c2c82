import Foundation
import TensorBoard
import TestSupport
import Testing

/// Event files are what TensorBoard's own reader reads.
@Suite struct EventFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private var runs: String { directory.path("runs/a") }

  @Test(.enabled(if: hasTensorBoard, needsTensorBoard))
  func tensorBoardReadsWhatIsWritten() throws {
    let log = try EventFileWriter(directory: runs)
    let losses = [1.5, 0.375, .nan, -1e-7]
    for (step, loss) in losses.enumerated() {
      try log.addScalar("loss/training", loss, step: 300 * step)
    }
    try log.addScalars(["a": 1, "b": -2], step: 7)
    let weights = Tensor<Float>([[0.5, -0.25, 1e-7] as [Float], [.infinity, 0, -3]])
    try log.addHistogram("weights/tea ☕", weights, step: 70_000)
    try log.addHistogram("nothing", Tensor<Double>.zeros([0]), step: 1)
    try log.addText("notes", "| a | b |\n|---|---|\n| 茶 | 2 |")
    let read = try ReadEvents(runs)
    let scalars = try #require(read.scalars["loss/training"])
    #expect(scalars.map(\.step) == [0, 300, 600, 900])
    #expect(
      scalars.map(\.value.bitPattern).enumerated().allSatisfy { place, bits in
        losses[place].isNaN || bits == Double(Float(losses[place])).bitPattern
      })
    #expect(scalars[2].value.isNaN)
    #expect(read.scalars["a"] == [.init(step: 7, value: 1)])
    #expect(read.scalars["b"] == [.init(step: 7, value: -2)])
    #expect(read.scalars["weights/tea ☕/non_finite"] == [.init(step: 70_000, value: 1)])
    let histogram = try #require(read.histograms["weights/tea ☕"]?.first)
    let expected = EventHistogram(weights)
    #expect(histogram.step == 70_000)
    #expect(histogram.min == -3 && histogram.max == 0.5 && histogram.num == 5)
    #expect(histogram.sum == expected.sum && histogram.sum_squares == expected.sumOfSquares)
    #expect(histogram.limits == expected.limits)
    #expect(histogram.counts == expected.counts.map(Double.init))
    #expect(read.histograms["nothing"]?.first?.counts == [0])
    #expect(read.texts == ["notes": "| a | b |\n|---|---|\n| 茶 | 2 |"])
    #expect(read.plugins["loss/training"] == "scalars" && read.plugins["notes"] == "text")
    #expect(
      read.plugins["weights/tea ☕"] == "histograms" && read.plugins["nothing"] == "histograms")
  }

  /// A crash may cut the file anywhere.
  @Test(.enabled(if: hasTensorBoard, needsTensorBoard))
  func aFileThatWasCutHasTheEventsBeforeTheCut() throws {
    let log = try EventFileWriter(directory: runs)
    for step in 1...5 { try log.addScalar("x", Double(step), step: step) }
    let url = URL(filePath: log.path)
    let bytes = try Data(contentsOf: url)
    // 1 byte and 1 header of the last record are missing.
    for (cut, count) in [(1, 4), (30, 4), (60, 3)] {
      try bytes.dropLast(cut).write(to: url)
      #expect(try ReadEvents(runs).scalars["x"]?.count == count, "\(cut)")
    }
  }

  /// The records are written at once: the file need not be closed to be read.
  @Test func theFirstRecordIsTheVersion() throws {
    let log = try EventFileWriter(directory: runs)
    let bytes = try Data(contentsOf: URL(filePath: log.path))
    // 12 bytes of length, 9 of the time, 15 of the version, and 4 of the checksum.
    #expect(bytes.count == 40)
    #expect(bytes[0] == 24 && String(decoding: bytes[23..<36], as: UTF8.self) == "brain.Event:2")
    let name = try #require(try directory.names(in: "runs/a").first)
    #expect(name.wholeMatch(of: /events\.out\.tfevents\.\d{10}\..+\.\d+\.0/) != nil, "\(name)")
  }

  @Test func writersNeverShareAFile() throws {
    let writers = try (0..<3).map { _ in try EventFileWriter(directory: runs) }
    #expect(Set(writers.map(\.path)).count == 3)
    #expect(try directory.names(in: "runs/a").count == 3)
  }

  /// Threads append whole records.
  @Test(.enabled(if: hasTensorBoard, needsTensorBoard))
  func threadsShareAWriter() throws {
    let log = try EventFileWriter(directory: runs)
    let threads = (0..<3).map { thread in
      runThread {
        for step in 0..<50 { try? log.addScalar("thread \(thread)", 1, step: step) }
      }
    }
    for thread in threads { thread.wait() }
    let read = try ReadEvents(runs)
    #expect(read.scalars.values.map(\.count) == [50, 50, 50])
  }

  @Test func directoriesThatCannotBeMade() throws {
    try Data().write(to: URL(filePath: directory.path("file")))
    let file = directory.path("file")
    #expect(throws: EventFileError.notDirectory(path: file)) {
      try EventFileWriter(directory: file)
    }
    #expect(throws: EventFileError.notDirectory(path: file)) {
      try EventFileWriter(directory: file + "/runs")
    }
    #expect(
      "\(EventFileError.notDirectory(path: "x"))"
        == "x: is a file, not a directory; name another directory for the event files")
    #expect(throws: EventFileError.notWritable(path: "", reason: "No such file or directory")) {
      try EventFileWriter(directory: "")
    }
  }

  /// A limit on the size of files stands for a disk that is full.
  @Test func aFullDiskLeavesWholeRecords() async throws {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      let log = try EventFileWriter(directory: directory.path("runs"))
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 500, rlim_max: rlim_t(bitPattern: -1))
      require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0, "no limit")
      do {
        try log.addText("long", String(repeating: "x", count: 1000))
        require(false, "no error")
      } catch EventFileError.notWritable(let path, let reason) {
        require(path == log.path && reason == "File too large", reason)
      }
      require(try Data(contentsOf: URL(filePath: log.path)).count == 40, "part of a record")
      try log.addScalar("x", 1, step: 1)
      require(try Data(contentsOf: URL(filePath: log.path)).count > 40, "no record")
    }
  }
}

extension TemporaryDirectory {
  /// The names of the files in one of its directories.
  fileprivate func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
  }
}
