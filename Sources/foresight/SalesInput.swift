import ArgumentParser
import Forecasting

/// The sales to be forecast: a table of them, or a panel that was prepared.
struct SalesInput {
  let panel: Panel
  /// What people call the series, where the panel knows.
  let names: [String: String]
  /// The name of the identity: its columns, joined as its parts are.
  let idColumn: String
  /// What became of the table's rows, or what the panel has and the forecast makes no use of.
  let report: String

  /// - Parameter names: One panel file, or the sources of a table.
  init(_ names: [String], _ table: TableOptions) throws {
    guard let file = names.first(where: PanelFile.isAt) else {
      let source = try MainTable(names).open(table.format)
      var reader = table.reader
      if !table.identity.idColumn.isEmpty {
        reader.schema.identity = table.identity.names(in: source.columns)
      }
      let read = try reader.read(source)
      (panel, self.names, report) = (
        read.panel, [:], "\(read.report)\(read.report.table.advice)"
      )
      idColumn = table.identity.names(in: source.columns)
        .joined(separator: table.identity.separator)
      return
    }
    if names.count > 1 {
      throw ValidationError("\(file) is a panel file, which is forecast alone; name no other.")
    }
    if let option = table.firstOption {
      throw ValidationError("\(option) is for tables, but \(file) is a panel file.")
    }
    panel = try Panel(contentsOf: file)
    idColumn = TableSchema.longTable.identity[0]
    self.names = panel.descriptions
    let unused = panel.pastCovariates.map(\.name) + panel.knownCovariates.map(\.name)
    report =
      "\(panel.seriesCount) series over \(panel.calendar.count) steps of a "
      + "\(panel.calendar.frequency), \(panel.calendar.label(at: 0)) until before "
      + panel.calendar.label(at: panel.calendar.count)
      + (unused.isEmpty ? "" : "\ncolumns without a part in the forecast: ")
      + unused.joined(separator: ", ")
      + panel.spellingNote
  }
}

extension Panel {
  /// A line about ids that differ only in their spelling; empty where there are none.
  fileprivate var spellingNote: String {
    let groups = IdentityFolding.similar(ids)
    guard let first = groups.first else { return "" }
    return
      "\n\(groups.reduce(0) { $0 + $1.count }) ids differ from others only in blanks, letter case or "
      + "invisible characters, such as \(first[0].debugDescription) and \(first[1].debugDescription); "
      + "--merge-identities of prepare makes one series of them"
  }

  /// What the static column of descriptions calls the series, where there is one.
  fileprivate var descriptions: [String: String] {
    guard let (codes, vocabulary) = try? staticCovariate("description").categories() else {
      return [:]
    }
    var names: [String: String] = [:]
    for (id, code) in zip(ids, codes) {
      if let name = vocabulary.name(of: code) { names[id] = name }
    }
    return names
  }
}

extension PreparationReport {
  /// What was left out of the main table.
  var mainNotes: TableNotes? { orders?.table ?? rows?.table ?? values?.table }
}

extension TableNotes {
  /// The option that deals with ids in several spellings, on a line of its own; empty without such ids.
  var advice: String {
    similarIds.isEmpty ? "" : "\n--merge-identities makes one series of ids that differ so."
  }
}
