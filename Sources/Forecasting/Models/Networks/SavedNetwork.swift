import NeuralNetwork

/// The contents of a network forecaster's file besides its weights.
struct SavedNetwork<Architecture: ForecastArchitecture>: Sendable {
  let layout: WindowLayout
  let architecture: Architecture
  let head: any ForecastHead
  let training: NetworkTraining
  let encoding: InputEncoding
  let isNonnegative: Bool
  let trainingEnd: TrainingEnd?
  let frequency: Frequency?
  let target: String?
  let trainedUntil: CalendarDate?

  /// A description of a number that is out of range, or nil.
  var fault: String? { architecture.fault ?? training.fault ?? layout.fault }
}

extension SavedNetwork: Codable {
  private enum Key: CodingKey {
    case architecture, sizes, head, training, layout, encoding, isNonnegative, frequency, weekStart
    case target, trainingEnd, trainedUntil
  }

  init(from decoder: any Decoder) throws {
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

  func encode(to encoder: any Encoder) throws {
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
  /// Returns the description of the model in a file, or nil if the file isn't of the earlier kind.
  static func earlierModel(in file: SafetensorsFile) throws -> SavedNetwork<Self>?
}

extension SavedNetwork {
  /// Reads the description of a model from a file of the current kind or of an earlier one.
  init(_ file: SafetensorsFile, types: KnownTypes) throws {
    func earlier<Other: EarlierFileReading>(_ architecture: Other.Type) throws -> Any? {
      try architecture.earlierModel(in: file)
    }
    if let architecture = Architecture.self as? any EarlierFileReading.Type,
      let saved = try earlier(architecture) as? SavedNetwork
    {
      self = saved
    } else {
      self = try ModelFile<SavedNetwork>(
        file, as: .networkForecaster, userInfo: [.knownTypes: types]
      ).configuration
    }
  }
}
