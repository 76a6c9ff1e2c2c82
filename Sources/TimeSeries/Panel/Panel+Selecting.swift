extension Panel {
  /// Returns the panel of the series at `indices`, in that order, with their covariates. Values are
  /// shared. Stops the program if an index is outside 0 to N − 1, or occurs twice.
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
    selected.closingValues = closingValues
    selected.startsAtLaunch = startsAtLaunch
    let kept = saleEnds.isEmpty ? [] : Set(selected.ids)
    selected.saleEnds = saleEnds.filter { kept.contains($0.key) }
    return selected
  }

  /// Returns the panel of the series with the given ids, in that order. Stops the program if an id
  /// occurs twice.
  ///
  /// - Throws: `CovariateError.noSuchSeries` for the first id that isn't in the panel.
  public func selecting(ids wanted: [String]) throws(CovariateError) -> Panel {
    let places = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    var indices: [Int] = []
    for id in wanted {
      guard let index = places[id] else { throw .noSuchSeries(id: id) }
      indices.append(index)
    }
    return selecting(indices)
  }

  /// Returns the panel of the series whose static covariate is one of the given categories, in the
  /// panel's order, such as all series of a store. The result may have no series.
  ///
  /// - Throws: `CovariateError` if there is no such static covariate, if it contains numbers, or if
  ///   a category isn't in its vocabulary.
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
