import NeuralNetwork

/// A text about a model and its training, in Markdown.
struct ModelText {
  let markdown: String

  init<Model: Module>(
    _ model: Model, _ optimizer: some Optimizer, _ options: TrainingOptions
  ) {
    let parameters = model.parameters
    var rows: [(name: String, value: String)] = [
      ("model", "\(Model.self)"), ("parameters", "\(model.parameterCount)"),
      ("optimizer", "\(type(of: optimizer))"), ("learning rate", "\(optimizer.learningRate)"),
    ]
    rows += Self.rows(options)
    let table = MarkdownTable(["", ""], rows.map { [$0.name, $0.value] })
    let tensors = MarkdownTable(
      ["parameter", "shape", "elements"],
      parameters.map { ["\($0.name)", "\($0.value.shape)", "\($0.value.elementCount)"] })
    markdown = "\(table)\n\(tensors)"
  }

  /// Returns the options that differ from run to run, without those that are nil.
  private static func rows(_ options: TrainingOptions) -> [(name: String, value: String)] {
    let all: [(String, Any?)] = [
      ("epochs", options.epochs), ("batch size", options.batchSize),
      ("steps per epoch", options.stepsPerEpoch), ("time limit", options.timeLimit),
      ("shuffles", options.shuffles), ("early stopping", options.earlyStopping),
      ("averaging", options.averaging), ("gradient clipping", options.gradientClipping),
      ("schedule", options.schedule), ("seed", options.seed),
    ]
    return all.compactMap { name, value in value.map { (name, "\($0)") } }
  }
}

/// A table in Markdown.
package struct MarkdownTable: CustomStringConvertible {
  package let description: String

  /// Creates a table with a row of names.
  package init(_ names: [String], _ rows: [[String]]) {
    let rule = names.map { _ in "---" }
    description = ([names, rule] + rows).map { cells in
      "| " + cells.map(Self.escaped).joined(separator: " | ") + " |\n"
    }.joined()
  }

  /// Returns a text without characters that would end a cell or start other markup.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\n": result += " "
      case "|", "<", "*", "_", "`", "\\": result += "\\\(character)"
      default: result.append(character)
      }
    }
  }
}
