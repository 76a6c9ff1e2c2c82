public import Forecasting

/// The hyperparameters of forecasting networks as a ``SearchSpace``, and the forecasters at its points.
///
/// | dimension | values | default |
/// |---|---|---|
/// | `network` | the names of the architectures in lower case | |
/// | `hiddenSize` | 16 to 256, logarithmic | that of the architecture |
/// | `layers`, or `blocks` of a TCN | 1 to 3, or 3 to 5 | that of the architecture |
/// | `decoder` of recurrent networks | `direct`, `recurrent` | `direct` |
/// | `inputLength` | from half to twice the default, logarithmic | that of a `WindowSpecification` |
/// | `learningRate` | 0.0005 to 0.01, logarithmic | 0.002 |
/// | `epochs` of the default length | 10 to 40, logarithmic | 20 |
/// | `dropout` | 0 to 0.3 | 0 |
///
/// The default `inputLength` is that of the panel of the search. A short panel makes it short, so a
/// network that is trained on a longer panel in the end sees as many times the default of that panel.
public struct NetworkSearch: Sendable {
  /// The space.
  public let space: SearchSpace
  /// The configuration of the windows, whose input length is a dimension.
  public let windows: WindowSpecification
  /// The levels of the quantiles of the networks, or an empty array for the mean alone.
  public var quantileLevels: [Double] = []
  /// The seed of all trainings.
  public var seed: UInt64 = 0

  private let architectures: [any ForecastArchitecture.Type]
  private let defaultInputLength: Int
  private let batchSize: Int?
  private let stepsPerEpoch: Int?

  /// Creates the space of architectures for a panel. Stops the program if there are none.
  ///
  /// - Parameters:
  ///   - architectures: The architectures.
  ///   - windows: The configuration of the windows.
  ///   - panel: The panel that networks are trained on in the search.
  public init(
    _ architectures: [any ForecastArchitecture.Type], windows: WindowSpecification, on panel: Panel
  ) {
    guard !architectures.isEmpty else {
      fatalError("NetworkSearch: expected at least one architecture, got none")
    }
    self.architectures = architectures
    self.windows = windows
    let inputLength = Self.defaultInputLength(of: windows, on: panel)
    defaultInputLength = inputLength
    let training = NetworkTraining().chosen(for: panel, HeadChoice(for: panel).head)
    (batchSize, stepsPerEpoch) = (training.batchSize, training.stepsPerEpoch)
    let longest = max(inputLength, (panel.calendar.count - windows.horizon) * 2 / 3)
    space = Self.space(
      architectures,
      inputLengths: max(1, inputLength / 2)...min(2 * inputLength, longest))
  }

  private static func defaultInputLength(of windows: WindowSpecification, on panel: Panel) -> Int {
    NetworkForecaster<MLPArchitecture>(windows: windows).lookback(for: panel) ?? 1
  }

  private static func space(
    _ architectures: [any ForecastArchitecture.Type], inputLengths: ClosedRange<Int>
  ) -> SearchSpace {
    func condition(
      _ isIncluded: (any ForecastArchitecture) -> Bool
    ) -> SearchDimension.Condition? {
      let names = architectures.filter { isIncluded($0.init()) }.map { $0.argument }
      return names.isEmpty ? nil : .init("network", among: names)
    }
    var dimensions: [SearchDimension] = [
      .categorical("network", architectures.map { $0.argument }),
      .integer("hiddenSize", in: 16...256, isLogarithmic: true),
    ]
    if let flat = condition({ !$0.isDeep }) {
      dimensions.append(.integer("layers", in: 1...3, when: flat))
    }
    if let deep = condition(\.isDeep) {
      dimensions.append(.integer("blocks", in: 3...5, when: deep))
    }
    if let recurrent = condition({ $0 is any DecoderChoice }) {
      let decoders = RecurrentDecoder.allCases.map(\.rawValue)
      dimensions.append(.categorical("decoder", decoders, when: recurrent))
    }
    dimensions += [
      .integer("inputLength", in: inputLengths, isLogarithmic: true),
      .real("learningRate", in: 0.0005...0.01, isLogarithmic: true),
      .integer("epochs", in: 10...40, isLogarithmic: true),
    ]
    if let dropout = condition({ $0 is any DropoutChoice }) {
      dimensions.append(.real("dropout", in: 0...0.3, when: dropout))
    }
    return SearchSpace(dimensions)
  }

  /// The points with the defaults of the architectures, in their order.
  public var defaults: [TrialValues] {
    let training = NetworkTraining()
    return architectures.map { type in
      let architecture = type.init()
      var values: TrialValues = [
        "network": .category(type.argument),
        "hiddenSize": .number(Double(architecture.hiddenSize)),
        "inputLength": .number(Double(defaultInputLength)),
        "learningRate": .number(training.learningRate), "epochs": .number(Double(training.epochs)),
      ]
      values[architecture.isDeep ? "blocks" : "layers"] = .number(Double(architecture.layerCount))
      if let choice = architecture as? any DecoderChoice {
        values["decoder"] = .category(choice.decoder.rawValue)
      }
      if let choice = architecture as? any DropoutChoice {
        values["dropout"] = .number(choice.dropout)
      }
      return values
    }
  }

  /// Returns the name of the architecture of a point in tables, such as `LSTM`.
  public func networkName(of values: TrialValues) -> String { architecture(of: values).name }

  /// Returns the forecaster at a point. Stops the program if it is no point of the space.
  ///
  /// - Parameters:
  ///   - values: The values.
  ///   - resource: The share of the training length, above 0.
  ///   - panel: A longer panel that the network will be trained on, or nil for that of the search. The
  ///     input length keeps its ratio to the default.
  public func forecaster(
    for values: TrialValues, resource: Double = 1, on panel: Panel? = nil
  ) -> any Forecaster {
    if let fault = space.fault(of: values) { fatalError("NetworkSearch: \(fault)") }
    var architecture = architecture(of: values).init()
    architecture.hiddenSize = values.integer("hiddenSize")!
    architecture.layerCount = values.integer(architecture.isDeep ? "blocks" : "layers")!
    if var choice = architecture as? any DecoderChoice {
      choice.decoder = RecurrentDecoder(rawValue: values.category("decoder")!)!
      architecture = choice
    }
    if var choice = architecture as? any DropoutChoice {
      choice.dropout = values.number("dropout")!
      architecture = choice
    }
    return forecaster(
      architecture, values, inputLength: inputLength(values, on: panel), resource)
  }

  /// Returns the input length at a point, or nil for the default of the panel that a network is
  /// trained on.
  private func inputLength(_ values: TrialValues, on panel: Panel?) -> Int? {
    let length = values.integer("inputLength")!
    guard length != defaultInputLength else { return windows.inputLength }
    guard let panel else { return length }
    let ratio = Double(length) / Double(defaultInputLength)
    let longer = Double(Self.defaultInputLength(of: windows, on: panel))
    return max(1, Int((ratio * longer).rounded()))
  }

  private func forecaster(
    _ architecture: some ForecastArchitecture, _ values: TrialValues, inputLength: Int?,
    _ resource: Double
  ) -> any Forecaster {
    var windows = windows
    windows.inputLength = inputLength
    let epochs = Double(values.integer("epochs")!) * resource
    var forecaster = NetworkForecaster(
      windows: windows, architecture: architecture,
      training: NetworkTraining(
        epochs: max(1, Int(epochs.rounded())), stepsPerEpoch: stepsPerEpoch, batchSize: batchSize,
        learningRate: values.number("learningRate")!, seed: seed))
    forecaster.quantileLevels = quantileLevels
    return forecaster
  }

  private func architecture(of values: TrialValues) -> any ForecastArchitecture.Type {
    let name = values.category("network")
    guard let found = architectures.first(where: { $0.argument == name }) else {
      fatalError("NetworkSearch: there is no network \(name ?? "nil")")
    }
    return found
  }
}

extension ForecastArchitecture {
  /// The name in a search space.
  fileprivate static var argument: String { name.lowercased() }

  /// A Boolean value that indicates whether a network has several blocks by default, as a TCN, of which few
  /// see a small part of the history.
  fileprivate var isDeep: Bool { Self().layerCount > 3 }
}
