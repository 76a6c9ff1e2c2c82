/// The names of the columns of the tables beside the order lines.
///
/// Columns with the same meaning have the same name in all tables: the customer's and the item's are
/// those of the order lines' schema.
public struct SegmentColumns: Sendable, Equatable {
  /// The column of an item's category, in the table of products.
  public var category = "category"
  /// The column of a campaign's id, in the tables of contacts, periods, and coupons.
  public var campaign = "campaign_id"
  /// The column of a campaign's type, in the table of periods.
  public var campaignType = "campaign_type"
  /// The column of a campaign's first day, in the table of periods.
  public var start = "start_date"
  /// The column of a campaign's last day, in the table of periods.
  public var end = "end_date"

  /// Creates the default names.
  public init() {}
}

/// The sources of the tables beside the order lines.
public struct SegmentSources {
  /// The table of customers, with a column of ids and the columns of the segment.
  public var customers: any RecordSource
  /// The table of products, with a column of ids and one of categories. If it is `nil`, each item is
  /// its own category.
  public var products: (any RecordSource)?
  /// The table of campaigns and the customers that received them.
  public var contacts: (any RecordSource)?
  /// The table of campaigns with their types and first and last days.
  public var periods: (any RecordSource)?
  /// The table of campaigns and the items that their coupons are for.
  public var coupons: (any RecordSource)?

  /// Creates the sources. Stops the program if only one of contacts and periods is given, or
  /// coupons without them.
  public init(
    customers: any RecordSource, products: (any RecordSource)? = nil,
    contacts: (any RecordSource)? = nil, periods: (any RecordSource)? = nil,
    coupons: (any RecordSource)? = nil
  ) {
    guard (contacts == nil) == (periods == nil), coupons == nil || contacts != nil else {
      fatalError("SegmentSources: expected contacts and periods together, and coupons with both")
    }
    self.customers = customers
    self.products = products
    self.contacts = contacts
    self.periods = periods
    self.coupons = coupons
  }
}

/// The customers of a segment: those with certain values in columns of the table of customers.
public struct SegmentDefinition: Sendable, Equatable {
  /// The columns, and the values of each that members have. A member matches all columns.
  public var criteria: [(column: String, values: [String])] {
    columns.map { ($0.name, $0.values) }
  }

  private struct Column: Sendable, Equatable {
    let name: String
    let values: [String]
    let keys: Set<String>
  }

  private let columns: [Column]

  /// Creates a segment. Stops the program if there is no column, or a column without values.
  public init(_ criteria: [(column: String, values: [String])]) {
    guard !criteria.isEmpty, criteria.allSatisfy({ !$0.values.isEmpty }) else {
      fatalError(
        "SegmentDefinition: expected columns with at least one value each, got \(criteria)")
    }
    columns = criteria.map { column, values in
      Column(name: column, values: values, keys: Set(values.map(IdentityFolding.key)))
    }
  }

  /// The names of the columns.
  public var columnNames: [String] { columns.map(\.name) }

  /// Returns whether a customer with the given texts is a member, or `nil` if a text is empty.
  func includes(_ texts: some Sequence<String>) -> Bool? {
    var isMember = true
    for (column, text) in zip(columns, texts) {
      if text.isEmpty { return nil }
      if !column.keys.contains(IdentityFolding.key(text)) { isMember = false }
    }
    return isMember
  }

  /// A text such as `age = 19-24`.
  public var name: String {
    columns.map { "\($0.name) = \($0.values.joined(separator: " or "))" }
      .joined(separator: ", ")
  }
}
