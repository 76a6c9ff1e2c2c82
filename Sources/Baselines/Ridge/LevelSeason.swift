internal import RealModule

/// A second season, of the levels of a series, such as the weeks of a year of daily sales.
struct LevelSeason {
  /// The factor of each place in the season, with a mean of 1.
  private let factors: [Double]

  /// Estimates a season from positive levels, or returns nil unless there are two seasons.
  ///
  /// The factors are the means of each place, pulled towards a prior the more, the fewer seasons
  /// there are. The prior is a sine wave if the Bayesian information criterion prefers it to 1.
  init?(_ levels: [Double], length: Int) {
    let seasons = levels.count / length
    guard seasons >= 2 else { return nil }
    let places = Double(length)
    let means = (0..<length).map { place in
      let values = stride(from: place, to: levels.count, by: length).map { levels[$0] }
      return values.reduce(0, +) / Double(values.count)
    }
    let center = means.reduce(0, +) / places
    let raw = means.map { $0 / center }
    let angles = (0..<length).map { 2 * Double.pi * Double($0) / places }
    let cosine = 2 / places * zip(raw, angles).reduce(0) { $0 + ($1.0 - 1) * .cos($1.1) }
    let sine = 2 / places * zip(raw, angles).reduce(0) { $0 + ($1.0 - 1) * .sin($1.1) }
    let wave = angles.map { 1 + cosine * .cos($0) + sine * .sin($0) }
    func criterion(_ squares: Double, parameters: Double) -> Double {
      places * .log(max(squares / places, 1e-30)) + parameters * .log(places)
    }
    let flatness = criterion(raw.reduce(0) { $0 + ($1 - 1) * ($1 - 1) }, parameters: 0)
    let fit = criterion(
      zip(raw, wave).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }, parameters: 2)
    let weight = Double(seasons) / Double(seasons + length)
    let pulled = zip(raw, wave).map { raw, wave in
      max(weight * raw + (1 - weight) * (fit < flatness ? wave : 1), 1e-6)
    }
    let whole = pulled.reduce(0, +) / places
    factors = pulled.map { $0 / whole }
  }

  /// Returns the factor of the period at an index.
  func factor(_ index: Int) -> Double { factors[index % factors.count] }

  /// Returns the levels without the season.
  func removed(from levels: [Double]) -> [Double] {
    levels.enumerated().map { $1 / factor($0) }
  }
}
