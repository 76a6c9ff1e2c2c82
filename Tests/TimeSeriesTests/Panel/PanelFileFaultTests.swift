import Foundation
import Safetensors
import SalesTestSupport
import Tensor
import Testing
import TestSupport
import TimeSeries

/// Each fault of a panel file is an error that names it, and says where it is.
@Suite struct PanelFileFaultTests {
  /// The parts of a file, to be changed.
  struct Parts {
    var metadata: [String: String]
    var arrays: [String: (type: SafetensorsType, count: Int, bytes: [UInt8])] = [:]

    init(_ path: String) throws {
      let file = try SafetensorsFile(path: path)
      metadata = file.metadata
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      let data = bytes.dropFirst(bytes.count - (file.entries.map(\.offsets.upperBound).max() ?? 0))
      for entry in file.entries {
        arrays[entry.name] = (
          entry.type, entry.shape.elementCount,
          Array(data[(data.startIndex + entry.offsets.lowerBound)...].prefix(entry.offsets.count))
        )
      }
    }

    func write(to path: String) throws {
      var writer = SafetensorsWriter(metadata: metadata)
      for (name, array) in arrays {
        writer.add(name, array.type, count: array.count) { write in
          array.bytes.withUnsafeBytes(write)
        }
      }
      try writer.write(to: path)
    }

    /// Puts other bits in the place of an element.
    mutating func set<Bits: FixedWidthInteger>(_ name: String, _ index: Int, _ bits: Bits) {
      withUnsafeBytes(of: bits.littleEndian) { source in
        let start = index * MemoryLayout<Bits>.size
        arrays[name]!.bytes.replaceSubrange(start..<start + source.count, with: source)
      }
    }

    mutating func replace(_ text: String, _ other: String) {
      let key = ModelFileKey.configuration
      require(metadata[key]!.contains(text), "no \(text) in \(metadata[key]!)")
      metadata[key]!.replace(text, with: other)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let message: String
    let edit: @Sendable (inout Parts) -> Void
    var testDescription: String { message }

    init(_ message: String, _ edit: @escaping @Sendable (inout Parts) -> Void) {
      self.message = message
      self.edit = edit
    }
  }

  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try SampleShop.panel.write(to: directory.path("p"))
  }

  @Test(arguments: [
    Case("does not state that it contains a panel; name a file that Panel.write(to:) wrote") {
      $0.metadata["foresight.kind"] = nil
    },
    Case("contains a \"lstm-forecaster\", not a panel; name a file that Panel.write(to:) wrote") {
      $0.metadata["foresight.kind"] = "lstm-forecaster"
    },
    Case("its foresight.version is \"one\", but must be a whole number of at least 1") {
      $0.metadata["foresight.version"] = "one"
    },
    Case("its foresight.version is missing, but must be a whole number of at least 1") {
      $0.metadata["foresight.version"] = nil
    },
    Case(
      "is a panel in version 3 of the format, but this program only reads versions up to 2; update "
        + "the program"
    ) { $0.metadata["foresight.version"] = "3" },
    Case("its foresight.configuration cannot be read: it is missing") {
      $0.metadata["foresight.configuration"] = nil
    },
    Case("its foresight.configuration cannot be read: \"count\" is missing") {
      $0.replace("\"count\":41,", "")
    },
    Case(
      "its foresight.configuration cannot be read: start, count, and frequency do not form a calendar"
    ) { $0.replace("\"day\"", "\"hour\"") },
    Case(  // 2024-01-25 is no Monday.
      "its foresight.configuration cannot be read: start, count, and frequency do not form a calendar"
    ) { $0.replace("\"day\"", "\"week\",\"weekStart\":1") },
    Case(
      "its foresight.configuration cannot be read: start, count, and frequency do not form a calendar"
    ) { $0.replace(":41,", ":9007199254740992,") },
    Case("its foresight.configuration cannot be read: two columns are named \"visits\"") {
      $0.replace("\"weather\"", "\"visits\"")
    },
    Case("its foresight.configuration cannot be read: level \"weight\" is not categorical") {
      $0.replace(
        "\"isLevel\":false,\"kind\":\"numeric\"", "\"isLevel\":true,\"kind\":\"numeric\"")
    },
    Case(
      "its foresight.configuration cannot be read: it does not state how far \"price\" is known, and "
        + "whether all series share it"
    ) { $0.replace("\"futureSteps\":14", "\"futureSteps\":-14") },
  ])
  func description(_ fault: Case) throws { try expect(fault) }

  @Test(arguments: [
    Case("has no array \"known/price\"; write it again") { $0.arrays["known/price"] = nil },
    Case("has an array \"known/costs\" that is not part of the panel; remove it") {
      $0.arrays["known/costs"] = $0.arrays["known/price"]
    },
    Case("array \"states\" holds I8, but must hold U8") { $0.arrays["states"]!.type = .int8 },
    Case("array \"dates\" has the shape [41], but must have [40]") { $0.replace(":41,", ":40,") },
    Case("array \"known.missing/price\" has the shape [227], but must have [222]") {
      $0.replace("\"futureSteps\":14", "\"futureSteps\":13")
      for index in 0..<6 { $0.shiftOffset(index) }
    },
    Case("array \"dates\" is not the date of the calendar, at 3") {
      $0.set("dates", 3, 19_749 as Int64)
    },
    Case("array \"ids\" has the id \"p3\" twice, at 4") {
      $0.set("ids", 9, UInt8(ascii: "3"))
    },
    Case("array \"ids\" is not UTF-8, at 2") { $0.set("ids", 4, 0xC3 as UInt8) },
    Case("array \"idOffsets\" goes back, at 2") { $0.set("idOffsets", 2, 1 as Int64) },
    Case("array \"offsets\" does not begin at 0, at 0") { $0.set("offsets", 0, 1 as Int64) },
    Case(
      "array \"starts\" has a series of 38 steps from step 4, out of the calendar's 41, at 1"
    ) { $0.set("starts", 1, 4 as Int64) },
    Case(
      "array \"starts\" has a series of 41 steps from step -1, out of the calendar's 41, at 0"
    ) { $0.set("starts", 0, -1 as Int64) },
    Case(
      "array \"starts\" has a series of 19 steps from step 9223372036854775807, out of the "
        + "calendar's 41, at 2"
    ) { $0.set("starts", 2, Int64.max) },
    Case("array \"states\" has 3, which is not a state, at 17") {
      $0.set("states", 17, 3 as UInt8)
    },
    Case("array \"values\" has no finite number, for series \"p1\" on 2024-02-01") {
      $0.set("values", 41 + 4, Float.nan.bitPattern)
    },
    Case("array \"past/visits\" has no finite number, for series \"p4\" on 2024-03-05") {
      $0.set("past/visits", 125, Float.infinity.bitPattern)
    },
    Case("array \"known/price\" has no finite number, for series \"p1\" on 2024-01-29") {
      $0.set("known/price", 56, Float.nan.bitPattern)
    },
    Case("array \"known.missing/price\" has 2, which is neither true nor false, at 0") {
      $0.set("known.missing/price", 0, 2 as UInt8)
    },
    Case(
      "array \"known.offsets/price\" does not have the 52 steps from the series' first to the last known, "
        + "at 1"
    ) { $0.set("known.offsets/price", 2, 106 as Int64) },
    Case("array \"known/payday\" has nan, at 2") {
      $0.set("known/payday", 2, Float.nan.bitPattern)
    },
    Case("array \"static/weight\" has inf, at 4") {
      $0.set("static/weight", 4, Float.infinity.bitPattern)
    },
    Case("array \"static/store\" has 4, but 4 categories, at 0") {
      $0.set("static/store", 0, 4 as Int32)
    },
    Case("array \"static/store\" has -1, but 4 categories, at 0") {
      $0.set("static/store", 0, -1 as Int32)
    },
    Case("array \"static.names/store\" has the category \"s\" twice, at 3") {
      $0.set("static.names/store", 2, UInt8(ascii: "s"))
    },
    Case(
      "array \"static.names/store\" has a name for the unknown category, which has none, at 0"
    ) { $0.set("static.nameOffsets/store", 1, 1 as Int64) },
  ])
  func arrays(_ fault: Case) throws { try expect(fault) }

  private func expect(_ fault: Case, sourceLocation: SourceLocation = #_sourceLocation) throws {
    var parts = try Parts(directory.path("p"))
    fault.edit(&parts)
    let path = directory.path("changed")
    try parts.write(to: path)
    let error = #expect(throws: PanelFileError.self, sourceLocation: sourceLocation) {
      try Panel(contentsOf: path)
    }
    #expect(error?.description == "\(path): \(fault.message)", sourceLocation: sourceLocation)
  }

  @Test func whatIsNoFileOfThisFormIsAnErrorOfTheContainer() throws {
    let missing = directory.path("none")
    #expect(
      throws: PanelFileError(
        file: missing, fault: .container(SafetensorsError(file: missing, fault: .noSuchFile)))
    ) { try Panel(contentsOf: missing) }
    let table = directory.path("sales.csv")
    try "unique_id,ds,y\n".write(toFile: table, atomically: true, encoding: .utf8)
    let error = #expect(throws: PanelFileError.self) { try Panel(contentsOf: table) }
    #expect(error?.description.hasPrefix("\(table): says that its header has ") == true)
    let nowhere = directory.path("none/p")
    let writing = #expect(throws: PanelFileError.self) { try SampleShop.panel.write(to: nowhere) }
    #expect(writing?.description.contains("there is no directory") == true)
  }

  @Test func aFileCutShortAnywhereIsAnError() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: directory.path("p"))))
    let path = directory.path("short")
    for count in stride(from: 0, to: bytes.count, by: 97) {
      try Data(bytes.prefix(count)).write(to: URL(filePath: path))
      #expect(throws: PanelFileError.self) { try Panel(contentsOf: path) }
    }
  }

  /// Changed bytes give an error or a panel that is sound, and never a crash.
  @Test func changedBytesAreAnErrorOrAnotherPanel() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: directory.path("p"))))
    let path = directory.path("changed")
    var generator = Xoshiro256(seed: 11)
    var counts = (errors: 0, panels: 0)
    for _ in 0..<1500 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        changed[Int.random(in: bytes.indices, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      try Data(changed).write(to: URL(filePath: path))
      do throws(PanelFileError) {
        let panel = try Panel(contentsOf: path)
        #expect(panel == SampleShop.rebuilt(panel))
        counts.panels += 1
      } catch { counts.errors += 1 }
    }
    #expect(counts.errors > 500 && counts.panels > 100, "\(counts)")
  }
}

extension PanelFileFaultTests.Parts {
  /// Makes the rows of the prices one step shorter, up to an offset.
  fileprivate mutating func shiftOffset(_ index: Int) {
    let lengths = [0, 54, 51, 54, 39, 24]
    set("known.offsets/price", index, Int64(lengths.prefix(index + 1).reduce(0, +)))
  }
}
