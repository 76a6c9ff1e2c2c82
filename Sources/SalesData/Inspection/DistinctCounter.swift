#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A counter of distinct texts with bounded memory.
///
/// Up to ``exactLimit``, the count is exact except for 64-bit hash collisions. Above that, it is a
/// HyperLogLog estimate (Flajolet et al. 2007) with 4096 registers and a standard error of 1.6 %.
/// The estimate is reproducible.
struct DistinctCounter {
  static let exactLimit = 4096

  private var hashes: Set<UInt64> = []
  /// For each value of the upper bits of a hash, the longest run of leading zeros in the remaining
  /// bits, plus 1.
  private var registers: [UInt8] = []

  private static let indexBits = 12

  /// A Boolean value that indicates whether ``count`` is an estimate.
  var isEstimate: Bool { !registers.isEmpty }

  /// The number of distinct texts.
  var count: Int { isEstimate ? Int(estimate.rounded()) : hashes.count }

  mutating func insert(_ text: UnsafeBufferPointer<UInt8>) {
    var hasher = ByteHash(seed: 0x9E37_79B9_7F4A_7C15)
    hasher.combine(text)
    let hash = hasher.value
    if isEstimate { return register(hash) }
    hashes.insert(hash)
    guard hashes.count > Self.exactLimit else { return }
    registers = Array(repeating: 0, count: 1 << Self.indexBits)
    for hash in hashes { register(hash) }
    hashes = []
  }

  private mutating func register(_ hash: UInt64) {
    let index = Int(hash >> UInt64(64 - Self.indexBits))
    let rest = hash << UInt64(Self.indexBits)
    let rank = UInt8(min(rest.leadingZeroBitCount, 64 - Self.indexBits) + 1)
    registers[index] = max(registers[index], rank)
  }

  private var estimate: Double {
    let count = Double(registers.count)
    let sum = registers.reduce(0.0) { $0 + 1 / Double(UInt64(1) << UInt64($1)) }
    let raw = 0.7213 / (1 + 1.079 / count) * count * count / sum
    let empty = registers.count { $0 == 0 }
    // Linear counting is more accurate if few registers are used.
    return raw <= 2.5 * count && empty > 0 ? count * log(count / Double(empty)) : raw
  }
}
