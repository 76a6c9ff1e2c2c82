/// The first line of a journal: the study that it belongs to.
struct JournalHeader: Codable, Equatable {
  /// A dimension of the space.
  struct Dimension: Codable, Equatable {
    let name, kind: String
    var categories: [String]?
    var low, high: Double?
    var logarithmic: Bool?
    var parent: String?
    var parentCategories: [String]?
  }

  var format = "foresight-study"
  var version = 1
  let seed: UInt64
  let sampler, scheduler: String
  let space: [Dimension]
  let first: [TrialValues]
  let settings: [String: String]

  /// Returns the first part that differs from that of another header, with both values.
  func difference(from other: JournalHeader) -> (part: String, own: String, other: String)? {
    let parts = [
      ("format", format, other.format), ("version", "\(version)", "\(other.version)"),
      ("seed", "\(seed)", "\(other.seed)"), ("sampler", sampler, other.sampler),
      ("scheduler", scheduler, other.scheduler),
    ]
    let names = Set(settings.keys).union(other.settings.keys).sorted()
    let ofSettings = names.map { ($0, settings[$0] ?? "missing", other.settings[$0] ?? "missing") }
    if let found = (parts + ofSettings).first(where: { $0.1 != $0.2 }) { return found }
    func text(_ space: [Dimension]) -> String { space.map(\.name).joined(separator: ", ") }
    if space != other.space { return ("search space", text(space), text(other.space)) }
    return first == other.first
      ? nil : ("list of first trials", "\(first.count) trials", "\(other.first.count) others")
  }
}

extension JournalHeader.Dimension {
  init(_ dimension: SearchDimension) {
    switch dimension.domain {
    case .categories(let categories):
      self.init(name: dimension.name, kind: "categorical", categories: categories)
    case .integers(let range, let isLogarithmic):
      self.init(
        name: dimension.name, kind: "integer", low: Double(range.lowerBound),
        high: Double(range.upperBound), logarithmic: isLogarithmic)
    case .reals(let range, let isLogarithmic):
      self.init(
        name: dimension.name, kind: "real", low: range.lowerBound, high: range.upperBound,
        logarithmic: isLogarithmic)
    }
    parent = dimension.condition?.dimension
    parentCategories = dimension.condition?.categories
  }
}

/// A line of a journal: a finished evaluation.
struct JournalRecord: Codable, Equatable {
  let trial, rung: Int
  let values: TrialValues
  /// The score, or nil if the evaluation failed.
  var score: Double?
  /// The error of an evaluation that failed, or nil.
  var error: String?
  let seconds: Double
}
