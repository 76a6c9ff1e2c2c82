internal import RealModule

/// A fitted scale: an increasing, invertible map.
///
/// It is computed in double precision and rounded to single precision, in which networks compute.
/// Because it increases, a quantile of transformed values is restored to that quantile. A mean
/// isn't, unless all steps are affine: under ``Step/signedLog`` and ``Step/boxCox(lambda:shift:)``,
/// a restored mean is closer to a median, below the mean for λ < 1. To obtain means, restore many
/// samples and average them.
public struct ScaleTransform: Sendable, Equatable {
  /// One of the maps that a transform consists of.
  public enum Step: Sendable, Equatable, Codable {
    /// (x − offset) / scale.
    case affine(offset: Double, scale: Double)
    /// sign(x) · log(1 + |x|).
    case signedLog
    /// ((x + shift)^lambda − 1) / lambda, or log(x + shift) if lambda is 0.
    case boxCox(lambda: Double, shift: Double)
  }

  /// The maps, in the order in which they are applied.
  public internal(set) var steps: [Step]

  /// Creates a transform from maps. Stops the program if a scale isn't positive, or if a number
  /// isn't finite.
  public init(_ steps: [Step]) {
    if let wrong = steps.first(where: { !$0.isValid }) {
      fatalError("ScaleTransform: expected finite numbers and a scale above 0, got \(wrong)")
    }
    self.steps = steps
  }

  /// Returns values in units of the scale, clamped to the range of single precision.
  ///
  /// - Throws: `ScalingError.notPositive` for the first value that has no logarithm or power.
  public func transformed(_ values: [Double]) throws(ScalingError) -> [Double] {
    var numbers = values
    if let (place, shift) = transform(&numbers) {
      throw .notPositive(id: nil, date: nil, value: numbers[place], shift: shift)
    }
    return numbers.map(\.roundedToSingle)
  }

  /// Returns values in their original units. Values outside the range of the transform are restored
  /// to the end of the range: below, −shift; above, for a negative lambda, the greatest number.
  public func restored(_ values: [Double]) -> [Double] {
    var numbers = values
    restore(&numbers)
    return numbers.map(\.roundedToSingle)
  }

  /// Transforms values in place. Returns nil if all have a transform, or else the index of the
  /// first one that doesn't, and the shift that is too small for it. That value is then the result
  /// of the maps before.
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
  /// Maps values in place. Returns the index of the first one for which the map isn't defined.
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

  /// Returns (λz + 1)^(1/λ), or its limit if λz + 1 isn't positive.
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
  /// Decodes a transform from a list of its maps.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    steps = try container.decode([Step].self)
    if let wrong = steps.first(where: { !$0.isValid }) {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "expected finite numbers and a scale above 0, got \(wrong)")
    }
  }

  /// Encodes a list of the maps.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(steps)
  }
}
