extension TableSchema: Decodable {
  /// Creates a schema by reading a JSON file.
  ///
  /// - Throws: A `TableError` if the file cannot be read, is not JSON, or has an unknown property
  ///   or one of the wrong type.
  public init(contentsOf path: String) throws(TableError) {
    self = try SchemaFile.decode(TableSchema.self, path: path)
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case identity, identitySeparator, time, timeFormat, timeZone, calendarTimeZone, target
    case quantity, price, amount, discount, coupon, order, customer, description, covariates,
      filters
    case mergeIdentities
  }

  public init(from decoder: any Decoder) throws {
    try self.init(from: decoder, beside: [])
  }

  /// Creates a schema by decoding an object that also has other properties.
  package init(from decoder: any Decoder, beside others: [String]) throws {
    try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue) + others)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let identity = values.contains(.identity) ? try values.names(.identity) : []
    self.init(identity: identity, time: try values.decode(String.self, forKey: .time))
    let text = { try values.decodeIfPresent(String.self, forKey: $0) }
    identitySeparator = try text(.identitySeparator) ?? identitySeparator
    timeFormat = try values.choiceIfPresent(.timeFormat) ?? timeFormat
    timeZone = try text(.timeZone)
    calendarTimeZone = try text(.calendarTimeZone)
    target = try text(.target)
    quantity = try text(.quantity)
    price = try text(.price)
    amount = try text(.amount)
    if values.contains(.discount) { discounts = try values.names(.discount) }
    if values.contains(.coupon) { coupons = try values.names(.coupon) }
    order = try text(.order)
    customer = try text(.customer)
    description = try text(.description)
    covariates =
      try values.decodeIfPresent([CovariateColumn].self, forKey: .covariates) ?? covariates
    try values.update(&filters, .filters)
    try values.update(&mergesIdentities, .mergeIdentities)
  }
}
