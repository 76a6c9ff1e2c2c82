extension IdentityFolding {
  /// Returns the groups of ids that differ only in whitespace, letter case, or invisible
  /// characters, in canonical order.
  ///
  /// - Parameter separator: The separator of the parts of ids with several columns, or `nil` if
  ///   they have a single column.
  public static func similar(_ ids: [String], separator: String? = nil) -> [[String]] {
    let hashes = ids.map { looseHash($0, separator) }
    var seen: Set<Int> = []
    let repeated = Set(hashes.filter { !seen.insert($0).inserted })
    if repeated.isEmpty { return [] }
    var groups: [String: [String]] = [:]
    for (id, hash) in zip(ids, hashes) where repeated.contains(hash) {
      groups[key(id, separator: separator), default: []].append(id)
    }
    return groups.values.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  /// Returns a hash that is equal for ids with equal folded forms. ASCII ids, which most are, need no
  /// folding for it.
  private static func looseHash(_ id: String, _ separator: String?) -> Int {
    let isASCII = id.utf8.allSatisfy { $0 < 0x80 }
    let text = isASCII ? id : key(id, separator: separator)
    var hash = Hasher()
    for byte in text.utf8 where !byte.isBlank {
      let isUppercase = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      hash.combine(isUppercase ? byte | 0x20 : byte)
    }
    return hash.finalize()
  }

  /// Returns the folded form of an id, with each part folded separately.
  package static func key(_ id: String, separator: String?) -> String {
    byParts(id, separator, key)
  }

  /// Returns the clean spelling of an id, with each part cleaned separately.
  static func spelling(_ id: String, separator: String?) -> String {
    byParts(id, separator, spelling)
  }

  private static func byParts(
    _ id: String, _ separator: String?, _ change: (String) -> String
  ) -> String {
    guard let separator, !separator.isEmpty else { return change(id) }
    let parts = id.utf8.split(separator: separator.utf8, omittingEmptySubsequences: false)
    return parts.map { change(String(Substring($0))) }.joined(separator: separator)
  }

  /// Returns a text in a form that distinguishes it from similar texts in a report: whitespace
  /// other than spaces, invisible characters, and combining marks are escaped.
  static func shown(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars.prefix(60) {
      let properties = scalar.properties
      let isHidden =
        properties.isDefaultIgnorableCodePoint || properties.isWhitespace && scalar != " "
        || properties.generalCategory == .nonspacingMark
      if isHidden {
        shown += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return "\"" + shown + "\""
  }
}

extension TableNotes {
  /// The lines about ids in several spellings.
  var spellingLines: [String] {
    func listed(_ groups: [[String]]) -> String {
      let limit = 5
      let texts = groups.prefix(limit).map { group in
        group.prefix(limit).map(IdentityFolding.shown).joined(separator: " and ")
          + (group.count > limit ? " and \(group.count - limit) more" : "")
      }
      return texts.joined(separator: ", ")
        + (groups.count > limit ? " and \(groups.count - limit) more groups" : "")
    }
    var lines: [String] = []
    if !similarIds.isEmpty {
      let count = similarIds.reduce(0) { $0 + $1.count }
      lines.append(
        "\(count) ids differ from others only in whitespace, letter case, or invisible characters and are "
          + "separate series: \(listed(similarIds))")
    }
    if !mergedIds.isEmpty {
      lines.append(
        "\(mergedIds.count.counted("id")) merged from several spellings: \(listed(mergedIds))"
          + (rowsMerged > 0 ? "; \(rowsMerged.counted("row")) summed with others" : ""))
    }
    if !shortenedIds.isEmpty {
      lines.append(
        "\(shortenedIds.count.counted("id")) shortened by a spreadsheet, so that different items may share "
          + "one: \(listed([shortenedIds])); format the column as text and export the table again")
    }
    return lines
  }

  /// Stores the ids of all series and the spellings of merged ids.
  package mutating func takeIds(
    _ ids: [String], merged: @autoclosure () -> [[String]], separator: String?, merging: Bool
  ) {
    mergedIds = merging ? merged() : []
    similarIds = merging ? [] : IdentityFolding.similar(ids, separator: separator)
    shortenedIds = ids.filter(ShortenedNumber.matches)
  }
}

/// Numbers such as `8.40E+12` that a spreadsheet has shortened.
enum ShortenedNumber {
  /// Returns a Boolean value that indicates whether a text is a whole number in scientific
  /// notation, the form that spreadsheets export barcodes in.
  static func matches(_ text: String) -> Bool {
    // Few texts have a plus sign, and the expression is compiled for each call.
    text.utf8.contains(UInt8(ascii: "+"))
      && text.wholeMatch(of: /\s*[1-9]([.,]\d{1,5})?[Ee]\+\d{1,2}\s*/) != nil
  }
}
