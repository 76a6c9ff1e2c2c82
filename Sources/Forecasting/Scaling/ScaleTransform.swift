internal import RealModule

/// A fitted scale: an increasing map, in steps that can be undone.
///
/// Computed in double precision and rounded to single, in which networks compute. Since it increases, a quantile of what was transformed is restored
/// to that quantile. A mean is not, unless all steps are affine: under ``Step/signedLog`` and
/// ``Step/boxCox(lambda:shift:)`` a restored mean is nearer to a median, below the mean for λ < 1.
/// For means restore many samples, and average those.
public struct ScaleTransform: Sendable, Equatable {
  /// One of the maps that a transform is made of.
  public enum Step: Sendable, Equatable, Codable {
    /// (x − offset) / scale.
    case affine(offset: Double, scale: Double)
    /// sign(x) · log(1 + |x|).
    case signedLog
    /// ((x + shift)^lambda − 1) / lambda, log(x + shift) for a lambda of 0.
    case boxCox(lambda: Double, shift: Double)
  }

  /// The maps, in the order of their application.
  public internal(set) var steps: [Step]

  /// The transform of some maps. A scale that is not above 0, and a number that is not finite, stop
  /// the program.
  public init(_ steps: [Step]) {
    if let wrong = steps.first(where: { !$0.isValid }) {
      fatalError("ScaleTransform: expected finite numbers and a scale above 0, got \(wrong)")
    }
    self.steps = steps
  }

  /// Values in units of the scale; the greatest number of either sign for what lies beyond it.
  ///
  /// - Throws: `ScalingError.notPositive` for the first value that has no logarithm or power.
  public func transformed(_ values: [Double]) throws(ScalingError) -> [Double] {
    var numbers = values
    if let (place, shift) = transform(&numbers) {
      throw .notPositive(id: nil, date: nil, value: numbers[place], shift: shift)
    }
    return numbers.map(\.roundedToSingle)
  }

  /// Values in their own units again. What lies beyond all that can be transformed is restored to
  /// the end of that range: below to −shift; above, for a negative lambda, to the greatest number.
  public func restored(_ values: [Double]) -> [Double] {
    var numbers = values
    restore(&numbers)
    return numbers.map(\.roundedToSingle)
  }

  /// Transforms in place; nil where all have a transform, else the place of the first that has
  /// none, and the shift that is too small for it. That value is then what the maps before have
  /// made of it.
  func transform(_ values: inout [Double]) -> (place: Int, shift: Double)? {
    for step in steps {
      if let place = step.apply(to: &values), case .boxCox(_, let shift) = step {
        return (place, shift)
      }
    }
    return nil
  }

  func restore(_ values: inout [Double]) {
    for step in steps.reversed() { step.undo(in: &values) }
  }
}

extension ScaleTransform.Step {
  /// Maps values in place; gives the place of the first one that the map is not defined for.
  func apply(to values: inout [Double]) -> Int? {
    switch self {
    case .affine(let offset, let scale):
      for place in values.indices { values[place] = (values[place] - offset) / scale }
    case .signedLog:
      for place in values.indices {
        let value = values[place]
        values[place] = value < 0 ? -Double.log(onePlus: -value) : Double.log(onePlus: value)
      }
    case .boxCox(let lambda, let shift):
      for place in values.indices {
        let value = values[place] + shift
        guard value > 0 else { return place }
        let log = Double.log(value)
        values[place] = lambda == 0 ? log : Double.expMinusOne(lambda * log) / lambda
      }
    }
    return nil
  }

  func undo(in values: inout [Double]) {
    switch self {
    case .affine(let offset, let scale):
      for place in values.indices { values[place] = values[place] * scale + offset }
    case .signedLog:
      for place in values.indices {
        let value = values[place]
        values[place] = value < 0 ? -Double.expMinusOne(-value) : Double.expMinusOne(value)
      }
    case .boxCox(let lambda, let shift):
      for place in values.indices {
        values[place] = Self.inversePower(values[place], lambda) - shift
      }
    }
  }

  /// (λz + 1)^(1/λ), and its limit where λz + 1 is not above 0.
  private static func inversePower(_ value: Double, _ lambda: Double) -> Double {
    if lambda == 0 { return .exp(value) }
    let product = lambda * value
    if product <= -1 { return lambda > 0 ? 0 : .infinity }
    return .exp(.log(onePlus: product) / lambda)
  }

  fileprivate var isValid: Bool {
    switch self {
    case .affine(let offset, let scale): offset.isFinite && scale.isFinite && scale > 0
    case .signedLog: true
    case .boxCox(let lambda, let shift): lambda.isFinite && shift.isFinite
    }
  }
}

extension ScaleTransform: Codable {
  /// Reads a transform as it was written: a list of its maps.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    steps = try container.decode([Step].self)
    if let wrong = steps.first(where: { !$0.isValid }) {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "expected finite numbers and a scale above 0, got \(wrong)")
    }
  }

  /// Writes the list of the maps.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(steps)
  }
}
