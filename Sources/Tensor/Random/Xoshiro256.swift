/// The generator xoshiro256** of Blackman & Vigna (2018), which is fast and small and has a period
/// of 2²⁵⁶ − 1.
///
/// The same seed gives the same numbers on every machine. The state can be saved and restored, so
/// that interrupted training continues identically.
public struct Xoshiro256: RandomNumberGenerator, Hashable, Sendable, Codable {
  private var s0, s1, s2, s3: UInt64

  /// Creates a generator whose state SplitMix64 derives from a seed, as its authors recommend.
  public init(seed: UInt64) {
    var splitMix = seed
    func next() -> UInt64 {
      splitMix &+= 0x9E37_79B9_7F4A_7C15
      var z = splitMix
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    s0 = next()
    s1 = next()
    s2 = next()
    s3 = next()
  }

  public mutating func next() -> UInt64 {
    let result = Self.rotated(s1 &* 5, 7) &* 9
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = Self.rotated(s3, 45)
    return result
  }

  private static func rotated(_ x: UInt64, _ count: UInt64) -> UInt64 {
    (x << count) | (x >> (64 - count))
  }
}
