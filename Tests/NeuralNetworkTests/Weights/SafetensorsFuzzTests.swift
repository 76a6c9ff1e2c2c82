import NeuralNetwork
import Testing

/// Random damage to a small file: each time it opens as a sound file or is a typed error, and never
/// crashes; where it opens, its tensors cover its data and can be read.
@Suite struct SafetensorsFuzzTests {
  private static let header = """
    {"__metadata__":{"format":"pt","k\\u00e9":"v\\n"},\
    "d":{"dtype":"F64","shape":[3],"data_offsets":[0,24]},\
    "a.b":{"dtype":"F32","shape":[2,3],"data_offsets":[24,48]},\
    "none":{"dtype":"BF16","shape":[0,5],"data_offsets":[48,48]},\
    "h":{"dtype":"F16","shape":[1,7],"data_offsets":[48,62]}}
    """

  /// What makes a parser go wrong more often than a random byte does.
  private static let tokens: [[UInt8]] =
    [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\\"", "-", ".", "e9", "0", "1",
      "9223372036854775807", "9223372036854775808", "2147483648", "1099511627776", "null", "{}",
      "[]", "\"dtype\"", "\"shape\":[]", "\"F32\"", "\"I8\"", "__metadata__", "\0", " ",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80]]

  @Test(arguments: [1, 2, 3] as [UInt64])
  func survivesRandomDamage(seed: UInt64) {
    var generator = Xoshiro256(seed: seed)
    var soundFiles = 0
    var faults: Set<String> = []
    for _ in 0..<15_000 {
      let bytes = Self.damaged(&generator)
      do throws(SafetensorsError) {
        let file = try SafetensorsFile(bytes: bytes, name: "damaged")
        soundFiles += 1
        try Self.expectSound(file)
      } catch {
        #expect(error.description.hasPrefix("damaged: "))
        faults.insert(String("\(error.fault)".prefix { $0 != "(" }))
      }
    }
    // The damage is neither too mild nor too strong to say something.
    #expect(soundFiles > 100)
    #expect(faults.count > 15, "\(faults)")
  }

  private static func expectSound(_ file: SafetensorsFile) throws(SafetensorsError) {
    var end = 0
    for entry in file.entries {
      #expect(entry.offsets.lowerBound == end)
      end = entry.offsets.upperBound
      guard entry.type.isReadable else { continue }
      let tensor = try file.tensor(entry.name, as: Float.self)
      #expect(tensor.shape == entry.shape)
      #expect(tensor.elementCount * entry.type.bitCount == entry.offsets.count * 8)
    }
  }

  private static func damaged(_ generator: inout Xoshiro256) -> [UInt8] {
    var header = Array(header.utf8)
    var length = header.count
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      damage(&header, &generator)
    }
    // Mostly the length is right, so that the damage is seen by the parser.
    if Int.random(in: 0..<8, using: &generator) > 0 { length = header.count }
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header
    bytes += (0..<62).map { UInt8($0) }
    if Int.random(in: 0..<8, using: &generator) == 0 { damage(&bytes, &generator) }
    return bytes
  }

  private static func damage(_ bytes: inout [UInt8], _ generator: inout Xoshiro256) {
    let place = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
    guard place < bytes.count else { return }
    switch Int.random(in: 0..<12, using: &generator) {
    case 0...2: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 3: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 4...5:
      let count = Int.random(in: 1...8, using: &generator)
      bytes.removeSubrange(place..<min(bytes.count, place + count))
    case 6: bytes.removeSubrange(place...)
    case 7:
      let piece = bytes[place..<min(bytes.count, place + 60)]
      bytes.insert(
        contentsOf: Array(piece), at: Int.random(in: 0...bytes.count, using: &generator))
    case 8...9:  // a digit for a digit: the JSON stays sound
      let digits = bytes.indices.filter { 0x30...0x39 ~= bytes[$0] }
      guard let index = digits.randomElement(using: &generator) else { return }
      bytes[index] = UInt8.random(in: 0x30...0x39, using: &generator)
    default:
      bytes.insert(contentsOf: tokens.randomElement(using: &generator)!, at: place)
    }
  }
}
