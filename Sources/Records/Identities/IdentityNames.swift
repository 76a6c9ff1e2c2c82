/// The names that columns of identities have in many tables, in lower case and without what joins
/// their words.
package enum IdentityNames {
  /// Names of ids of items, in the order of preference.
  package static let items = [
    "uniqueid", "seriesid", "itemid", "sku", "stockcode", "productid", "articleid", "item",
    "product", "article", "asin", "ean", "id",
  ]

  /// Further names of columns that tell series apart.
  private static let others = [
    "series", "itemnbr", "itemcode", "productcode", "productname", "articlenumber", "articleno",
    "upc", "gtin", "barcode", "variant", "variantid", "variantsku", "lineitemsku", "store",
    "storeid", "storenbr", "shop", "shopid", "branch", "location", "region", "country", "category",
    "family", "brand", "dept", "department", "artikel", "artikelnummer", "artikelnr", "produkt",
    "produit", "producto", "prodotto", "articulo", "articolo", "warengruppe", "filiale",
  ]

  /// The first of some columns that seems to tell series apart; nil where none does.
  static func first(in columns: [String]) -> String? {
    for name in items + others {
      if let column = columns.first(where: { plain($0) == name }) { return column }
    }
    return nil
  }

  /// A name in lower case, its letters and digits only.
  package static func plain(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}

extension ColumnNames {
  /// The places of the columns of an identity; none where the rows of the table are one series.
  ///
  /// - Parameters:
  ///   - isOptional: Whether a table without the columns is one series. One that has another column
  ///     that seems to tell series apart is not.
  ///   - others: The columns that mean something else.
  package func identityPlaces(
    _ identity: [String], isOptional: Bool, others: [String]
  ) throws(TableError) -> [Int] {
    guard isOptional, names.count > 1, !identity.isEmpty, !identity.contains(where: names.contains)
    else {
      return try places(of: identity)
    }
    let free = names.filter { !others.contains($0) }
    if let other = IdentityNames.first(in: free) ?? nearest(to: identity[0], among: free) {
      throw error(
        .missingColumn(
          name: identity[0], present: names,
          suggestion: "did you mean \(other.debugDescription)?"))
    }
    return []
  }
}
