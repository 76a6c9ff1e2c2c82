import ArgumentParser
import Forecasting
import Scenarios

/// The columns of a plan that a model sees.
struct PlannedColumns {
  private let panel: Panel
  private let columns: [CovariateColumn]

  init(of model: any FittedNetwork, in panel: Panel) {
    self.panel = panel
    columns = model.columns.filter { $0.role == .known && panel.role(of: $0.column) == .known }
  }

  /// Checks that the model sees the columns of changes.
  func check(_ changes: [PlanChange]) throws {
    for change in changes { try check(change.column) }
  }

  private func check(_ name: String) throws {
    guard columns.contains(where: { $0.column == name }) else {
      throw ValidationError(
        "The model does not see a column \(name.debugDescription) that is known ahead. "
          + (columns.isEmpty
            ? "It sees none; train it with --known."
            : "It sees \(columns.map(\.column.debugDescription).joined(separator: ", "))."))
    }
  }

  /// Returns the name of the column of prices, or nil if there is none.
  ///
  /// - Parameter asked: The name that the option gives, if it does.
  func price(_ asked: String?) throws -> String? {
    if asked == "none" { return nil }
    if let asked {
      guard try panel.knownCovariate(asked).kind == .numeric else {
        throw CovariateError.otherKind(column: asked, asked: .numeric)
      }
      return asked
    }
    return columns.first { $0.column == "price" && $0.kind == .numeric }?.column
  }

  /// Reads a table of changes, and prints the report on it.
  func reading(
    _ name: String, into panel: Panel, idColumn: String, _ table: TableOptions
  ) throws -> Panel {
    let source = try SourceReference(name).open(table.format)
    let present = columns.filter { source.columns.contains($0.column) }
    let known = Set(panel.knownCovariates.map(\.name))
    for column in source.columns where known.contains(column) { try check(column) }
    guard !present.isEmpty else {
      throw ValidationError(
        "\(source.name) has no column that is known ahead and that the model sees: "
          + columns.map(\.column.debugDescription).joined(separator: ", ") + ".")
    }
    let identity =
      table.idColumn.isEmpty && source.columns.contains(idColumn)
      ? [idColumn] : table.identity.names(in: source.columns)
    let read = try CovariateOptions.planReader(
      of: present, source, panel, identity: identity, table
    ).readChanges(source, of: panel)
    print(read.report)
    return read.panel
  }
}
