extension Int {
  /// So many of a thing, such as `1 cell` or `3 cells`.
  package func counted(_ thing: String) -> String { "\(self) \(thing)\(self == 1 ? "" : "s")" }
}
