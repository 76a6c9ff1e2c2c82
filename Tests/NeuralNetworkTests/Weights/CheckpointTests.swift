import NeuralNetwork
import TestSupport
import Testing

/// A checkpoint comes back to the last bit, or not at all.
@Suite struct CheckpointTests {
  private struct State: Codable, Equatable {
    var epoch = 17
    var random = Xoshiro256(seed: 65)
    var history: [Double] = []
    var words: [UInt64] = [0, .max, 1 << 63, (1 << 53) + 1]
  }

  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path("c.safetensors")
  }

  @Test func modelsComeBackToTheLastBit() throws {
    let current = Network<Float>(seed: 1)
    let best = Network<Float>(seed: 2)
    var checkpoint = Checkpoint<Float, State>(state: State())
    checkpoint.store(current, in: "model")
    checkpoint.store(best, in: "best")
    let moment = Tensor<Float>([Float(bitPattern: 0x7FC1_2345), -0.0, .leastNonzeroMagnitude])
    checkpoint.groups["optimizer"] = ["first.head.bias": moment, "": Tensor(3)]
    try checkpoint.write(to: path)

    let read = try Checkpoint<Float, State>(path: path)
    #expect(read.state == State())
    #expect(read.groups.keys.sorted() == ["best", "model", "optimizer"])
    var restored = Network<Float>(seed: 3)
    try read.restore(&restored, from: "best")
    #expect(areIdentical(restored.parameters, best.parameters))
    try read.restore(&restored, from: "model")
    #expect(areIdentical(restored.parameters, current.parameters))
    let optimizer = try #require(read.groups["optimizer"])
    #expect(areIdentical(try #require(optimizer["first.head.bias"]), moment))
    #expect(optimizer[""]?.scalar == 3)
    #expect(optimizer.count == 2)
  }

  @Test func numbersOfTheStateComeBackToTheLastBit() throws {
    var generator = Xoshiro256(seed: 3)
    var state = State()
    state.history = [
      -0.0, 0.1, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity, 1 / 3,
      1e22, 123456789,
    ]
    for _ in 0..<10_000 {
      let number = Double(bitPattern: generator.next())
      if number.isFinite { state.history.append(number) }
    }
    for _ in 0..<17 { _ = state.random.next() }
    try Checkpoint<Double, State>(state: state).write(to: path)
    let read = try Checkpoint<Double, State>(path: path).state
    #expect(read.history.map(\.bitPattern) == state.history.map(\.bitPattern))
    #expect(read.random == state.random)
    #expect(read.words == state.words)
  }

  @Test func aLossThatIsNaNCanBeKept() throws {
    try Checkpoint<Float, State>(state: State(history: [1, .nan])).write(to: path)
    let history = try Checkpoint<Float, State>(path: path).state.history
    #expect(history[0] == 1)
    #expect(history[1].isNaN)
  }

  @Test func theSameCheckpointGivesTheSameBytes() throws {
    var checkpoint = Checkpoint<Float, State>(state: State())
    for group in ["model", "best", "optimizer"] {
      checkpoint.store(Network<Float>(seed: 1), in: group)
    }
    try checkpoint.write(to: path)
    let first = try bytes(path)
    try Checkpoint<Float, State>(path: path).write(to: path)
    #expect(try bytes(path) == first)
    #expect(try directory.names == ["c.safetensors"])
  }

  @Test func modelsThatDoNotFitStayAsTheyAre() throws {
    var checkpoint = Checkpoint<Float, State>(state: State())
    checkpoint.store(Network<Float>(seed: 1).head, in: "model")
    try checkpoint.write(to: path)
    let read = try Checkpoint<Float, State>(path: path)
    var generator = Xoshiro256(seed: 1)
    let other = Dense<Float>(inputSize: 3, outputSize: 2, hasBias: false, using: &generator)
    var model = other
    let error = #expect(throws: WeightsError.self) { try read.restore(&model, from: "model") }
    #expect(
      error
        == WeightsError(
          file: "\(path), model",
          fault: .mismatch([
            .unexpected("bias"), .shape("weight", expected: [2, 3], found: [2, 5]),
          ])))
    let missing = #expect(throws: WeightsError.self) { try read.restore(&model, from: "best") }
    #expect(missing?.fault == .mismatch([.missing("weight")]))
    #expect(areIdentical(model.parameters, other.parameters))
  }

  @Test func filesOfSomethingElse() throws {
    func message(reading: Checkpoint<Double, State>.Type) -> String? {
      #expect(throws: WeightsError.self) { try Checkpoint<Double, State>(path: path) }?.description
    }
    try Network<Double>(seed: 1).save(
      to: path, as: ModelKind("sales-network", version: 1), configuration: State())
    #expect(
      message(reading: Checkpoint<Double, State>.self)
        == "\(path): holds a model of the kind \"sales-network\", but \"checkpoint\" is expected; "
        + "name a file of that kind")
    try Dense<Double>(weight: .ones([2, 3]), bias: nil).save(
      to: path, as: ModelKind("checkpoint", version: 1), configuration: State())
    #expect(
      message(reading: Checkpoint<Double, State>.self)
        == "\(path): tensor \"weight\" belongs to no group, so it is not a checkpoint; tensors of a "
        + "checkpoint are named group.name")
    var checkpoint = Checkpoint<Float, State>(state: State())
    checkpoint.groups["model"] = ["weight": .ones([3])]
    try checkpoint.write(to: path)
    #expect(
      message(reading: Checkpoint<Double, State>.self)
        == "\(path): tensor \"model.weight\" holds F32, but this checkpoint is read as F64; resume "
        + "with the type that it was trained with")
  }

  @Test func stopsAtAGroupWithADot() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var checkpoint = Checkpoint<Float, Int>(state: 3)
      checkpoint.groups["a.b"] = ["c": .ones([3])]
      try checkpoint.write(to: "never-written")
    }
    #expect(
      message(of: result).contains(
        "Checkpoint: the name of a group must not contain a dot, but is \"a.b\""))
  }
}
