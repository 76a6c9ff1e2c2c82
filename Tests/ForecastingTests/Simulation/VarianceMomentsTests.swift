import Forecasting
import Testing

/// Estimates of a variance law equal those of NumPy 1.26:
///
/// ```python
/// import numpy as np
/// m = np.array([0.5, 1.5, 2, 4, 7, 12, 20, 33.0])
/// e = np.array([0.4, -1.9, 2.2, -1.5, 5, -6, 11, -14.0])
/// law = np.array([(e**2).sum() / m.sum(), 0])
/// for _ in range(4):
///     v = law[0] * m + law[1] * m**2
///     law = np.linalg.lstsq(np.c_[m, m**2] / v[:, None], e**2 / v, rcond=None)[0]
/// print(law)
/// ```
@Suite struct VarianceMomentsTests {
  private static let means = [0.5, 1.5, 2, 4, 7, 12, 20, 33]
  private static let errors = [0.4, -1.9, 2.2, -1.5, 5, -6, 11, -14]

  private static func law(_ means: [Double], _ errors: [Double]) -> VarianceLaw? {
    var moments = VarianceMoments()
    for (mean, error) in zip(means, errors) { moments.add(mean: mean, error: error) }
    return moments.law
  }

  @Test func equalsNumPy() throws {
    let law = try #require(Self.law(Self.means, Self.errors))
    #expect(abs(law.linear - 1.13960995) < 1e-8)
    #expect(abs(law.square - 0.19948305) < 1e-8)
    #expect(abs(law.variance(of: 3) - (3 * 1.13960995 + 9 * 0.19948305)) < 1e-7)
  }

  /// The unit of the target is a factor of φ alone.
  @Test(arguments: [1e-6, 1e9]) func followsTheUnit(_ unit: Double) throws {
    let law = try #require(
      Self.law(Self.means.map { $0 * unit }, Self.errors.map { $0 * unit }))
    #expect(abs(law.linear / unit - 1.13960995) < 1e-6)
    #expect(abs(law.square - 0.19948305) < 1e-6)
  }

  @Test func neverIsNegative() throws {
    // Squared errors that grow slower than their means, and ones that grow faster than the squares.
    let slow = try #require(Self.law([1, 4, 9], [2, 2, 2]))
    #expect(slow.linear > 0 && slow.square == 0)
    let fast = try #require(Self.law([1, 4, 9], [0.01, 4, 20]))
    #expect(fast.linear == 0 && fast.square > 0)
    // All means are equal, so that the two can't be told apart.
    let equal = try #require(Self.law([2, 2], [1, 3]))
    #expect(equal.linear == 2.5 && equal.square == 0)
    #expect(Self.law([0, 3], [5, 0]) == nil)
  }
}
