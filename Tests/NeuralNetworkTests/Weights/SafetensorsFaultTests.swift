import Foundation
import NeuralNetwork
import Testing

/// Each fault of a file is an error that names it, and says how to mend it.
@Suite struct SafetensorsFaultTests {
  /// A file, and what is said of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let message: String
    var testDescription: String { message }

    init(_ header: String, _ message: String) {
      self.init(file(header), message)
    }

    init(_ header: String, _ dataCount: Int, _ message: String) {
      self.init(file(header, dataCount: dataCount), message)
    }

    init(_ bytes: [UInt8], _ message: String) {
      self.bytes = bytes
      self.message = message
    }
  }

  private static func expect(_ fault: Case, sourceLocation: SourceLocation = #_sourceLocation) {
    let error = #expect(throws: SafetensorsError.self, sourceLocation: sourceLocation) {
      try SafetensorsFile(bytes: fault.bytes, name: "m.safetensors")
    }
    #expect(
      error?.description == "m.safetensors: \(fault.message)", sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    Case([], "has 0 bytes, but a safetensors file has at least 10; copy or download it again"),
    Case(
      [2, 0, 0, 0, 0, 0, 0],
      "has 7 bytes, but a safetensors file has at least 10; copy or download it again"),
    Case(
      [0, 0, 0, 0, 0, 0, 0, 0x10, 0x7B],
      "says that its header has 1152921504606846976 bytes, but at most 100000000 are allowed; it "
        + "is not a safetensors file, or it is damaged"),
    Case(
      [UInt8](repeating: 0xFF, count: 8),
      "says that its header has 18446744073709551615 bytes, but at most 100000000 are allowed; it "
        + "is not a safetensors file, or it is damaged"),
    Case(
      [0x00, 0xE1, 0xF5, 0x05, 0, 0, 0, 0, 0x7B, 0x7D],
      "says that its header has 100000000 bytes, but only 2 follow; it is cut short, so copy or "
        + "download it again"),
    Case(  // 640 bytes of header: the first bytes of a pickle, but not the next
      [0x80, 0x02, 0, 0, 0, 0, 0, 0, 0x7B],
      "says that its header has 640 bytes, but only 1 follow; it is cut short, so copy or download "
        + "it again"),
    Case("", "its header does not start with {; it is not a safetensors file, or it is damaged"),
    Case("[]", "its header does not start with {; it is not a safetensors file, or it is damaged"),
    Case(" {}", "its header does not start with {; it is not a safetensors file, or it is damaged"),
  ])
  func start(_ fault: Case) { Self.expect(fault) }

  @Test(arguments: [
    Case(
      [0x50, 0x4B, 0x03, 0x04, 0, 0, 8, 8, 0, 0],
      "is a PyTorch file (zip), which can run code when it is loaded and is not read here; save it "
        + "with safetensors.torch.save_file instead"),
    Case(
      [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46],
      "is a PyTorch file (pickle), which can run code when it is loaded and is not read here; save "
        + "it with safetensors.torch.save_file instead"),
    Case(
      [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A],
      "is an HDF5 file, as Keras writes; save its weights with safetensors.numpy.save_file "
        + "instead"),
    Case(
      Array("version https://git-lfs.github.com/spec/v1\n".utf8),
      "is a Git LFS pointer, not the file itself; fetch the file with git lfs pull"),
  ])
  func foreignFormats(_ fault: Case) { Self.expect(fault) }

  @Test(arguments: [
    Case("{", json("\"", 9)),
    Case("{}x", json("nothing but padding", 10)),
    Case("{}\0", json("nothing but padding", 10)),
    Case(#"{"a"}"#, json(":", 12)),
    Case(#"{"a":1}"#, json("{", 13)),
    Case(#"{"a":{}"#, "tensor \"a\" has no field \"dtype\""),
    Case(#"{"a":{"dtype":"F32",}}"#, json("\"", 28)),
    Case(#"{"a":{"dtype":"F32"},}"#, "tensor \"a\" has no field \"shape\""),
    Case(#"{"a"#, json("the end of a string", 11)),
    Case("{\"a\n\":{}}", json("no control character in a string", 11)),
    Case(#"{"\x":{}}"#, json("an escape", 11)),
    Case(#"{"\"#, json("an escape", 11)),
    Case(#"{"\u12"#, json("u and four hexadecimal digits", 11)),
    Case(#"{"\u12g4":{}}"#, json("u and four hexadecimal digits", 11)),
    Case(#"{"\ud800":{}}"#, json("a Unicode character or a pair of surrogates", 11)),
    Case(#"{"\ud800\u0041":{}}"#, json("a Unicode character or a pair of surrogates", 11)),
    Case(#"{"\udc00\ud800":{}}"#, json("a Unicode character or a pair of surrogates", 11)),
    Case(#"{"a":{"shape":[1,]}}"#, json("a number", 25)),
    Case(#"{"a":{"shape":[[1]]}}"#, json("a number", 23)),
    Case(#"{"a":{"shape":[1 2]}}"#, json("]", 25)),
    Case(#"{"a":{"shape":3}}"#, json("[", 22)),
  ])
  func grammar(_ fault: Case) { Self.expect(fault) }

  @Test func textThatIsNotUTF8() {
    var bytes = file("{\"a??\":{}}")
    bytes.replaceSubrange(11..<13, with: [0xC3, 0x28])
    Self.expect(
      Case(
        bytes, "its header is not UTF-8 in the string at byte 10; write it again as UTF-8"))
  }

  @Test(arguments: [
    Case(
      #"{"__metadata__":3}"#,
      "its __metadata__ must map strings to strings, but does not at byte 24"),
    Case(
      #"{"__metadata__":{"a":{}}}"#,
      "its __metadata__ must map strings to strings, but does not at byte 29"),
    Case(
      #"{"__metadata__":{"a":"","a":""}}"#,
      "its __metadata__ has the key \"a\" twice; write it with one of them"),
    Case(
      #"{"__metadata__":{},"__metadata__":{}}"#,
      "has two tensors named \"__metadata__\"; write it with names that differ"),
  ])
  func metadata(_ fault: Case) { Self.expect(fault) }

  @Test(arguments: [
    Case(
      #"{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{}}"#,
      "has two tensors named \"a\"; write it with names that differ"),
    Case(
      #"{"a":{"dtype":"F32","dtype":"F32"}}"#, "tensor \"a\" has the field \"dtype\" twice"),
    Case(#"{"a":{"shape":[],"shape":[]}}"#, "tensor \"a\" has the field \"shape\" twice"),
    Case(
      #"{"a":{"data_offsets":[],"data_offsets":[]}}"#,
      "tensor \"a\" has the field \"data_offsets\" twice"),
    Case(
      #"{"a":{"offsets":[0,4]}}"#,
      "tensor \"a\" has a field \"offsets\", but only dtype, shape and data_offsets are known"),
    Case(
      #"{"a":{"dtype":"F32","shape":[1]}}"#, "tensor \"a\" has no field \"data_offsets\""),
    Case(
      #"{"a":{"dtype":"F31"}}"#,
      "tensor \"a\" has the unknown dtype \"F31\"; save it as F32 or F64"),
  ])
  func fields(_ fault: Case) { Self.expect(fault) }

  @Test(arguments: ["-1", "1.0", "1e2", "-0", "01", "9223372036854775808", "+1", "1-2"])
  func numbers(_ number: String) {
    Self.expect(
      Case(
        "{\"a\":{\"shape\":[3,\(number)]}}",
        "tensor \"a\" has \(number) in its shape, but numbers there must be integers from 0 to "
          + "9223372036854775807"))
    Self.expect(
      Case(
        "{\"a\":{\"data_offsets\":[\(number),3]}}",
        "tensor \"a\" has \(number) in its data_offsets, but numbers there must be integers from 0 to "
          + "9223372036854775807"))
  }

  @Test(arguments: [
    [1 << 40, 1 << 40], [1 << 31], [2_147_483_647, 2_147_483_647, 3], [0, 1 << 40],
    [2_147_483_647, 2_147_483_647, 2_147_483_647, 0],
  ])
  func largeShapes(_ shape: [Int]) {
    let text = shape.map { "\($0)" }.joined(separator: ",")
    Self.expect(
      Case(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\(text)],\"data_offsets\":[0,0]}}",
        "tensor \"a\" has the shape \(shape), which is too large: an axis has at most 2147483647 "
          + "elements, a tensor at most 9223372036854775807 bits"))
  }

  @Test(arguments: [
    Case(
      entry("a", "[1,1,1,1,1,1,1,1,1]", "[0,4]"), 4,
      "tensor \"a\" has 9 axes, but at most 8 can be read; reshape it before saving"),
    Case(
      entry("a", "[1]", "[0,4,8]"), 4,
      "tensor \"a\" has 3 data_offsets, but must have two, begin and end"),
    Case(
      entry("a", "[1]", "[4,0]"), 4, "tensor \"a\" ends at offset 0, before its start at 4"),
    Case(
      entry("a", "[3,5]", "[0,56]"), 56,
      "tensor \"a\" has 56 bytes of data, which is not the size of F32 of shape [3, 5]"),
    Case(
      #"{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}"#, 1,
      "tensor \"a\" has 1 bytes of data, which is not the size of F4 of shape [3]"),
    Case(
      both(entry("a", "[3]", "[0,12]"), entry("b", "[5]", "[8,28]")), 28,
      "the data of tensors \"a\" and \"b\" overlap"),
    Case(
      both(entry("a", "[3]", "[0,12]"), entry("b", "[0]", "[4,4]")), 12,
      "the data of tensors \"a\" and \"b\" overlap"),
    Case(
      both(entry("b", "[3]", "[4,16]"), entry("a", "[5]", "[20,40]")), 40,
      "tensor \"b\" begins at offset 4, but the data before it ends at 0"),
    Case(
      both(entry("b", "[3]", "[0,12]"), entry("a", "[5]", "[16,36]")), 36,
      "tensor \"a\" begins at offset 16, but the data before it ends at 12"),
    Case(
      both(entry("b", "[3]", "[0,12]"), entry("a", "[5]", "[12,32]")), 31,
      "tensor \"a\" ends at offset 32, but there are only 31 bytes of data; the file is cut short, "
        + "so copy or download it again"),
    Case(
      entry("a", "[3]", "[0,12]"), 17,
      "has 5 bytes after its last tensor; it is damaged, so copy or download it again"),
    Case(
      "{}", 1, "has 1 bytes after its last tensor; it is damaged, so copy or download it again"),
  ])
  func layout(_ fault: Case) { Self.expect(fault) }
}

private func json(_ expected: String, _ position: Int) -> String {
  "its header is not the JSON of a safetensors file: expected \(expected) at byte \(position)"
}

private func entry(_ name: String, _ shape: String, _ offsets: String) -> String {
  "{\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":\(offsets)}}"
}

private func both(_ first: String, _ second: String) -> String {
  first.dropLast() + "," + second.dropFirst()
}
