/// An error that explains why the levels of a panel can't be reconciled.
public enum ReconciliationError: Error, Equatable {
  /// There is no level with a name among those that are nested.
  case noSuchLevel(String, levels: [String])
  /// The panel has too few steps for the past windows whose errors a method or quantiles need.
  case tooFewSteps(Int, needed: Int, windows: Int)
}

extension ReconciliationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSuchLevel(let name, let levels):
      "there is no level \(name.debugDescription) among the nested ones; choose one of \(levels.joined(separator: ", "))"
    case .tooFewSteps(let steps, let needed, let windows):
      "the data span \(steps) steps, but the errors of \(windows.counted("past window")) need \(needed); "
        + "choose fewer windows, a shorter horizon, or a method without errors, such as wls-structural"
    }
  }
}
