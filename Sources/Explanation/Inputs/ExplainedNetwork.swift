import Forecasting

/// A network with the inputs that its forecasts are explained by.
///
/// The inputs are the past sales and the features of the model. The place of a step in the horizon is
/// none: it is the same in all windows.
struct ExplainedNetwork: Sendable {
  /// The network.
  let network: any DifferentiableNetwork
  /// The inputs, of which the first one is the past sales.
  let inputs: [ExplainedInput]
  /// The places of each input.
  let channels: [InputChannels]

  /// The name of the input that consists of the past sales.
  static let pastSales = ExplainedInput(name: "past sales", group: .pastSales)

  /// Creates the inputs of a model that sees the columns of a table.
  init(_ model: any FittedNetwork, _ table: FeatureTable) {
    network = Self.differentiable(model)
    let features = model.layout.features
    let columns = Dictionary(grouping: table.featureNames.keys) { table.featureNames[$0]! }
    let listed = (features.known + features.ahead + features.past + features.static).filter {
      columns[$0.name] != nil
    }
    inputs =
      [Self.pastSales]
      + listed.map {
        ExplainedInput(name: Self.name(of: $0, among: listed), group: InputGroup(of: $0))
      }
    channels =
      [model.encoding.pastSalesChannels]
      + listed.map { model.encoding.channels(of: Set(columns[$0.name]!)) }
  }

  /// Returns the name of a feature, without the encoding of a part of the date that occurs once.
  private static func name(of feature: any Feature, among features: [any Feature]) -> String {
    guard let part = (feature as? CalendarFeature)?.part,
      features.count(where: { ($0 as? CalendarFeature)?.part == part }) == 1
    else { return feature.name }
    return part.rawValue
  }

  /// Returns a model as one whose forecasts can be differentiated.
  static func differentiable(_ model: any FittedNetwork) -> any DifferentiableNetwork {
    guard let network = model as? any DifferentiableNetwork else {
      fatalError("expected a FittedNetworkForecaster to explain, got \(type(of: model))")
    }
    return network
  }
}
