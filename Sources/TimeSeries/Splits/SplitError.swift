/// An error that occurs when data cannot be split.
public enum SplitError: Error, Equatable {
  /// The panel has too few steps.
  case tooFewSteps(steps: Int, needed: Int)
  /// There are fewer rows than folds, or too few rows for two nonempty parts.
  case tooFewRows(rows: Int, needed: Int)
  /// There are fewer groups than folds.
  case tooFewGroups(groups: Int, needed: Int)
}

extension SplitError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooFewSteps(let steps, let needed):
      "the data span \(steps) steps, but these splits need \(needed); use fewer splits, or "
        + "shorten the horizon"
    case .tooFewRows(let rows, let needed):
      "there are \(rows) rows, but these splits need \(needed); use fewer folds"
    case .tooFewGroups(let groups, let needed):
      "there are \(groups) groups, but these splits need \(needed); use fewer folds"
    }
  }
}
