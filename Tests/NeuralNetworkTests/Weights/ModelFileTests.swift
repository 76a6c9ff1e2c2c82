import NeuralNetwork
import TestSupport
import Testing

/// A model is made anew from its file alone, and a file of something else is told apart.
@Suite struct ModelFileTests {
  private struct Settings: Codable, Equatable {
    var name = "Näher / \"am\" Meer"
    var rate = 0.1
    var layers = [65, 17, 3]
    var limit: Double?
  }

  private static let kind = ModelKind("test-network", version: 3)
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path("m.safetensors")
  }

  @Test func holdsConfigurationAndWeights() throws {
    let saved = Network<Float>(seed: 1)
    var settings = Settings()
    settings.limit = .infinity
    try saved.save(
      to: path, as: Self.kind, configuration: settings,
      metadata: ["shop": "north", ModelFileKey.kind: "not this"])
    let file = try ModelFile<Settings>(path: path, as: Self.kind)
    #expect(file.configuration == settings)
    #expect(file.version == 3)
    #expect(
      file.weights.metadata == [
        "shop": "north", "foresight.kind": "test-network", "foresight.version": "3",
        "foresight.configuration":
          #"{"layers":[65,17,3],"limit":"inf","name":"Näher / \"am\" Meer","rate":0.1}"#,
      ])
    var loaded = Network<Float>(seed: 2)
    try loaded.loadWeights(from: file.weights)
    #expect(areIdentical(loaded.parameters, saved.parameters))
  }

  @Test func olderVersionsAreRead() throws {
    try Network<Float>(seed: 1).save(
      to: path, as: ModelKind("test-network", version: 2), configuration: Settings())
    #expect(try ModelFile<Settings>(path: path, as: Self.kind).version == 2)
  }

  @Test func filesOfSomethingElse() throws {
    let settings = #"{"name":"a","rate":0.5,"layers":[3]}"#
    let cases: [([String: String], String)] = [
      (
        [:],
        "has no foresight.kind in its metadata, so it is not a model file; load its weights alone, or "
          + "write it with save(to:as:configuration:)"
      ),
      (
        [ModelFileKey.kind: "other"],
        "holds a model of the kind \"other\", but \"test-network\" is expected; name a file of "
          + "that kind"
      ),
      (
        [ModelFileKey.kind: "test-network"],
        "has no foresight.version in its metadata, so it is not a model file; load its weights alone, "
          + "or write it with save(to:as:configuration:)"
      ),
      (
        [ModelFileKey.kind: "test-network", ModelFileKey.version: "4"],
        "was written in version 4 of its format, but this program reads up to version 3; update "
          + "the program"
      ),
      (
        [ModelFileKey.kind: "test-network", ModelFileKey.version: "0"],
        "its foresight.version is \"0\", but must be a whole number of at least 1"
      ),
      (
        [ModelFileKey.kind: "test-network", ModelFileKey.version: "1.5"],
        "its foresight.version is \"1.5\", but must be a whole number of at least 1"
      ),
      (
        [ModelFileKey.kind: "test-network", ModelFileKey.version: "3"],
        "has no foresight.configuration in its metadata, so it is not a model file; load its weights "
          + "alone, or write it with save(to:as:configuration:)"
      ),
      (
        [
          ModelFileKey.kind: "test-network", ModelFileKey.version: "3",
          ModelFileKey.configuration: settings.replacing("\"rate\"", with: "\"speed\""),
        ],
        "its foresight.configuration cannot be read: \"rate\" is missing"
      ),
    ]
    for (metadata, message) in cases {
      try SafetensorsFile.write([:] as [String: Tensor<Float>], metadata: metadata, to: path)
      let error = #expect(throws: WeightsError.self) {
        try ModelFile<Settings>(path: path, as: Self.kind)
      }
      #expect(error?.description == "\(path): \(message)")
    }
  }

  @Test(arguments: [#"{"name":"a","rate":0.5,"layers":[3,"four"]}"#, "{", ""])
  func configurationsThatCannotBeDecoded(_ configuration: String) throws {
    let metadata = [
      ModelFileKey.kind: "test-network", ModelFileKey.version: "3",
      ModelFileKey.configuration: configuration,
    ]
    try SafetensorsFile.write([:] as [String: Tensor<Float>], metadata: metadata, to: path)
    let error = #expect(throws: WeightsError.self) {
      try ModelFile<Settings>(path: path, as: Self.kind)
    }
    let start = "\(path): its foresight.configuration cannot be read: "
    #expect(error?.description.hasPrefix(start) == true)
    if configuration.contains("four") {
      #expect(error?.description.hasPrefix(start + "at layers.[1]: ") == true)
    }
  }
}
