import Foundation
import Testing

/// Files that are no model of this command: each ends with one message, and nothing is written.
@Suite(.timeLimit(.minutes(30))) struct BadModelTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
  }

  @Test func noSuchFile() throws {
    try expectFailure("model.safetensors")
  }

  @Test func anEmptyFile() throws {
    try workspace.write("", to: "model.safetensors")
    try expectFailure("model.safetensors")
  }

  @Test func aTable() throws {
    try workspace.expectFailure(forecast(with: "sales.csv"), "sales.csv")
  }

  @Test func aDirectory() throws {
    try expectFailure(workspace.directory.lastPathComponent, model: "../work")
  }

  @Test func theWeightsOfSomethingElse() throws {
    try workspace.write(
      safetensors(#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#),
      to: "model.safetensors")
    try expectFailure("foresight.kind")
  }

  @Test func aModelOfAnotherKind() throws {
    let header = #"""
      {"__metadata__":{"foresight.kind":"classifier","foresight.version":"1",\#
      "foresight.configuration":"{}"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}
      """#
    try workspace.write(safetensors(header), to: "model.safetensors")
    try expectFailure("\"classifier\"")
  }

  @Test(arguments: [0.0, 0.5, 0.999]) func aTruncatedModel(share: Double) throws {
    let bytes = try TrainedModels.data("recurrent")
    try workspace.write(
      bytes.prefix(8 + Int(Double(bytes.count - 8) * share)), to: "model.safetensors")
    try expectFailure("model.safetensors")
  }

  /// What the file says of the model is not what its weights are, or no model at all.
  @Test(
    arguments: ["recurrent", "direct"],
    [
      (#"\"hiddenSize\":4"#, #"\"hiddenSize\":5"#), (#"\"hiddenSize\":4"#, #"\"hiddenSize\":0"#),
      (#"\"layerCount\":1"#, #"\"layerCount\":2"#), (#"\"layerCount\":1"#, #"\"layerCount\":0"#),
      (#"\"inputLength\":16"#, #"\"inputLength\":-9"#), (#"\"horizon\":9"#, #"\"horizon\":0"#),
      (#"\"seasonLength\":7"#, #"\"seasonLength\":x"#), (#"\"horizon\":9"#, #"\"horizom\":9"#),
    ])
  func aConfigurationThatIsNotTheWeights(
    decoder: String, _ change: (original: String, changed: String)
  ) throws {
    try expectFailure(of: decoder, changing: change.original, to: change.changed)
  }

  @Test(arguments: [("recurrent", "recurring"), ("direct", "divert")])
  func aDecoderThatThereIsNot(_ original: String, _ changed: String) throws {
    try expectFailure(of: original, changing: original, to: changed)
  }

  @Test func aModelThatWasTrainedForAShorterHorizon() throws {
    try workspace.write(TrainedModels.data("recurrent"), to: "model.safetensors")
    try workspace.expectFailure(
      forecast(with: "model.safetensors") + ["--horizon", "12"],
      "the horizon is 12 steps, but the model was trained for 9; use a horizon of at most 9")
  }

  /// Expects the trained model to be refused for its configuration, after a text is replaced by one
  /// of the same length.
  private func expectFailure(
    of decoder: String, changing original: String, to changed: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var bytes = try TrainedModels.data(decoder)
    let range = try #require(
      bytes.range(of: Data(original.utf8)), "no \(original)", sourceLocation: sourceLocation)
    bytes.replaceSubrange(range, with: Data(changed.utf8))
    try workspace.write(bytes, to: "model.safetensors")
    try expectFailure("foresight.configuration", sourceLocation: sourceLocation)
  }

  private func forecast(with model: String) -> [String] {
    ["forecast", "sales.csv", "--output", "again", "--model", model]
  }

  private func expectFailure(
    _ message: String, model: String = "model.safetensors",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try workspace.expectFailure(forecast(with: model), message, sourceLocation: sourceLocation)
  }

  /// A safetensors file with a header and the four bytes of one number.
  private func safetensors(_ header: String) -> Data {
    let count = UInt64(header.utf8.count).littleEndian
    return withUnsafeBytes(of: count) { Data($0) } + Data(header.utf8) + Data(count: 4)
  }
}

/// Model files of `SalesTable` that tests share, each trained once.
private enum TrainedModels {
  /// Returns the file of a model with a decoder, `recurrent` or `direct`.
  static func data(_ decoder: String) throws -> Data {
    try (decoder == "direct" ? direct : recurrent).get()
  }

  private static let recurrent = Result { try train("recurrent") }
  private static let direct = Result { try train("direct") }

  private static func train(_ decoder: String) throws -> Data {
    let workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
    try expectSuccess(workspace.run(SmallRun.arguments("--decoder", decoder)))
    return try workspace.data("out/model.safetensors")
  }
}
