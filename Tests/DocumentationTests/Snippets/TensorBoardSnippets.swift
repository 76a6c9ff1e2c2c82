// The snippets are laid out as the articles and comments that show them:
// swift-format-ignore-file

import Foundation
import NeuralNetwork
import TensorBoard
import Testing

@Suite struct TensorBoardSnippets {
  private func withDirectory(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.path + "/\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try body(directory)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory + "/runs/a").count == 1)
  }

  @Test func writers() throws {
    try withDirectory { directory in
      // begin
      let log = try EventFileWriter(directory: directory + "/runs/a")
      for step in 0..<100 {
        try log.addScalar("loss", exp(-0.1 * Double(step)), step: step)
      }
      try log.addHistogram("weights", Tensor<Float>([0.5, -0.25, 1]), step: 99)
      try log.addText("notes", "A *first* run.")
      // end
    }
  }

  @Test func trainings() throws {
    var generator = Xoshiro256(seed: 42)
    let network = Sequential<Float>(Dense(inputSize: 2, outputSize: 1, using: &generator))
    let training = TensorDataset(inputs: Tensor<Float>.ones([3, 2]), targets: .ones([3, 1]))
    let validation = training
    try withDirectory { directory in
      // begin
      var trainer = Trainer(
        model: network, optimizer: Adam(learningRate: 0.01), options: TrainingOptions(epochs: 20))
      trainer.observer = try TrainingLog(directory: directory + "/runs/a")
      try trainer.fit(training, validation: validation) { model, batch, pass in
        meanSquaredError(model.forward(batch.inputs, &pass), batch.targets)
      }
      // end
    }
  }
}
