import Forecasting

/// The columns of a panel that networks see, and those that they leave out.
struct SeenColumns {
  /// The columns that networks see.
  let seen: [String]
  /// The columns that they leave out, with the reason.
  private let unseen: [(columns: [String], reason: String)]

  /// Creates the columns of networks that are trained on a panel, or of a trained network.
  ///
  /// - Parameters:
  ///   - panel: The panel.
  ///   - seasonLength: The season length, or nil for that of the frequency.
  ///   - model: The trained network, or nil for new ones.
  init(of panel: Panel, seasonLength: Int?, by model: (any FittedNetwork)? = nil) {
    let seasonLength = seasonLength ?? panel.calendar.frequency.seasonLength
    let features = model?.layout.features ?? .automatic(for: panel, seasonLength: seasonLength)
    let used = Set(features.panelColumns.map(\.column))
    let known = panel.knownCovariates.map(\.name)
    let others =
      panel.pastCovariates.map(\.name)
      + panel.staticCovariates.map(\.name).filter { $0 != "description" }
    seen = (known + others).filter(used.contains)
    func left(_ columns: [String]) -> [String] { columns.filter { !used.contains($0) } }
    unseen =
      model != nil
      ? [(left(known + others), "the model was trained without them")]
      : [
        (
          left(known),
          "each first changes in the last season, so its effect can't be told from the season's"
        ), (left(others), "more than 256 categories, or fewer than two series for each"),
      ]
  }

  /// Prints the columns that networks leave out.
  func printUnseen() {
    for (columns, reason) in unseen where !columns.isEmpty {
      print(
        "columns that the network does not see: \(columns.joined(separator: ", ")) (\(reason))")
    }
  }
}

extension ModelOptions {
  /// Prints the columns of a panel that new networks leave out.
  func printUnseenColumns(of panel: Panel) {
    SeenColumns(of: panel, seasonLength: seasonLength).printUnseen()
  }
}
