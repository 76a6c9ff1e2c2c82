// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Foundation
import NeuralNetwork
import Testing

// begin
extension ModelKind {
  static let salesNetwork = ModelKind("sales-network", version: 1)
}
// end

/// Snippets that write files and read them again.
@Suite struct WeightSnippets {
  private struct Settings: Codable {
    var units: Int
  }

  private struct TrainingState: Codable {
    var epoch: Int
  }

  private struct Network: Module {
    var layer: Dense<Float>

    init(_ settings: Settings) {
      var generator = Xoshiro256(seed: 42)
      layer = Dense(inputSize: 5, outputSize: settings.units, using: &generator)
    }

    mutating func visitParameters(_ visit: ParameterVisitor<Float>) { visit("layer", &layer) }
  }

  private let network = Network(Settings(units: 3))

  @Test func modelFiles() throws {
    try withTemporaryFile { path in
      let settings = Settings(units: 3)
      // begin
      try network.save(to: path, as: .salesNetwork, configuration: settings)

      let file = try ModelFile<Settings>(path: path, as: .salesNetwork)
      var loaded = Network(file.configuration)
      try loaded.loadWeights(from: file.weights)
      // end
      #expect(loaded.layer.weight == network.layer.weight)
    }
  }

  @Test func checkpoints() throws {
    try withTemporaryFile { path in
      var model = network
      let state = TrainingState(epoch: 7)
      let moment = Tensor<Float>.ones([3, 5])
      // begin
      var checkpoint = Checkpoint<Float, TrainingState>(state: state)
      checkpoint.store(model, in: "model")
      checkpoint.groups["optimizer"] = ["moment.weight": moment]
      try checkpoint.write(to: path)

      let last = try Checkpoint<Float, TrainingState>(path: path)
      try last.restore(&model, from: "model")
      // end
      #expect(last.state.epoch == 7)
      #expect(model.layer.weight == network.layer.weight)
    }
  }

  @Test func tensorFiles() throws {
    try withTemporaryFile { path in
      // begin
      try SafetensorsFile.write(["weight": Tensor<Float>.ones([3, 5])], to: path)
      let file = try SafetensorsFile(path: path)
      print(file.entries.map(\.name), file.metadata)
      let weight = try file.tensor("weight", as: Float.self)   // [3, 5]
      // end
      #expect(weight == .ones([3, 5]))
    }
  }

  @Test func tensorWriters() throws {
    try withTemporaryFile { path in
      // begin
      var writer = SafetensorsWriter(metadata: ["shop": "north"])
      writer.add("scale", Tensor<Double>([1, 2, 3]))
      writer.add("weight", Tensor<Float>.ones([3, 5]))
      try writer.write(to: path)
      // end
      #expect(try SafetensorsFile(path: path).metadata["shop"] == "north")
    }
  }

  /// Compiled and not run: they read and write files in the working directory.
  private func saveAndLoad(_ model: inout Network) throws {
    // begin
    try model.saveWeights(to: "model.safetensors")
    // in Python: model.load_state_dict(safetensors.torch.load_file("model.safetensors"))
    // end

    // begin
    try model.loadWeights(from: "encoder.safetensors", accepting: .missing) { name in
      name.hasPrefix("encoder.") ? String(name.dropFirst("encoder.".count)) : nil
    }
    // end

    // begin
    try model.loadWeights(from: "model.safetensors", replacingPrefixes: ["module.": ""])
    // end
  }

  private func withTemporaryFile(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory.appending(path: "file.safetensors").path())
  }
}
