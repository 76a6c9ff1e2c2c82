/// The types whose values a model file may hold: features, calendars of events, heads, and
/// architectures.
///
/// A model file stores these values with the names of their types. To read a file that uses your
/// own type, add the type to the built-in ones.
///
/// ```swift
/// var types = KnownTypes.builtIn
/// types.features.append(MoonPhase.self)
/// let model = try FittedNetworkForecaster<LSTMArchitecture>(contentsOf: path, types: types)
/// ```
public struct KnownTypes: Sendable {
  /// The types of features.
  public var features: [any Feature.Type]
  /// The types of calendars that an ``EventFeature`` may have.
  public var calendars: [any EventCalendar.Type]
  /// The types of heads.
  public var heads: [any ForecastHead.Type]
  /// The architectures of networks, the default one first.
  public var architectures: [any ForecastArchitecture.Type]

  /// The types of this package.
  public static let builtIn = KnownTypes(
    features: KnownFeatures.builtIn.features,
    calendars: KnownFeatures.builtIn.calendars,
    heads: [
      GaussianHead.self, NegativeBinomialHead.self, PointHead.self, PoissonHead.self,
      QuantileHead.self, StudentTHead.self, TweedieHead.self,
    ],
    architectures: [
      LSTMArchitecture.self, GRUArchitecture.self, RNNArchitecture.self, MLPArchitecture.self,
      TiDEArchitecture.self, NHiTSArchitecture.self, TCNArchitecture.self, DeepARArchitecture.self,
    ])

  /// The user info of a decoder that creates values of these types.
  var userInfo: [CodingUserInfoKey: any Sendable] {
    [
      .knownTypes: self,
      .knownFeatures: KnownFeatures(features: features, calendars: calendars),
    ]
  }
}

extension CodingUserInfoKey {
  /// The ``KnownTypes`` that a decoder uses. By default, the built-in ones.
  fileprivate static let knownTypes = CodingUserInfoKey(rawValue: "foresight.knownTypes")!
}

extension Decoder {
  /// The types whose values may be decoded.
  var knownTypes: KnownTypes { userInfo[.knownTypes] as? KnownTypes ?? .builtIn }
}
