extension Panel {
  /// The panel of some of its series, in the order of `indices`, with their covariates. Values are
  /// shared. An index outside of 0 to N − 1, or one that comes twice, stops the program.
  public func selecting(_ indices: [Int]) -> Panel {
    var seen = [Bool](repeating: false, count: seriesCount)
    for index in indices {
      guard ids.indices.contains(index) else {
        fatalError("Panel.selecting: expected indices in 0..<\(seriesCount), got \(index)")
      }
      guard !seen[index] else {
        fatalError("Panel.selecting: expected indices that differ, got \(index) twice")
      }
      seen[index] = true
    }
    var selected = Panel(
      ids: indices.map { ids[$0] }, calendar: calendar, origin: origin, values: values,
      states: states, layout: layout.selecting(indices))
    selected.staticCovariates = staticCovariates.map { $0.selecting(indices) }
    selected.pastColumns = pastColumns.map { $0.selecting(indices) }
    selected.knownColumns = knownColumns.map { $0.selecting(indices) }
    selected.target = target
    selected.closing = closing
    selected.startsAtLaunch = startsAtLaunch
    let kept = saleEnds.isEmpty ? [] : Set(selected.ids)
    selected.saleEnds = saleEnds.filter { kept.contains($0.key) }
    return selected
  }

  /// The panel of the series of some ids, in that order. An id that comes twice stops the program.
  ///
  /// - Throws: `CovariateError.noSuchSeries` for the first id that the panel has not.
  public func selecting(ids wanted: [String]) throws(CovariateError) -> Panel {
    let places = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    var indices: [Int] = []
    for id in wanted {
      guard let index = places[id] else { throw .noSuchSeries(id: id) }
      indices.append(index)
    }
    return selecting(indices)
  }

  /// The panel of the series whose static covariate is one of some categories, in the panel's
  /// order: all of a store, for one. That may be none.
  ///
  /// - Throws: `CovariateError` where there is no such static covariate, it holds numbers, or a
  ///   category is not in its vocabulary.
  public func selecting(
    _ column: String, in categories: Set<String>
  ) throws(CovariateError) -> Panel {
    let covariate = try staticCovariate(column)
    let (codes, vocabulary) = try covariate.categories()
    for name in categories.sorted() where vocabulary.code(of: name) == Vocabulary.unknown {
      throw .noSuchCategory(column: column, name: name)
    }
    let wanted = Set(categories.map(vocabulary.code))
    return selecting(ids.indices.filter { wanted.contains(codes[$0]) })
  }
}
