import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Weights go into a model whole and where they belong, or not at all.
@Suite struct ModuleWeightsTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path("m.safetensors")
  }

  @Test func comeBackToTheLastBit() throws {
    let saved = Network<Float>(seed: 1)
    try saved.saveWeights(to: path, metadata: ["shop": "north"])
    var loaded = Network<Float>(seed: 2)
    #expect(!areIdentical(loaded.parameters, saved.parameters))
    try loaded.loadWeights(from: path)
    #expect(areIdentical(loaded.parameters, saved.parameters))
    #expect(try SafetensorsFile(path: path).metadata == ["shop": "north"])
  }

  @Test func convertBetweenFloatAndDouble() throws {
    let float = Network<Float>(seed: 1)
    var double = Network<Double>(seed: 2)
    try float.saveWeights(to: path)
    try double.loadWeights(from: path)
    #expect(
      areIdentical(
        double.parameters, float.parameters.map { ($0.name, Tensor<Double>($0.value)) }))
    var again = Network<Float>(seed: 3)
    try double.saveWeights(to: path)
    try again.loadWeights(from: path)
    #expect(areIdentical(again.parameters, float.parameters))
  }

  @Test func aCopyKeepsItsWeights() throws {
    let saved = Network<Float>(seed: 1)
    try saved.saveWeights(to: path)
    var loaded = Network<Float>(seed: 2)
    let copy = loaded
    try loaded.loadWeights(from: path)
    #expect(areIdentical(copy.parameters, Network<Float>(seed: 2).parameters))
  }

  @Test func allDifferencesAreNamed() throws {
    var tensors = tensors(of: Network<Float>(seed: 1))
    tensors["head.bias"] = nil
    tensors["lstm.bias_hh_l1"] = nil
    tensors["tail.weight"] = .ones([1])
    tensors["head.extra"] = .ones([1])
    tensors["head.weight"] = .ones([5, 2])
    tensors["lstm.weight_ih_l0"] = .ones([20, 4])
    try SafetensorsFile.write(tensors, to: path)
    try expectUnchanged(
      """
      \(path): the weights do not fit the model:
        missing: lstm.bias_hh_l1
        missing: head.bias
        unexpected: head.extra
        unexpected: tail.weight
        shape: lstm.weight_ih_l0 is [20, 4] in the file, but [20, 3] in the model
        shape: head.weight is [5, 2] in the file, but [2, 5] in the model
        (give the model the file's configuration, rename tensors, or accept the difference)
      """
    ) { try $0.loadWeights(from: path) }
  }

  @Test func shapesAreNeverTolerated() throws {
    var tensors = tensors(of: Network<Float>(seed: 1))
    tensors["head.weight"] = .ones([5, 2])
    try SafetensorsFile.write(tensors, to: path)
    try expectUnchanged(
      """
      \(path): the weights do not fit the model:
        shape: head.weight is [5, 2] in the file, but [2, 5] in the model
        (give the model the file's configuration, rename tensors, or accept the difference)
      """
    ) { try $0.loadWeights(from: path, accepting: [.missing, .unexpected]) }
  }

  @Test func integersAreNamedAsADifference() throws {
    let header = """
      {"bias":{"dtype":"I32","shape":[2],"data_offsets":[0,8]},\
      "weight":{"dtype":"I8","shape":[2,3],"data_offsets":[8,14]}}
      """
    let file = try SafetensorsFile(bytes: file(header, dataCount: 14), name: "integers")
    var generator = Xoshiro256(seed: 1)
    var layer = Dense<Float>(inputSize: 3, outputSize: 2, using: &generator)
    let error = #expect(throws: WeightsError.self) { try layer.loadWeights(from: file) }
    #expect(error?.fault == .mismatch([.type("weight", .int8), .type("bias", .int32)]))
    #expect(
      error?.description.contains(
        "type: weight holds I8, which cannot be read as floating-point numbers") == true)
  }

  @Test func aSubsetIsAcceptedOnRequest() throws {
    let saved = Network<Float>(seed: 1)
    try saved.head.saveWeights(to: path)
    var head = tensors(of: saved.head)
    head["other"] = .ones([3])
    try SafetensorsFile.write(head, to: path)
    var model = Network<Float>(seed: 2)
    try model.loadWeights(from: path, accepting: [.missing, .unexpected]) {
      $0 == "other" ? $0 : "head.\($0)"
    }
    #expect(areIdentical(model.head.parameters, saved.head.parameters))
    #expect(areIdentical(model.lstm.parameters, Network<Float>(seed: 2).lstm.parameters))
  }

  @Test func eachToleranceIsItsOwn() throws {
    var tensors = tensors(of: Network<Float>(seed: 1))
    tensors["extra"] = .ones([1])
    tensors["head.bias"] = nil
    try SafetensorsFile.write(tensors, to: path)
    var model = Network<Float>(seed: 2)
    let unexpected = #expect(throws: WeightsError.self) {
      try model.loadWeights(from: path, accepting: .missing)
    }
    #expect(unexpected?.fault == .mismatch([.unexpected("extra")]))
    let missing = #expect(throws: WeightsError.self) {
      try model.loadWeights(from: path, accepting: .unexpected)
    }
    #expect(missing?.fault == .mismatch([.missing("head.bias")]))
  }

  @Test func tensorsAreRenamedAndLeftOut() throws {
    let saved = Network<Float>(seed: 1)
    try saved.saveWeights(to: path)
    var head = Network<Float>(seed: 2).head
    try head.loadWeights(from: path) { $0.hasPrefix("head.") ? String($0.dropFirst(5)) : nil }
    #expect(areIdentical(head.parameters, saved.head.parameters))
  }

  @Test func prefixesAreReplacedTheLongestFirst() throws {
    let saved = Network<Float>(seed: 1)
    var tensors: [String: Tensor<Float>] = [:]
    for (name, value) in saved.parameters {
      tensors[
        name.replacing("lstm.", with: "module.rnn.").replacing("head.", with: "module.head.")] =
        value
    }
    try SafetensorsFile.write(tensors, to: path)
    var model = Network<Float>(seed: 2)
    try model.loadWeights(from: path, replacingPrefixes: ["module.": "", "module.rnn.": "lstm."])
    #expect(areIdentical(model.parameters, saved.parameters))
  }

  @Test func namesThatFallTogetherAreNamed() throws {
    try Network<Float>(seed: 1).saveWeights(to: path)
    try expectUnchanged(
      """
      \(path): the tensors head.bias, head.weight are all renamed to head; rename all but one to \
      something else, or leave them out
      """
    ) { try $0.loadWeights(from: path) { $0.hasPrefix("head.") ? "head" : $0 } }
  }

  @Test func aFileThatBreaksWhileItIsReadChangesNothing() throws {
    try Network<Float>(seed: 1).saveWeights(to: path)
    let file = try SafetensorsFile(path: path)
    // The last tensor cannot be read any more, when the others could be.
    #expect(truncate(path, try bytes(path).count - 4) == 0)
    var model = Network<Float>(seed: 2)
    #expect(throws: SafetensorsError(file: path, fault: .changedWhileReading)) {
      try model.loadWeights(from: file)
    }
    #expect(areIdentical(model.parameters, Network<Float>(seed: 2).parameters))
  }

  private func tensors(of model: some Module<Float>) -> [String: Tensor<Float>] {
    Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, $0.value) })
  }

  /// Expects that loading fails with a message and leaves the model as it was.
  private func expectUnchanged(
    _ message: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ load: (inout Network<Float>) throws -> Void
  ) throws {
    var model = Network<Float>(seed: 2)
    let error = #expect(throws: WeightsError.self, sourceLocation: sourceLocation) {
      try load(&model)
    }
    #expect(error?.description == message, sourceLocation: sourceLocation)
    #expect(
      areIdentical(model.parameters, Network<Float>(seed: 2).parameters),
      sourceLocation: sourceLocation)
  }
}
