import NeuralNetwork

/// Everything about a trained network but its weights: its configuration, and what it learned about
/// its training panel. A model file contains it as JSON.
public struct NetworkSpecification<Architecture: ForecastArchitecture>: Sendable {
  /// The lengths and the features of its windows.
  public package(set) var layout: WindowLayout
  /// The architecture of the network, and its sizes.
  public package(set) var architecture: Architecture
  /// The interpretation of the network's outputs.
  public package(set) var head: any ForecastHead
  /// The configuration of the training.
  public package(set) var training: NetworkTraining
  /// The encoding of columns as the input of the network.
  public package(set) var encoding: InputEncoding
  /// A Boolean value that indicates whether the training part had no negative value, so that
  /// forecasts have none.
  public package(set) var isNonnegative: Bool
  /// The reason why training ended, or nil if the model file doesn't state it.
  ///
  /// A model whose training was interrupted has seen fewer windows than configured.
  public package(set) var trainingEnd: TrainingEnd?
  /// The frequency of the panel that it was trained on, or nil for a model file of an earlier
  /// version.
  public package(set) var frequency: Frequency?
  /// The meaning of the values that it was trained on, such as units, or nil if it isn't known.
  public package(set) var target: String?
  /// The first day after the panel that it was trained on, or nil if it isn't known.
  public package(set) var trainedUntil: CalendarDate?

  /// A description of a number that is out of range, or nil.
  var fault: String? { architecture.fault ?? training.fault ?? layout.fault }
}

extension NetworkSpecification: Codable {
  private enum Key: CodingKey {
    case architecture, sizes, head, training, layout, encoding, isNonnegative, frequency, weekStart
    case target, trainingEnd, trainedUntil
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .architecture)
    guard name == Architecture.name else {
      throw DecodingError.dataCorruptedError(
        forKey: .architecture, in: container,
        debugDescription: "the model is of the architecture \(name), not \(Architecture.name)")
    }
    architecture = try container.decode(Architecture.self, forKey: .sizes)
    head =
      try TypedValue<any ForecastHead>(
        from: container.superDecoder(forKey: .head), among: decoder.knownTypes.heads, kind: "head"
      ).value
    training = try container.decode(NetworkTraining.self, forKey: .training)
    layout = try container.decode(WindowLayout.self, forKey: .layout)
    encoding = try container.decode(InputEncoding.self, forKey: .encoding)
    isNonnegative = try container.decode(Bool.self, forKey: .isNonnegative)
    trainedUntil = try container.decodeIfPresent(CalendarDate.self, forKey: .trainedUntil)
    trainingEnd = try container.decodeIfPresent(TrainingEnd.self, forKey: .trainingEnd)
    target = try container.decodeIfPresent(String.self, forKey: .target)
    frequency = try container.decodeIfPresent(String.self, forKey: .frequency).map { unit in
      let weekStart = try container.decodeIfPresent(Int.self, forKey: .weekStart)
      guard let frequency = Frequency(inFiles: unit, weekStart: weekStart) else {
        throw DecodingError.dataCorruptedError(
          forKey: .frequency, in: container,
          debugDescription: "there are no steps of a \(unit.debugDescription) that start so")
      }
      return frequency
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Architecture.name, forKey: .architecture)
    try container.encode(architecture, forKey: .sizes)
    try TypedValue<any ForecastHead>.encode(head, to: container.superEncoder(forKey: .head))
    try container.encode(training, forKey: .training)
    try container.encode(layout, forKey: .layout)
    try container.encode(encoding, forKey: .encoding)
    try container.encode(isNonnegative, forKey: .isNonnegative)
    try container.encodeIfPresent(trainedUntil, forKey: .trainedUntil)
    try container.encodeIfPresent(trainingEnd, forKey: .trainingEnd)
    try container.encodeIfPresent(target, forKey: .target)
    try container.encodeIfPresent(frequency?.inFiles.unit, forKey: .frequency)
    try container.encodeIfPresent(frequency?.inFiles.weekStart, forKey: .weekStart)
  }
}

/// An architecture that had its own kind of file before all networks shared one.
protocol EarlierFileReading: ForecastArchitecture {
  /// The earlier kind.
  static var earlierKind: ModelKind { get }

  /// Returns the specification of the model in a file of the earlier kind.
  static func earlierModel(in file: SafetensorsFile) throws -> NetworkSpecification<Self>
}

extension EarlierFileReading {
  /// Returns a Boolean value that indicates whether a file is of the earlier kind.
  static func isEarlier(_ file: SafetensorsFile) -> Bool {
    file.metadata[ModelFileKey.kind] == earlierKind.name
  }
}

extension NetworkSpecification {
  /// Reads the specification of a model from a file of the current kind or of an earlier one.
  init(_ file: SafetensorsFile, types: KnownTypes, as kind: ModelKind) throws {
    func earlier<Other: EarlierFileReading>(_ architecture: Other.Type) throws -> Any? {
      architecture.isEarlier(file) ? try architecture.earlierModel(in: file) : nil
    }
    if let architecture = Architecture.self as? any EarlierFileReading.Type,
      let saved = try earlier(architecture) as? NetworkSpecification
    {
      self = saved
    } else {
      self = try ModelFile<NetworkSpecification>(file, as: kind, userInfo: types.userInfo)
        .configuration
    }
  }
}
