import Forecasting
import Testing

/// Random damage to a small table: each time the reader gives a panel or a typed error, and never
/// crashes; and where it gives a panel, the report adds up.
@Suite struct LongTableFuzzTests {
  static let table =
    "unique_id,ds,y,note\n\"a \"\"b\"\"\",2024-01-01,1,x\n"
    + "caf\u{E9},2024-01-02,2.5e1,\"line\nbreak\"\n"
    + "c,2024-01-03,NaN,\r\nc,2024-01-04,-0.0,\"\"\n"

  /// What makes a parser go wrong more often than a random byte does.
  static let tokens: [[UInt8]] =
    [
      "\"", "\"\"", ",", ";", "\n", "\r", "\r\n", "\0", "\u{FEFF}", "-", ".", "e", "1e999", "inf",
      "9999-12-31", "0000-00-00", "2024-02-29", " 00:00", "NaN", "99999999999999999999",
      "unique_id",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82]]

  @Test(arguments: [1, 2, 3] as [UInt64]) func survivesRandomDamage(seed: UInt64) {
    var random = SplitMix(state: seed)
    var panels = 0
    var errors: Set<String> = []
    for _ in 0..<3000 {
      let bytes = damaged(&random)
      do {
        let table = try readTable(bytes: bytes) {
          $0.negativeValues = .clip
          $0.missingDays = random.next(below: 2) == 0 ? .zero : .gap
          $0.missingValues = random.next(below: 2) == 0 ? .reject : .gap
        }
        panels += 1
        #expect(table.report.rowsRead == table.report.rowsKept + table.report.rowsSetAside)
        let kept = table.panel.allSeries.reduce(0) { $0 + $1.observedCount }
        #expect(kept == table.report.rowsKept + table.report.stepsFilledWithZero)
      } catch {
        #expect(!error.description.isEmpty)
        errors.insert(String("\(error.fault)".prefix { $0.isLetter }))
      }
    }
    // The damage is neither too mild nor too strong to say something.
    #expect(panels > 50)
    #expect(errors.count > 10, "\(errors)")
  }

  private func damaged(_ random: inout SplitMix) -> [UInt8] {
    var bytes = Array(Self.table.utf8)
    for _ in 0...random.next(below: 4) {
      let place = random.next(below: bytes.count + 1)
      switch random.next(below: 5) {
      case 0 where place < bytes.count: bytes[place] = UInt8(random.next(below: 256))
      case 1 where place < bytes.count:
        bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(below: 8)))
      case 2: bytes.removeSubrange(place...)
      case 3:
        let end = min(bytes.count, place + random.next(below: 40))
        bytes.insert(contentsOf: bytes[place..<end], at: random.next(below: bytes.count + 1))
      default:
        bytes.insert(contentsOf: Self.tokens[random.next(below: Self.tokens.count)], at: place)
      }
    }
    return bytes
  }
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same damage in every run.
private struct SplitMix {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
