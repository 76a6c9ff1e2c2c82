import Forecasting

extension DecisionTree {
  /// Returns the tree as indented lines, a question before the lines of its two answers.
  ///
  /// - Parameters:
  ///   - names: The names of the columns, [F].
  ///   - flags: The columns that only have the values 0 and 1. Their questions are `name` and
  ///     `not name`.
  ///   - describe: A function that returns the text of a leaf.
  public func rules(
    _ names: [String], flags: Set<Int> = [], describe: (Node) -> String
  ) -> [String] {
    guard names.count == columnCount else {
      fatalError("DecisionTree.rules: expected \(columnCount) names, got \(names.count)")
    }
    var lines: [String] = []
    func add(_ place: Int, _ question: String?, depth: Int) {
      let node = nodes[place]
      let indent = String(repeating: "  ", count: depth)
      guard let split = node.split else {
        lines.append(indent + (question.map { "\($0): " } ?? "") + describe(node))
        return
      }
      if let question { lines.append("\(indent)\(question):") }
      let inner = question == nil ? depth : depth + 1
      let name = names[split.column]
      let threshold = split.threshold.fixed(2, leastDigits: 2)
      let isFlag = flags.contains(split.column)
      add(split.upper, isFlag ? name : "\(name) above \(threshold)", depth: inner)
      add(split.lower, isFlag ? "not \(name)" : "\(name) up to \(threshold)", depth: inner)
    }
    add(0, nil, depth: 0)
    return lines
  }
}
