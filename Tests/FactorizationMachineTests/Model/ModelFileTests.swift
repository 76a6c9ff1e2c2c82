import FactorizationMachines
import Foundation
import TestSupport
import Testing

@Suite struct ModelFileTests {
  @Test(arguments: [[5, 0], [5, 3], [5, 2, 3]]) func filesRestoreModels(_ shape: [Int]) throws {
    let model = FactorizationMachine(
      loss: .logistic, bias: 0.25, linear: .wave([5], phase: 0),
      factors: .wave(Shape(shape), phase: 1))
    var index = FeatureIndex(fields: ["customer", "item"])
    _ = (index.addColumn("item", "tea"), index.addColumn("customer", "ann \"a\""))
    let directory = try TemporaryDirectory()
    let path = directory.path("model.safetensors")
    try model.save(to: path, features: index)
    let read = try FactorizationMachine.read(path)
    #expect(read.model == model)
    #expect(read.features == index)
    #expect(read.features?.column("item", "tea") == 0)
    try model.save(to: path)
    #expect(try FactorizationMachine(contentsOf: path) == model)
    #expect(try FactorizationMachine.read(path).features == nil)
  }

  @Test func otherFilesAreErrors() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("model.safetensors")
    try SafetensorsFile.write(["bias": Tensor<Float>([1])], to: path)
    #expect(throws: WeightsError.self) { try FactorizationMachine(contentsOf: path) }
    let metadata = [
      "foresight.kind": "factorization-machine", "foresight.version": "1",
      "foresight.configuration": #"{"loss": "logistic"}"#,
    ]
    var tensors: [String: Tensor<Float>] = [
      "bias": .zeros([1]), "linear": .zeros([3]), "factors": .zeros([4, 2]),
    ]
    try SafetensorsFile.write(tensors, metadata: metadata, to: path)
    #expect {
      try FactorizationMachine(contentsOf: path)
    } throws: { "\($0)".contains("factors is [4, 2] in the file, but [3, 2] in the model") }
    tensors["factors"] = .full([3, 2], .nan)
    try SafetensorsFile.write(tensors, metadata: metadata, to: path)
    #expect {
      try FactorizationMachine(contentsOf: path)
    } throws: { "\($0)".contains("factors") }
  }
}
