import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Reading files that the reference implementation wrote, and some that it never would.
@Suite struct SafetensorsReadingTests {
  @Test func listsEveryType() throws {
    let file = try SafetensorsFile(path: fixture("types.safetensors"))
    let types: [String: SafetensorsType] = [
      "bool": .bool, "uint8": .uint8, "int8": .int8, "int16": .int16, "uint16": .uint16,
      "int32": .int32, "uint32": .uint32, "int64": .int64, "uint64": .uint64,
      "float8_e5m2": .float8E5M2, "float8_e4m3fn": .float8E4M3, "complex64": .complex64,
    ]
    for (name, type) in types {
      let entry = try #require(file[name])
      #expect(entry.type == type)
      #expect(entry.shape == [2, 3])
      #expect(entry.offsets.count * 8 == 6 * type.bitCount)
      guard type != .int64 else {
        #expect(try file.tensor(name, as: Float.self) == .ones([2, 3]))
        continue
      }
      let error = #expect(throws: SafetensorsError.self) {
        try file.tensor(name, as: Float.self)
      }
      #expect(error?.fault == .unreadableType(tensor: name, type: type))
    }
    #expect(file.entries.count == types.count + 4)
    #expect(file.metadata.isEmpty)
  }

  @Test(arguments: ["float16", "bfloat16"])
  func convertsShortFloats(_ name: String) throws {
    let file = try SafetensorsFile(path: fixture("types.safetensors"))
    let expected = try file.tensor("\(name) in F32", as: Float.self)
    let floats = try file.tensor(name, as: Float.self)
    let doubles = try file.tensor(name, as: Double.self)
    #expect(floats.shape == [13])
    #expect(areIdentical(floats[0..<12], expected[0..<12]))
    #expect(areIdentical(doubles[0..<12], Tensor<Double>(expected[0..<12])))
    #expect(floats[12].scalar.isNaN && doubles[12].scalar.isNaN)
  }

  @Test func convertsIntegers() throws {
    let header = #"{"a":{"dtype":"I64","shape":[4],"data_offsets":[0,32]}}"#
    var bytes = file(header)
    for number: Int64 in [0, -3, 1 << 40, .min] {
      withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }
    let read = try SafetensorsFile(bytes: bytes, name: "integers")
    #expect(try read.tensor("a", as: Double.self) == Tensor([0, -3, 0x1p40, -0x1p63]))
    #expect(try read.tensor("a", as: Float.self) == Tensor([0, -3, 0x1p40, -0x1p63]))
  }

  #if !(os(macOS) && arch(x86_64))
    @Test func convertsEveryHalf() throws {
      let header = #"{"a":{"dtype":"F16","shape":[65536],"data_offsets":[0,131072]}}"#
      var bytes = file(header)
      for bits in 0...UInt16.max { bytes += [UInt8(bits & 0xFF), UInt8(bits >> 8)] }
      let halves = try SafetensorsFile(bytes: bytes, name: "halves").tensor("a", as: Float.self)
      for (bits, number) in zip(0...UInt16.max, halves.scalars) {
        let expected = Float(Float16(bitPattern: bits))
        #expect(number.bitPattern == expected.bitPattern || (number.isNaN && expected.isNaN))
      }
    }
  #endif

  @Test func convertsBetweenFloatAndDouble() throws {
    // More elements than are converted at a time.
    let floats = Tensor<Float>.range(40_001) * 0.1
    let doubles = Tensor<Double>([0.1, 1e300, -1e300, 1e-300, .nan])
    var writer = SafetensorsWriter()
    writer.add("floats", floats)
    writer.add("doubles", doubles)
    let file = try SafetensorsFile(bytes: writer.bytes(), name: "numbers")
    #expect(areIdentical(try file.tensor("floats"), floats))
    #expect(areIdentical(try file.tensor("doubles"), doubles))
    #expect(areIdentical(try file.tensor("floats"), Tensor<Double>(floats)))
    let rounded = try file.tensor("doubles", as: Float.self).scalars
    #expect(rounded.dropLast() == [0.1, .infinity, -.infinity, 0])
    #expect(rounded[4].isNaN)
  }

  @Test func keepsThePayloadOfNaN() throws {
    let payload = Tensor<Float>([Float(bitPattern: 0x7FA1_2345), Float(bitPattern: 0xFFC0_0001)])
    var writer = SafetensorsWriter()
    writer.add("a", payload)
    let file = try SafetensorsFile(bytes: writer.bytes(), name: "nan")
    #expect(areIdentical(try file.tensor("a"), payload))
  }

  @Test func takesWhiteSpaceEscapesAndAnyOrder() throws {
    let header = """
      {\n\t"\\u0062\\/\\ud83d\\ude00" : { "shape" : [ 2 , 1 ] ,\r "data_offsets":[4,12],\
      "dtype":"F32"},
      "__metadata__":{"k":"\\u00e9\\n"},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},
      "none":{"dtype":"F64","shape":[3,0],"data_offsets":[12,12]}}  \n
      """
    let file = try SafetensorsFile(bytes: file(header, dataCount: 12), name: "odd")
    #expect(file.entries.map(\.name) == ["a", "b/😀", "none"])
    #expect(file.metadata == ["k": "é\n"])
    #expect(try file.tensor("none", as: Double.self).shape == [3, 0])
    let bits = try file.tensor("b/😀", as: Float.self).scalars.map(\.bitPattern)
    #expect(bits == [0x0706_0504, 0x0B0A_0908])
    #expect(try file.tensor("a", as: Float.self).shape == [])
  }

  @Test func takesAFileWithoutTensors() throws {
    #expect(try SafetensorsFile(bytes: file("{}"), name: "empty").entries.isEmpty)
  }

  @Test func namesTheTensorThatIsNotThere() throws {
    let file = try SafetensorsFile(bytes: file("{}"), name: "empty.safetensors")
    let error = #expect(throws: SafetensorsError.self) { try file.tensor("b", as: Float.self) }
    #expect(error?.description == "empty.safetensors: has no tensor \"b\"")
  }

  @Test func readsBeyondFourGigabytes() throws {
    // The file is sparse: all but its ends takes no room on the disk.
    let directory = try TemporaryDirectory()
    let path = directory.path("large.safetensors")
    let half = 2_147_483_647
    let header = """
      {"a":{"dtype":"U8","shape":[\(half)],"data_offsets":[0,\(half)]},\
      "b":{"dtype":"I16","shape":[\(half)],"data_offsets":[\(half),\(3 * half)]},\
      "c":{"dtype":"F32","shape":[3],"data_offsets":[\(3 * half),\(3 * half + 12)]}}
      """
    let start = file(header)
    try Data(start).write(to: URL(filePath: path))
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.seek(toOffset: UInt64(start.count + 3 * half))
    try handle.write(contentsOf: Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40]))
    try handle.close()
    let file = try SafetensorsFile(path: path)
    #expect(try file.tensor("c", as: Float.self).scalars == [1, 2, 3])
  }
}

/// Files that are missing, or no files.
@Suite struct SafetensorsPathTests {
  private func message(opening path: String) -> String? {
    let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
    return error?.description
  }

  @Test func missingFiles() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("none.safetensors")
    #expect(message(opening: path) == "\(path): there is no such file")
    #expect(message(opening: "") == ": there is no such file")
  }

  @Test func directoriesAndDevices() throws {
    let directory = try TemporaryDirectory()
    #expect(
      message(opening: directory.url.path)
        == "\(directory.url.path): is a directory; name a file in it")
    #expect(
      message(opening: "/dev/null")
        == "/dev/null: is not a regular file; name a regular file or a new one")
  }

  @Test func aPipeIsNotWaitedFor() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    #expect(
      message(opening: path)
        == "\(path): is not a regular file; name a regular file or a new one")
  }

  @Test func aFileThatShrinksWhileItIsRead() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("m.safetensors")
    try SafetensorsFile.write(["a": Tensor<Float>.ones([3, 17])], to: path)
    let file = try SafetensorsFile(path: path)
    #expect(truncate(path, 100) == 0)
    for message in [
      #expect(throws: SafetensorsError.self) { try file.tensor("a", as: Float.self) },
      #expect(throws: SafetensorsError.self) { try file.tensor("a", as: Double.self) },
    ] {
      #expect(
        message?.description == "\(path): became shorter while it was read; read it again")
    }
  }
}
