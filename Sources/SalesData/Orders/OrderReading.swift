/// The state of reading order lines, which classifies and counts each line as a sale, a return, or
/// neither.
struct OrderReading {
  private(set) var report = OrderReport()

  /// The sum of the quantities of all lines.
  private(set) var quantitySum = 0.0

  private var fields: OrderFields
  private let rules: OrderRules
  private var cancellations: OrderPatterns
  private var itemExclusions: OrderPatterns
  private var descriptionExclusions: OrderPatterns
  private var runs: LineRuns
  private var span: DateSpan
  private var coverage = CoverageRecorder()
  /// The first and last day of the kept lines.
  private var keptDays: ClosedRange<Int>?
  /// The number of each item's first description, or −1.
  private var descriptionOfItem: [Int32] = []

  /// Creates the state.
  ///
  /// - Parameter isChain: A Boolean value that indicates whether the lines come from several
  ///   sources.
  init(_ fields: OrderFields, _ rules: OrderRules, spanLimit: Int, isChain: Bool) {
    self.fields = fields
    self.rules = rules
    runs = LineRuns(rules.doubledLines, countsKept: isChain)
    span = DateSpan(limit: spanLimit)
    report.table.isSingleSeries = fields.isSingleSeries
    cancellations = OrderPatterns([rules.cancellations])
    itemExclusions = OrderPatterns(rules.exclusions.map(\.items))
    descriptionExclusions = OrderPatterns(rules.exclusions.map(\.descriptions))
  }

  /// Completes the reading and returns its result.
  mutating func finish(
    _ cursor: borrowing RecordCursor, _ schema: TableSchema, totals: [SetAsideRows]
  ) throws(TableError) -> OrderBook {
    try cursor.checkHasRows(report.rowsRead)
    let time = try cursor.columns.places(of: [schema.time])[0]
    let dateForm = cursor.dateForm(time)?.form ?? .iso
    runs.finish()
    report.conventions = cursor.conventions
    cursor.takeNotes(into: &report.table, used: fields.usedPlaces, totals: totals)
    fields.takeIds(into: &report.table)
    report.rowsRead += report.table.rowsFiltered
    report.counts.timeGoesBack = runs.timeGoesBack
    report.counts.doubledInRun = runs.doubledInRun
    report.counts.doubledAcrossRuns = runs.doubledAcrossRuns
    let names = fields.descriptions.ids
    let descriptions = fields.items.ids.indices.map { item in
      fields.isSingleSeries
        ? TableSchema.totalDescription
        : item < descriptionOfItem.count && descriptionOfItem[item] >= 0
          ? names[Int(descriptionOfItem[item])] : ""
    }
    return OrderBook(
      items: fields.items.ids, descriptions: descriptions, orders: fields.orders.ids,
      customers: fields.customers.ids, report: report,
      coverage: coverage.coverage(around: keptDays), dateForm: dateForm)
  }

  /// The detector of rows with totals at the end of the table.
  var totals: TotalRows { fields.totals }

  /// Subtracts a row from the count of rows read, because it is held back as a possible row of
  /// totals.
  mutating func forgetRow() { report.rowsRead -= 1 }

  /// Returns the cursor's record as a kept line, or `nil` if it is set aside.
  mutating func line(_ cursor: borrowing RecordCursor) throws(TableError) -> OrderLine? {
    report.rowsRead += 1
    var values: OrderFields.Values
    do {
      values = try fields.read(cursor)
      try readDescription(&values, cursor)
    } catch {
      guard rules.faultyLines == .setAside, !error.fault.isOfWholeColumn else { throw error }
      report.setAside.add(error.fault.kind, cursor.example(error.description))
      return nil
    }
    quantitySum += values.quantity
    let isCancellation =
      values.order.flatMap { cancellations.first($0, in: fields.orders) } != nil
    count(values, isCancellation: isCancellation)
    coverage.add(day: values.time.day, second: values.time.second)
    let repetition = runs.add(
      time: values.time.day * 86_400 + values.time.second, part: cursor.record.part,
      cursor.record.fingerprint)
    if let reason = reasonToSetAside(
      values, repetition, part: cursor.record.part, isCancellation: isCancellation)
    {
      report.setAside.add(reason, cursor.example())
      return nil
    }
    if let fault = span.add(values.time.day, line: cursor.line) { throw cursor.error(fault) }
    let day = values.time.day
    keptDays = keptDays.map { min($0.lowerBound, day)...max($0.upperBound, day) } ?? day...day
    let isReturn = values.quantity < 0
    if isReturn { report.returns += 1 } else { report.sales += 1 }
    return OrderLine(
      kind: isReturn ? .return : .sale, item: values.item, order: values.order,
      customer: values.customer, date: CalendarDate(dayNumber: values.time.day),
      second: values.time.second,
      quantity: abs(values.quantity), price: values.price, discount: values.discount,
      coupon: values.coupon)
  }

  private mutating func count(_ values: OrderFields.Values, isCancellation: Bool) {
    if isCancellation {
      report.counts.cancellations += 1
    } else if values.quantity < 0 {
      report.counts.otherNegativeQuantities += 1
    }
    if fields.hasCustomers, values.customer == nil { report.counts.withoutCustomer += 1 }
    if let price = values.price, price <= 0 { report.counts.withoutPrice += 1 }
    if values.time.isAmbiguous { report.counts.ambiguousTimes += 1 }
  }

  private mutating func reasonToSetAside(
    _ values: OrderFields.Values, _ repetition: DoubledLines.Repetition, part: Int,
    isCancellation: Bool
  ) -> String? {
    if repetition == .acrossRuns {
      return "doubled: the same line appears "
        + (part > 0 ? "in an earlier file, or before" : "before") + " the time goes back"
    }
    if repetition == .inRun, rules.doubledLines == .setAsideAll {
      return "doubled: the same line appears earlier"
    }
    if let exclusion = exclusion(values) { return rules.exclusions[exclusion].reason }
    if values.quantity == 0 { return "no units" }
    if isCancellation, values.quantity > 0 { return "cancellation of a positive quantity" }
    if !isCancellation, values.quantity < 0, rules.negativeQuantities == .setAside {
      return "negative quantity without a cancellation"
    }
    if let price = values.price, price <= 0, rules.linesWithoutPrice == .setAside {
      return "no price"
    }
    return nil
  }

  /// Returns the index of the first exclusion that matches the item or the description.
  private mutating func exclusion(_ values: OrderFields.Values) -> Int? {
    let ofItem = itemExclusions.first(values.item, in: fields.items)
    let ofDescription = values.description.flatMap {
      descriptionExclusions.first($0, in: fields.descriptions)
    }
    guard let ofItem, let ofDescription else { return ofItem ?? ofDescription }
    return min(ofItem, ofDescription)
  }

  /// Reads the description if it is needed: for a pattern, or as the first one of the item.
  private mutating func readDescription(
    _ values: inout OrderFields.Values, _ cursor: borrowing RecordCursor
  ) throws(TableError) {
    while descriptionOfItem.count <= values.item { descriptionOfItem.append(-1) }
    let isFirst = descriptionOfItem[values.item] < 0
    guard isFirst || !descriptionExclusions.isEmpty else { return }
    values.description = try fields.description(cursor)
    if isFirst, let description = values.description {
      descriptionOfItem[values.item] = Int32(truncatingIfNeeded: description)
    }
  }
}

/// Groups of patterns for numbered texts. Each text is compared only once.
private struct OrderPatterns {
  private let groups: [[TextPattern]]
  let isEmpty: Bool
  /// The first group with a matching pattern for each number, or −1.
  private var verdicts: [Int32] = []

  init(_ groups: [[String]]) {
    self.groups = groups.map { $0.map(TextPattern.init) }
    isEmpty = groups.allSatisfy(\.isEmpty)
  }

  /// Returns the first group that matches the text with a number.
  mutating func first(_ number: Int, in table: borrowing IdentityTable) -> Int? {
    if isEmpty { return nil }
    while verdicts.count <= number {
      let text = table.ids[verdicts.count]
      let group = groups.firstIndex { $0.contains { $0.matches(text) } }
      verdicts.append(Int32(group ?? -1))
    }
    return verdicts[number] < 0 ? nil : Int(verdicts[number])
  }
}
