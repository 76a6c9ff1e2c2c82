import Foundation
import Tensor
import TestSupport
import Testing

struct RandomTests {
  /// The published algorithms of Blackman & Vigna, in Python:
  ///
  /// ```python
  /// M = (1 << 64) - 1
  /// rotl = lambda x, k: ((x << k) | (x >> (64 - k))) & M
  ///
  /// def splitmix64(seed):
  ///     while True:
  ///         seed = (seed + 0x9E3779B97F4A7C15) & M
  ///         z = seed
  ///         z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
  ///         z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
  ///         yield z ^ (z >> 31)
  ///
  /// def xoshiro256starstar(seed):
  ///     fill = splitmix64(seed)
  ///     s = [next(fill) for _ in range(4)]
  ///     while True:
  ///         yield (rotl((s[1] * 5) & M, 7) * 9) & M
  ///         t = (s[1] << 17) & M
  ///         s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]
  ///         s[2] ^= t
  ///         s[3] = rotl(s[3], 45)
  ///
  /// for seed in (0, 1, 42, M):
  ///     g = xoshiro256starstar(seed)
  ///     print(seed, [hex(next(g)) for _ in range(4)])
  /// ```
  @Test(
    arguments: [
      (
        0,
        [
          0x99ec_5f36_cb75_f2b4, 0xbf6e_1f78_4956_452a, 0x1a5f_849d_4933_e6e0,
          0x6aa5_94f1_262d_2d2c,
        ]
      ),
      (
        1,
        [
          0xb3f2_af6d_0fc7_10c5, 0x853b_5596_4736_4cea, 0x92f8_9756_082a_4514,
          0x642e_1c7b_c266_a3a7,
        ]
      ),
      (
        42,
        [
          0x1578_0b2e_0c2e_c716, 0x6104_d986_6d11_3a7e, 0xae17_5332_39e4_99a1,
          0xecb8_ad47_03b3_60a1,
        ]
      ),
      (
        .max,
        [
          0x8f55_20d5_2a7e_ad08, 0xc476_a018_caa1_802d, 0x81de_31c0_d260_469e,
          0xbf65_8d7e_065f_3c2f,
        ]
      ),
    ] as [(UInt64, [UInt64])])
  func generatorIsThePublishedOne(seed: UInt64, expected: [UInt64]) {
    var generator = Xoshiro256(seed: seed)
    #expect((0..<4).map { _ in generator.next() } == expected)
  }

  @Test func stateIsSavedAndRestored() throws {
    var generator = Xoshiro256(seed: 3)
    for _ in 0..<17 { _ = generator.next() }
    var restored = try JSONDecoder().decode(
      Xoshiro256.self, from: JSONEncoder().encode(generator))
    #expect(restored == generator)
    #expect((0..<5).map { _ in restored.next() } == (0..<5).map { _ in generator.next() })
  }

  @Test func sameSeedGivesSameNumbers() {
    func draws(_ seed: UInt64) -> [Tensor<Float>] {
      var generator = Xoshiro256(seed: seed)
      return [
        .uniform([3, 5], using: &generator), .normal([7], using: &generator),
        .bernoulli([65], probability: 0.3, using: &generator),
      ]
    }
    #expect(draws(1) == draws(1))
    #expect(draws(1) != draws(2))
  }

  /// A mean over 200,001 draws has a standard error of 0.0022 standard deviations; the tolerances are
  /// three times theirs or more.
  @Test func momentsAreThoseOfTheDistributions() {
    var generator = Xoshiro256(seed: 5)
    let count = 200_001
    let uniform = Tensor<Double>.uniform([count], in: -1..<3, using: &generator)
    expectClose(uniform.mean(), [1], within: 0.01)
    expectClose(uniform.variance(), [16.0 / 12], within: 0.01)
    #expect(uniform.min().scalar >= -1 && uniform.max().scalar < 3)
    #expect(uniform.min().scalar < -0.999 && uniform.max().scalar > 2.999)
    let normal = Tensor<Double>.normal(
      [count], mean: 2, standardDeviation: 0.5, using: &generator)
    expectClose(normal.mean(), [2], within: 0.005)
    expectClose(normal.variance(), [0.25], within: 0.005)
    let standardized = (normal - 2) / 0.5
    expectClose(standardized.power(3).mean(), [0], within: 0.03)
    expectClose(standardized.power(4).mean(), [3], within: 0.1)
    expectClose((standardized.abs() .< 1).mean(), [0.6827], within: 0.005)
    // Box & Muller give them in pairs, which must not depend on one another.
    let pairs = standardized[0..<(count - 1)].reshaped(to: [-1, 2])
    expectClose(
      (pairs[.all, .index(0)] * pairs[.all, .index(1)]).mean(), [0], within: 0.015)
    let bernoulli = Tensor<Float>.bernoulli([count], probability: 0.3, using: &generator)
    expectClose(bernoulli.mean(), [0.3], within: 0.005)
    #expect(((bernoulli .== 0) + (bernoulli .== 1)).sum().scalar == Float(count))
  }

  @Test func extremeProbabilitiesAreCertain() {
    var generator = Xoshiro256(seed: 5)
    #expect(Tensor<Float>.bernoulli([65], probability: 0, using: &generator) == .zeros([65]))
    #expect(Tensor<Float>.bernoulli([65], probability: 1, using: &generator) == .ones([65]))
    #expect(Tensor<Float>.normal([0, 3], using: &generator).shape == [0, 3])
  }

  /// Rounding could lift a product to the end that the range excludes.
  @Test func narrowRangesKeepTheirEnds() {
    var generator = Xoshiro256(seed: 5)
    let lower: Float = 1
    let range = lower..<lower.nextUp.nextUp
    let values = Tensor<Float>.uniform([1001], in: range, using: &generator)
    #expect(values.scalars.allSatisfy { range.contains($0) })
  }
}
