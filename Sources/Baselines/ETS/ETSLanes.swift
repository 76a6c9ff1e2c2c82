internal import RealModule
internal import SIMDKernels

/// A structure that one kernel computes. Other structures are special cases with weights of 0.
enum ETSForm: Hashable {
  case absoluteErrors
  case relativeErrors
  case seasonalFactors

  static let all: [ETSForm] = [.absoluteErrors, .relativeErrors, .seasonalFactors]

  init(_ structure: ETSStructure) {
    self =
      structure.season == .multiplicative
      ? .seasonalFactors : structure.hasRelativeErrors ? .relativeErrors : .absoluteErrors
  }
}

/// The buffers of the kernel that computes likelihoods of exponential smoothing models, one in each
/// of L lanes.
struct ETSLanes {
  /// The number of lanes, L.
  static let count = Int(FS_SMOOTHING_LANES)

  private let season: Int
  /// The values of the series, [T, L].
  private var values: [Double]
  /// The steps, weights, sums, and states, `[1 + 4 + 2 + 2 + m, L]`.
  private var numbers: [Double]
  /// The states before the first step, `[2 + m, L]`. The kernel replaces them with those after the
  /// last step.
  private var states: [Double]
  private var objectives = [Double](repeating: 0, count: ETSLanes.count)
  /// A Boolean value for each lane that indicates whether its states are valid.
  private var isValid = [Bool](repeating: false, count: ETSLanes.count)

  private static let weightRow = 1
  private static let sumRow = 5
  private static let stateRow = 7

  /// Allocates buffers for series of at most `steps` values.
  init(steps: Int, season: Int) {
    self.season = season
    values = Array(repeating: 0, count: steps * Self.count)
    numbers = Array(repeating: 0, count: (Self.stateRow + 2 + season) * Self.count)
    states = Array(repeating: 0, count: (2 + season) * Self.count)
  }

  /// Copies a series into a lane.
  mutating func load(_ series: [Double], into lane: Int) {
    for (step, value) in series.enumerated() { values[step * Self.count + lane] = value }
    numbers[lane] = Double(series.count)
  }

  /// Marks a lane as empty.
  mutating func clear(_ lane: Int) { numbers[lane] = 0 }

  /// Sets the weights and the initial states of a lane.
  mutating func set(_ parameters: [Double], of structure: ETSStructure, in lane: Int) {
    let parameters = ETSParameters(parameters, of: structure, season: season)
    let row = Self.count
    let weights = Self.weightRow * row + lane
    numbers[weights] = parameters.alpha
    numbers[weights + row] = parameters.beta / parameters.alpha
    numbers[weights + 2 * row] = parameters.gamma
    numbers[weights + 3 * row] = parameters.phi
    states[lane] = parameters.level
    states[row + lane] = parameters.slope
    var rest = structure.season == .multiplicative ? Double(season) : 0
    var lowest = Double.infinity
    for place in 0..<season {
      let term = place == 0 ? 0 : parameters.term(at: place)
      rest -= term
      if place > 0 { lowest = min(lowest, term) }
      states[(2 + place) * row + lane] = term
    }
    if structure.hasSeason { states[2 * row + lane] = rest }
    isValid[lane] = structure.season != .multiplicative || min(lowest, rest) >= 0
  }

  /// Computes the likelihoods of all lanes.
  mutating func run(_ form: ETSForm) {
    let steps = Int(numbers[0..<Self.count].max()!)
    run(form, steps: steps)
    for lane in 0..<Self.count where numbers[lane] > 0 {
      objectives[lane] = isValid[lane] ? objective(in: lane, form) : .infinity
    }
  }

  private mutating func run(_ form: ETSForm, steps: Int) {
    let first = Self.stateRow * Self.count
    for place in states.indices { numbers[first + place] = states[place] }
    var kernelForm = fs_smoothing_form(
      season: season, multiplicative_error: form == .absoluteErrors ? 0 : 1,
      multiplicative_season: form == .seasonalFactors ? 1 : 0)
    values.withUnsafeBufferPointer { values in
      numbers.withUnsafeMutableBufferPointer { numbers in
        guard let values = values.baseAddress, let numbers = numbers.baseAddress else { return }
        fs_exponential_smoothing(
          values, steps, numbers, numbers + Self.weightRow * Self.count, numbers + first,
          numbers + Self.sumRow * Self.count, &kernelForm)
      }
    }
  }

  /// Returns minus twice the log-likelihood of a lane, up to a constant, or infinity if it is NaN
  /// or a seasonal factor is negative.
  func objective(of lane: Int) -> Double { objectives[lane] }

  private func objective(in lane: Int, _ form: ETSForm) -> Double {
    let squares = numbers[Self.sumRow * Self.count + lane]
    let logarithms = numbers[(Self.sumRow + 1) * Self.count + lane]
    let value =
      numbers[lane] * Double.log(squares > 0 ? squares : squares + 1e-8) + 2 * logarithms
    return value.isNaN ? .infinity : max(value, -1e10)
  }

  /// Returns the model of a fit, with the states after the last value.
  mutating func model(_ fit: ETSFit, of series: [Double]) -> ETSModel {
    let structure = fit.structure
    load(series, into: 0)
    set(fit.parameters, of: structure, in: 0)
    run(ETSForm(structure), steps: series.count)
    let parameters = ETSParameters(fit.parameters, of: structure, season: season)
    let states = (0..<2 + season).map { numbers[(Self.stateRow + $0) * Self.count] }
    return ETSModel(
      structure: structure, alpha: parameters.alpha, beta: parameters.beta,
      gamma: parameters.gamma, phi: parameters.phi, logLikelihood: -fit.objective / 2,
      aicc: fit.aicc, variance: numbers[Self.sumRow * Self.count] / Double(fit.freedom),
      level: states[0], slope: states[1],
      season: structure.hasSeason
        ? (0..<season).map { states[2 + (series.count + $0) % season] } : [0])
  }
}

/// The weights and the initial states of a model, from the parameter vector of the search.
private struct ETSParameters {
  let alpha: Double
  let beta: Double
  let gamma: Double
  let phi: Double
  let level: Double
  let slope: Double
  private let parameters: [Double]
  private let season: Int
  private let hasSeason: Bool

  init(_ parameters: [Double], of structure: ETSStructure, season: Int) {
    var place = 0
    func next() -> Double {
      defer { place += 1 }
      return parameters[place]
    }
    alpha = next()
    beta = structure.hasTrend ? next() : 0
    gamma = structure.hasSeason ? next() : 0
    phi = structure.isDamped ? next() : 1
    level = next()
    slope = structure.hasTrend ? next() : 0
    self.parameters = parameters
    self.season = season
    hasSeason = structure.hasSeason
  }

  /// Returns the seasonal term of a step other than the first. The vector ends with the term of the
  /// second.
  func term(at step: Int) -> Double { hasSeason ? parameters[parameters.count - step] : 0 }
}
