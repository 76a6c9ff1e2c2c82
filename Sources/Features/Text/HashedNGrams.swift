/// A text such as a product's name as a vector that represents the character sequences it contains.
///
/// Each word of the text, in lowercase and between `<` and `>`, is split into n-grams of Unicode
/// scalars, as in fastText (Bojanowski et al. 2017). Each n-gram adds 1 or −1 to one of `count`
/// elements: its 64-bit FNV-1a hash modulo `count` is the index, and the hash's highest bit the
/// sign (Weinberger et al. 2009). The vector is then scaled to length 1. Texts that share words, or
/// parts of words, have similar vectors, including texts that are new. The same text has the same
/// vector in every run. Columns are missing for series without a text.
public struct HashedNGrams: Feature {
  /// The text to hash.
  public enum Text: Hashable, Sendable, Codable {
    /// The ids of the series.
    case id
    /// A static column of categories: their names.
    case column(String)
  }

  /// The text to hash.
  public let text: Text
  /// The lengths of the n-grams.
  public let lengths: ClosedRange<Int>
  /// The length of the vector.
  public let count: Int

  /// Creates the vector of a text. Stops the program if the lengths or the count are less than 1.
  public init(of text: Text, lengths: ClosedRange<Int> = 3...5, count: Int = 32) {
    self.text = text
    self.lengths = lengths
    self.count = count
    checkRange()
  }

  public var name: String {
    switch text {
    case .id: "id text"
    case .column(let name): "\(name) text"
    }
  }

  public var role: FeatureRole { .static }

  /// - Throws: `CovariateError` if there is no such column, or if it contains numbers.
  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let vectors = try texts(of: panel).map { $0.map(vector) }
    return (0..<count).map { place in
      FeatureColumn(
        name: "\(name) \(place)", static: .numbers(vectors.map { $0.map { Double($0[place]) } }))
    }
  }

  /// Returns the vector of a text, `count` numbers, or zeros for a text without a word.
  public func vector(of text: String) -> [Float] {
    var sums = [Double](repeating: 0, count: count)
    for word in text.lowercased().split(whereSeparator: \.isWhitespace) {
      let scalars = Array("<\(word)>".unicodeScalars)
      for length in lengths where length <= scalars.count {
        for start in 0...scalars.count - length {
          let hash = FNV1a.hash(scalars[start..<start + length].flatMap { UTF8.encode($0)! })
          sums[Int(hash % UInt64(count))] += hash >> 63 == 0 ? 1 : -1
        }
      }
    }
    let length = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return sums.map { Float(length > 0 ? $0 / length : 0) }
  }

  private func texts(of panel: Panel) throws(CovariateError) -> [String?] {
    switch text {
    case .id: return panel.ids
    case .column(let name):
      let (codes, vocabulary) = try panel.staticCovariate(name).categories()
      return codes.map(vocabulary.name)
    }
  }
}

extension HashedNGrams: RangeChecked {
  package var fault: String? {
    lengths.lowerBound >= 1 && count >= 1
      ? nil : "expected lengths and a count of at least 1, got \(lengths) and \(count)"
  }
}
