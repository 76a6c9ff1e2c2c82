/// Scales that a ``PanelScaler`` has learned, for other panels of the same series or groups.
///
/// The type is `Codable`, so that any encoder can save it.
public struct FittedPanelScaler: Sendable, Equatable {
  /// A transform, with the series that share it.
  public struct Unit: Sendable, Equatable, Codable {
    /// The key of the unit: empty for all series; for a group, its category in each column, nil if
    /// unknown; for a series, its id.
    public let key: [String?]
    /// The number of observed values that the transform was fitted to.
    public let observedCount: Int
    /// The transform.
    public let transform: ScaleTransform
  }

  /// The scaler that was fitted.
  public let scaler: PanelScaler
  /// The units, one for the panel, for each group, or for each series, in the order of the training
  /// panel.
  public let units: [Unit]
  private let places: [[String?]: Int]

  init(scaler: PanelScaler, units: [Unit]) {
    self.scaler = scaler
    self.units = units
    places = Dictionary(zip(units.map(\.key), units.indices)) { first, _ in first }
  }

  /// Returns the transform of each series of a panel, [N].
  ///
  /// - Throws: `ScalingError.notFitted` for the first series that was not in the training panel,
  ///   nor was its group; `CovariateError` if the panel lacks a column of the scope.
  public func transforms(of panel: Panel) throws -> [ScaleTransform] {
    let groups = try ScalingGroups(of: panel, by: scaler.scope)
    return try zip(panel.ids, groups.groups).map { id, group in
      guard let place = places[groups.keys[group]] else {
        let isSeries = scaler.scope == .series
        throw ScalingError.notFitted(id: id, group: isSeries ? nil : groups.keys[group])
      }
      return units[place].transform
    }
  }

  /// Returns a panel in units of the scales. Gaps and covariates don't change.
  ///
  /// - Throws: The errors of ``transforms(of:)``, and `ScalingError.notPositive` for the first
  ///   value for which a Box-Cox transformation isn't defined.
  public func transformed(_ panel: Panel) throws -> Panel {
    let transforms = try transforms(of: panel)
    return try panel.mapKnownValues { row, cells, numbers in
      guard let (place, shift) = transforms[row.index].transform(&numbers) else { return }
      throw ScalingError.notPositive(
        id: panel.ids[row.index],
        date: panel.calendar.labelDate(at: row.steps.lowerBound + cells[place]),
        hour: panel.calendar.hour(at: row.steps.lowerBound + cells[place]), value: numbers[place],
        shift: shift)
    }
  }

  /// Returns a panel in its original units. See ``ScaleTransform/restored(_:)``.
  ///
  /// - Throws: The errors of ``transforms(of:)``.
  public func restored(_ panel: Panel) throws -> Panel {
    let transforms = try transforms(of: panel)
    return panel.mapKnownValues { row, _, numbers in transforms[row.index].restore(&numbers) }
  }

  /// Returns forecasts of a panel's series in the units of its values. The forecasts must be point
  /// forecasts or those of one quantile; for means, see ``ScaleTransform``. Stops the program if
  /// the series differ from the panel's.
  ///
  /// - Throws: The errors of ``transforms(of:)``.
  public func restored(_ forecast: Forecast, of panel: Panel) throws -> Forecast {
    guard forecast.ids == panel.ids else {
      fatalError("FittedPanelScaler.restored: expected a forecast of the panel's series")
    }
    let values = try zip(transforms(of: panel), forecast.ids.indices).flatMap { transform, index in
      transform.restored(Array(forecast.values(at: index)))
    }
    // A forecast of 0 in units of the scale isn't 0 in units of the values.
    return try Forecast(ids: forecast.ids, calendar: forecast.calendar, values: values)
      .withoutSales(closedBy: panel)
  }
}

extension FittedPanelScaler: Codable {
  private enum CodingKeys: CodingKey { case scaler, units }

  /// Decodes a scaler.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let units = try container.decode([Unit].self, forKey: .units)
    self.init(scaler: try container.decode(PanelScaler.self, forKey: .scaler), units: units)
    guard places.count == units.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .units, in: container, debugDescription: "expected units with keys that differ")
    }
  }

  /// Encodes the scaler that was fitted, and the units.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(scaler, forKey: .scaler)
    try container.encode(units, forKey: .units)
  }
}

extension Panel {
  /// Returns the panel with the values of all cells except gaps changed by `change`, one series at
  /// a time.
  fileprivate func mapKnownValues(
    _ change: (_ row: CellRow, _ cells: [Int], _ numbers: inout [Double]) throws -> Void
  ) rethrows -> Panel {
    var cells: [Int] = []
    var numbers: [Double] = []
    return try mapCells { row in
      cells.removeAll(keepingCapacity: true)
      numbers.removeAll(keepingCapacity: true)
      for cell in row.states.indices where row.states[cell] != .gap {
        cells.append(cell)
        numbers.append(row.values[cell])
      }
      try change(row, cells, &numbers)
      for (cell, number) in zip(cells, numbers) { row.values[cell] = number.roundedToSingle }
    }
  }
}
