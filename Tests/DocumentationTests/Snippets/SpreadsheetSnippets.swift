// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Forecasting
import Spreadsheets

/// Compiled and not run: they read workbooks that are not there.
struct SpreadsheetSnippets {
  private func readingAWorkbook() throws -> LongTable {
    // begin
    let sales = try WorkbookSource(path: "sales.xlsx", sheet: "2025")
    let table = try LongTableReader().read(sales)
    // end
    return table
  }
}
