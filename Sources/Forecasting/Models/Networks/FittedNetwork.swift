import NeuralNetwork

/// A trained network of any architecture.
public protocol FittedNetwork: SavableForecaster {
  /// The lengths and the features of its windows.
  var layout: WindowLayout { get }
  /// The encoding of columns as the input of the network.
  var encoding: InputEncoding { get }
  /// The first day after the panel that it was trained on, or nil if it isn't known.
  var trainedUntil: CalendarDate? { get }

  /// Checks that a panel has the frequency that the model was trained on, and its season length.
  ///
  /// - Parameters:
  ///   - frequency: The frequency of the panel.
  ///   - seasonLength: The requested season length, or nil for the model's.
  /// - Throws: `ForecastError.otherFrequency` or `ForecastError.otherSeason`.
  func check(_ frequency: Frequency, seasonLength: Int?) throws(ForecastError)
}

extension FittedNetworkForecaster: FittedNetwork {
  public var layout: WindowLayout { specification.layout }
  public var encoding: InputEncoding { specification.encoding }
  public var trainedUntil: CalendarDate? { specification.trainedUntil }
}

extension KnownTypes {
  /// Reads a network of any known architecture from a file that
  /// ``FittedNetworkForecaster/write(to:)`` wrote.
  ///
  /// - Throws: `SafetensorsError` or `WeightsError` if the file can't be read, contains another
  ///   kind of model or an unknown architecture, or has weights that don't match its configuration.
  public func network(contentsOf path: String) throws -> any FittedNetwork {
    func model<Architecture: ForecastArchitecture>(
      _: Architecture.Type
    ) throws -> any FittedNetwork {
      try FittedNetworkForecaster<Architecture>(contentsOf: path, types: self)
    }
    return try model(architecture(in: SafetensorsFile(path: path)))
  }

  /// Returns the architecture with a name, in upper or lower case, or nil if it isn't known.
  public func architecture(named name: String) -> (any ForecastArchitecture.Type)? {
    architectures.first { $0.name.lowercased() == name.lowercased() }
  }

  /// Returns the architecture of the network in a file.
  private func architecture(in file: SafetensorsFile) throws -> any ForecastArchitecture.Type {
    if let earlier = architectures.first(where: {
      ($0 as? any EarlierFileReading.Type)?.isEarlier(file) == true
    }) {
      return earlier
    }
    let name = try ModelFile<StoredArchitecture>(file, as: .networkForecaster)
      .configuration.architecture
    guard let architecture = architectures.first(where: { $0.name == name }) else {
      let known = architectures.map { $0.name }.joined(separator: ", ")
      throw WeightsError(
        file: file.path,
        fault: .invalidConfiguration(
          reason:
            "the architecture \(name.debugDescription) is not among the known ones, \(known); "
            + "add its type to KnownTypes"))
    }
    return architecture
  }
}

/// The part of a ``NetworkSpecification`` that names the architecture.
private struct StoredArchitecture: Codable {
  let architecture: String
}
