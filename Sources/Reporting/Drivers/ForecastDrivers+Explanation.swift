import Explanation

extension ForecastDrivers {
  /// Explains a network on past windows of the series with the largest recent sales.
  ///
  /// This takes a small part of the time of a training: the network forecasts each of the windows about
  /// six times for each input.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - panel: The sales, with all columns that the network sees up to the end of its forecast.
  ///   - windows: The maximum number of windows. Stops the program if it is less than 2.
  ///   - seriesLimit: The maximum number of series.
  ///   - seed: The seed of the choice of windows and of the orders in which inputs are exchanged.
  /// - Throws: `ForecastError` if no series is long enough for a window, `CovariateError` and
  ///   `HolidayError` if the panel lacks the input of a feature.
  public init(
    of model: any FittedNetwork, on panel: Panel, windows limit: Int = 256,
    seriesLimit: Int = 500, seed: UInt64 = 0
  ) throws {
    let largest = panel.largest(seriesLimit, for: model)
    guard !largest.isEmpty else { throw ForecastError.nothingObserved(id: panel.ids.first ?? "") }
    let shown = panel.selecting(largest.sorted())
    let windows = try ExplainedWindows(of: model, on: shown, limit: limit, seed: seed)
    let importance = try PermutationImportance(of: WindowExamples(windows), seed: seed)
    let columns = model.knownColumns(of: shown)
    let order = importance.inputs.map(\.input.name)
    let chosen = columns.sorted { order.place(of: $0) < order.place(of: $1) }
      .prefix(Self.columnLimit)
    self.init(
      name: model.name, windows, importance,
      try ForecastSurrogates.ifEnough(windows, seed: seed),
      try columns.filter(chosen.contains).map { column in
        try PartialDependence(
          of: model, on: column, from: shown, horizon: model.layout.horizon, seriesLimit: 50)
      })
  }

  /// Describes explanations of one network.
  ///
  /// - Parameters:
  ///   - name: The name of the network.
  ///   - windows: The windows that the importance was measured on.
  ///   - importance: The importance of all inputs.
  ///   - surrogates: The simple models, or nil if there are too few forecasts for them.
  ///   - dependences: The curves of columns. Those without a series or with a single setting are left
  ///     out.
  public init(
    name: String, _ windows: ExplainedWindows, _ importance: PermutationImportance,
    _ surrogates: ForecastSurrogates?, _ dependences: [PartialDependence]
  ) {
    model = name
    basis = Basis(windows)
    error = importance.error.isFinite ? importance.error : nil
    groups = importance.groups.map(Importance.init)
    inputs = importance.inputs.map(Importance.init)
    effects = dependences.filter { !$0.ids.isEmpty && $0.settings.count > 1 }.map(Effect.init)
    tree = surrogates.map(Tree.init)
    linear = surrogates.map(Linear.init)
  }

  /// The maximum number of columns whose effects are computed, each of which takes several forecasts.
  private static let columnLimit = 6
}

extension [String] {
  /// Returns the place of a name, or the end if it isn't there.
  fileprivate func place(of name: String) -> Int { firstIndex(of: name) ?? count }
}

extension ForecastDrivers.Basis {
  fileprivate init(_ windows: ExplainedWindows) {
    self.init(
      windows: windows.count, series: windows.seriesCount,
      first: windows.calendar.label(at: windows.ends.lowerBound),
      last: windows.calendar.label(at: windows.ends.upperBound), areHeldOut: windows.areHeldOut)
  }
}

extension ForecastDrivers.Importance {
  fileprivate init(_ one: PermutationImportance.Increase) {
    let isJudged = one.isJudged && one.increase.isFinite
    self.init(
      name: one.input.name, group: one.input.group.rawValue,
      increase: isJudged ? one.increase : nil, standardError: isJudged ? one.standardError : nil)
  }
}

extension ForecastDrivers.Effect {
  fileprivate init(_ dependence: PartialDependence) {
    self.init(
      column: dependence.column, settings: dependence.settings.map(ForecastDrivers.Setting.init),
      means: dependence.means)
  }
}

extension ForecastDrivers.Setting {
  fileprivate init(_ setting: PartialDependence.Setting) {
    switch setting {
    case .number(let number): self.init(number: number, isFactor: false, category: nil)
    case .factor(let factor): self.init(number: factor, isFactor: true, category: nil)
    case .category(let name): self.init(number: nil, isFactor: false, category: name)
    }
  }
}

extension ForecastDrivers.Tree {
  fileprivate init(_ surrogates: ForecastSurrogates) {
    self.init(
      nodes: surrogates.tree.nodes.map { node in
        ForecastDrivers.Node(
          mean: node.mean, count: node.count,
          split: node.split.map { split in
            ForecastDrivers.Split(
              feature: surrogates.columns[split.column],
              isFlag: surrogates.flags.contains(split.column), threshold: split.threshold,
              lower: split.lower, upper: split.upper)
          })
      }, fidelity: ForecastDrivers.Fidelity(surrogates.treeFidelity))
  }
}

extension ForecastDrivers.Linear {
  fileprivate init(_ surrogates: ForecastSurrogates) {
    let model = surrogates.linear
    // A flag weighs as much in the forecasts as its standard deviation says, like other features.
    let largest = model.coefficients.indices.filter { model.deviations[$0] > 0 }
      .sorted { abs(model.coefficients[$0]) > abs(model.coefficients[$1]) }
      .prefix(Self.featureLimit)
    let changes = largest.map { place in
      let isFlag = surrogates.flags.contains(place)
      return ForecastDrivers.Coefficient(
        feature: surrogates.columns[place], isFlag: isFlag,
        change: model.coefficients[place] / (isFlag ? model.deviations[place] : 1))
    }
    self.init(features: changes, fidelity: ForecastDrivers.Fidelity(surrogates.linearFidelity))
  }

  private static let featureLimit = 12
}

extension ForecastDrivers.Fidelity {
  fileprivate init(_ fidelity: ForecastSurrogates.Fidelity) {
    self.init(r2: fidelity.r2, count: fidelity.count)
  }
}
