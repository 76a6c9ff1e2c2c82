import ArgumentParser

extension SourceReference {
  /// Checks that no source is given twice.
  ///
  /// - Throws: A `ValidationError` that shows both spellings.
  static func checkDistinct(_ names: [String]) throws {
    let sources = names.map { SourceReference($0) }
    for (index, source) in sources.enumerated() {
      guard let earlier = sources[..<index].first(where: { source.isSame(as: $0) }) else {
        continue
      }
      throw ValidationError(
        source.text == earlier.text
          ? "\(source.text) is given twice, so its rows would count twice."
          : "\(source.text) is the same as \(earlier.text), so its rows would count twice.")
    }
  }
}
