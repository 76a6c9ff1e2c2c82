/// Differences between a model and a file that loading accepts.
public struct WeightTolerance: OptionSet, Sendable {
  public let rawValue: Int

  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The file lacks parameters of the model, which keep their values.
  public static let missing = WeightTolerance(rawValue: 1)
  /// The file has tensors that the model does not have, which are skipped.
  public static let unexpected = WeightTolerance(rawValue: 2)
  /// The file has infinite or NaN elements.
  public static let nonFinite = WeightTolerance(rawValue: 4)
}

extension Module {
  /// Writes the parameters and buffers to a safetensors file, each under its name.
  ///
  /// ```swift
  /// try model.saveWeights(to: "model.safetensors")
  /// // in Python: model.load_state_dict(safetensors.torch.load_file("model.safetensors"))
  /// ```
  ///
  /// - Parameters:
  ///   - path: The path of the file, which appears complete or not at all.
  ///   - metadata: Additional text entries of the file.
  /// - Throws: A ``SafetensorsError`` if the file cannot be written.
  public func saveWeights(
    to path: String, metadata: [String: String] = [:]
  ) throws(SafetensorsError) {
    var writer = SafetensorsWriter(metadata: metadata)
    for (name, value) in stateTensors { writer.add(name, value) }
    try writer.write(to: path)
  }

  /// Sets the parameters and buffers to the tensors of a safetensors file.
  ///
  /// Names and shapes must match the model's, except as `accepting` and `renaming` allow. Numbers
  /// are converted to the model's `Scalar`. If an error is thrown, the model does not change.
  ///
  /// ```swift
  /// try model.loadWeights(from: "encoder.safetensors", accepting: .missing) { name in
  ///   name.hasPrefix("encoder.") ? String(name.dropFirst("encoder.".count)) : nil
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - accepting: The differences to accept.
  ///   - renaming: A closure that returns the name in the model for a name in the file, or nil to
  ///     skip the tensor.
  /// - Throws: A ``SafetensorsError`` if the file cannot be read, or a ``WeightsError`` with all
  ///   differences if it does not match the model.
  public mutating func loadWeights(
    from path: String, accepting: WeightTolerance = [],
    renaming: (String) -> String? = { $0 }
  ) throws {
    try loadWeights(from: SafetensorsFile(path: path), accepting: accepting, renaming: renaming)
  }

  /// Sets the parameters and buffers to the tensors of a safetensors file with other name prefixes.
  ///
  /// ```swift
  /// try model.loadWeights(from: "model.safetensors", replacingPrefixes: ["module.": ""])
  /// ```
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - prefixes: The model's prefixes by the file's prefixes. The longest prefix that matches a
  ///     name is replaced.
  ///   - accepting: The differences to accept.
  /// - Throws: See ``loadWeights(from:accepting:renaming:)``.
  public mutating func loadWeights(
    from path: String, replacingPrefixes prefixes: [String: String],
    accepting: WeightTolerance = []
  ) throws {
    let longestFirst = prefixes.sorted { $0.key.utf8.count > $1.key.utf8.count }
    try loadWeights(from: path, accepting: accepting) { name in
      guard let (old, new) = longestFirst.first(where: { name.hasPrefix($0.key) }) else {
        return name
      }
      return new + name.dropFirst(old.count)
    }
  }

  /// Sets the parameters and buffers to the tensors of an open file.
  ///
  /// - Throws: See ``loadWeights(from:accepting:renaming:)``.
  public mutating func loadWeights(
    from file: SafetensorsFile, accepting: WeightTolerance = [],
    renaming: (String) -> String? = { $0 }
  ) throws {
    let entries = try file.entries(renaming: renaming)
    try checkParameters(
      against: entries.mapValues { ($0.shape, $0.type) }, accepting: accepting, file: file.path)
    var values: [String: Tensor<Scalar>] = [:]
    for (name, _) in stateTensors {
      guard let entry = entries[name] else { continue }
      let value: Tensor<Scalar> = try file.tensor(entry.name)
      guard accepting.contains(.nonFinite) || value.isFinite else {
        throw WeightsError(file: file.path, fault: .notFinite(tensor: entry.name))
      }
      values[name] = value
    }
    assignParameters(values)
  }
}

extension Module {
  /// Checks that tensors match the parameters and buffers.
  ///
  /// - Parameters:
  ///   - tensors: The shape and type of each tensor, by the parameter's name.
  ///   - accepting: The differences to accept.
  ///   - file: The name of the file in the error.
  /// - Throws: A ``WeightsError`` that lists all differences.
  func checkParameters(
    against tensors: [String: (shape: Shape, type: SafetensorsType)], accepting: WeightTolerance,
    file: String
  ) throws(WeightsError) {
    var missing: [WeightDifference] = []
    var misfits: [WeightDifference] = []
    var unexpected = Set(tensors.keys)
    for (name, value) in stateTensors {
      unexpected.remove(name)
      guard let (shape, type) = tensors[name] else {
        missing.append(.missing(name))
        continue
      }
      if shape != value.shape {
        misfits.append(.shape(name, expected: value.shape, found: shape))
      }
      if !type.isReadable { misfits.append(.type(name, type)) }
    }
    let differences =
      (accepting.contains(.missing) ? [] : missing)
      + (accepting.contains(.unexpected) ? [] : unexpected.sorted().map { .unexpected($0) })
      + misfits
    guard differences.isEmpty else {
      throw WeightsError(file: file, fault: .mismatch(differences))
    }
  }

  /// Sets the parameters and buffers for which there is a value.
  mutating func assignParameters(_ values: [String: Tensor<Scalar>]) {
    forEachStateTensor { name, parameter in
      if let value = values[name] { parameter = value }
    }
  }
}

extension SafetensorsFile {
  /// Returns the entries by their new names.
  fileprivate func entries(
    renaming: (String) -> String?
  ) throws(WeightsError) -> [String: Entry] {
    var renamed: [String: [Entry]] = [:]
    for entry in entries {
      if let name = renaming(entry.name) { renamed[name, default: []].append(entry) }
    }
    let ambiguous = renamed.filter { $0.value.count > 1 }.min { $0.key < $1.key }
    if let ambiguous {
      throw WeightsError(
        file: path,
        fault: .ambiguous(
          parameter: ambiguous.key, tensors: ambiguous.value.map(\.name).sorted()))
    }
    return renamed.mapValues { $0[0] }
  }
}
