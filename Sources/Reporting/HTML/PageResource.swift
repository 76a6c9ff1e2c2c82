/// A style sheet or a script of the folder Resources, which is compiled into the library.
struct PageResource: Sendable {
  /// The text, which doesn't end the element that contains it.
  let text: String

  private init(text: String) { self.text = text }

  private init(_ files: [UInt8]...) {
    text = files.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
  }

  /// The colors and marks of charts in a file of their own. It has plain colors for a light paper,
  /// since few programs other than browsers know variables.
  static let chartStyle = PageResource(PackageResources.chart_css).resolvingVariables()
  /// The style of a page with static charts.
  static let pageStyle = PageResource(PackageResources.chart_css, PackageResources.page_css)
  /// The script of a page with static charts. It selects the visible figure by the list or the
  /// page's address, and reads out a chart at the step selected with the pointer or the arrow keys.
  static let pageScript = PageResource(PackageResources.page_js)

  /// The style of a ``ReportPage``.
  static let reportStyle = PageResource(PackageResources.chart_css, PackageResources.report_css)
  /// The script of a ``ReportPage``, file after file.
  static let reportScript = PageResource(
    PackageResources.report_texts_js, PackageResources.report_texts_zh_js,
    PackageResources.report_data_js, PackageResources.report_tools_js,
    PackageResources.report_export_js, PackageResources.report_line_js,
    PackageResources.report_slider_js, PackageResources.report_bars_js,
    PackageResources.report_overview_js, PackageResources.report_forecast_js,
    PackageResources.report_series_js, PackageResources.report_sorting_js,
    PackageResources.report_drivers_js, PackageResources.report_tree_js,
    PackageResources.report_contributions_js, PackageResources.report_stock_js,
    PackageResources.report_accuracy_js, PackageResources.report_customers_js,
    PackageResources.report_quality_js, PackageResources.report_season_js,
    PackageResources.report_main_js)

  /// Returns the style sheet with the light color in place of each variable.
  private func resolvingVariables() -> PageResource {
    let definition = /--([\w-]+): light-dark\((#\w+), #\w+\);/
    var text = text.replacing(/:root \{.*?\}\n/.dotMatchesNewlines(), with: "")
    for variable in self.text.matches(of: definition) {
      text = text.replacing("var(--\(variable.1))", with: variable.2)
    }
    return PageResource(text: text)
  }
}
