import ArgumentParser
import Segments

/// Options for a segment and the tables beside the order lines.
struct SegmentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The customers of the segment, by a column of --customers and its values: age=19-24. Can be \
      repeated; members then match all. Customers without a value are in neither group.
      """, valueName: "column=values"))
  var segment: [RowFilterArgument] = []

  @Option(
    help: "The table of customers, with the customer column and the columns of --segment.",
    completion: .file())
  var customers: String

  @Option(
    help: """
      The table of products, with the item column and --category-column. (default: each item is its own \
      category)
      """,
    completion: .file())
  var products: String?

  @Option(help: "The column of a product's category. (default: category)")
  var categoryColumn: String?

  @Option(
    help:
      "The table of who received which campaign, with --campaign-column and the customer column.",
    completion: .file())
  var campaigns: String?

  @Option(
    help: """
      The table of the campaigns' types and dates, with --campaign-column, --campaign-type-column, \
      --start-column, and --end-column.
      """,
    completion: .file())
  var campaignPeriods: String?

  @Option(
    help:
      "The table of the items that coupons are for, with --campaign-column and the item column.",
    completion: .file())
  var coupons: String?

  @Option(help: "The column of a campaign's id. (default: campaign_id)")
  var campaignColumn: String?

  @Option(help: "The column of a campaign's type. (default: campaign_type)")
  var campaignTypeColumn: String?

  @Option(help: "The column of a campaign's first day. (default: start_date)")
  var startColumn: String?

  @Option(help: "The column of a campaign's last day. (default: end_date)")
  var endColumn: String?

  func validate() throws {
    if segment.isEmpty {
      throw ValidationError("--segment names the customers to analyze, as in --segment age=19-24.")
    }
    if (campaigns == nil) != (campaignPeriods == nil) {
      throw ValidationError("--campaigns and --campaign-periods go together.")
    }
    if coupons != nil, campaigns == nil {
      throw ValidationError("--coupons needs --campaigns and --campaign-periods.")
    }
    if products == nil, categoryColumn != nil {
      throw ValidationError("--category-column is a column of --products.")
    }
    if campaigns == nil,
      let option = firstGiven([
        ("--campaign-column", campaignColumn), ("--campaign-type-column", campaignTypeColumn),
        ("--start-column", startColumn), ("--end-column", endColumn),
      ])
    {
      throw ValidationError("\(option) is a column of --campaigns or --campaign-periods.")
    }
  }

  /// The segment that the options describe.
  var definition: SegmentDefinition {
    SegmentDefinition(segment.map { ($0.column, $0.values) })
  }

  /// The names of the columns.
  var columns: SegmentColumns {
    var columns = SegmentColumns()
    if let categoryColumn { columns.category = categoryColumn }
    if let campaignColumn { columns.campaign = campaignColumn }
    if let campaignTypeColumn { columns.campaignType = campaignTypeColumn }
    if let startColumn { columns.start = startColumn }
    if let endColumn { columns.end = endColumn }
    return columns
  }

  /// The tables that the options name.
  private var references: [String] {
    [customers] + [products, campaigns, campaignPeriods, coupons].compactMap { $0 }
  }

  /// Registers all tables as inputs of the run, before anything is read.
  func declare() throws {
    for reference in references { try SourceReference(reference).declare() }
  }

  /// Opens all tables.
  func open(_ format: DelimitedFormat) throws(TableError) -> SegmentSources {
    func opened(_ name: String?) throws(TableError) -> (any RecordSource)? {
      guard let name else { return nil }
      return try SourceReference(name).open(format)
    }
    return SegmentSources(
      customers: try SourceReference(customers).open(format), products: try opened(products),
      contacts: try opened(campaigns), periods: try opened(campaignPeriods),
      coupons: try opened(coupons))
  }

  /// The option that names each column of the tables.
  var columnOptions: [String: String] {
    let columns = columns
    let named =
      segment.map { ($0.column, "--segment") } + [
        (columns.category, "--category-column"), (columns.campaign, "--campaign-column"),
        (columns.campaignType, "--campaign-type-column"), (columns.start, "--start-column"),
        (columns.end, "--end-column"),
      ]
    return Dictionary(named) { first, _ in first }
  }
}
