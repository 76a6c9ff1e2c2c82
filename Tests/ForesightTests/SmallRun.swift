/// The options of a run that takes a moment, at extents that all differ.
enum SmallRun {
  static let horizon = 9
  static let inputLength = 16
  static let seasonLength = 7

  static let network = [
    "--network", "lstm", "--hidden-size", "4", "--epochs", "1", "--steps-per-epoch", "2",
    "--no-combine",
  ]
  static let training = ["--input-length", "\(inputLength)"] + network
  static let options = ["--horizon", "\(horizon)"] + training

  /// `foresight forecast` of `sales.csv` into `out`, without the explanation on the page.
  static func arguments(_ more: String...) -> [String] {
    ["forecast", "sales.csv", "--output", "out", "--no-explain"] + options + more
  }

  /// What a run that trains leaves in the directory that has the table only.
  static let contents = [
    "out", "out/forecast.html", "out/forecasts.csv", "out/model.safetensors", "out/next.csv",
    "sales.csv",
  ]
}
