extension Int {
  /// Returns the number followed by the name of the thing that it counts, such as `1 cell` or `3
  /// cells`.
  package func counted(_ thing: String) -> String { "\(self) \(thing)\(self == 1 ? "" : "s")" }
}

extension String {
  /// The name of a step with its article, such as `an hour` or `a week from monday`.
  package var withArticle: String { (self == "hour" ? "an " : "a ") + self }
}
