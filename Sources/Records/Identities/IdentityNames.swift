/// Common names of identity columns, in lowercase and without word separators.
package enum IdentityNames {
  /// Names of item id columns, in order of preference.
  package static let items = [
    "uniqueid", "seriesid", "itemid", "sku", "stockcode", "productid", "articleid", "item",
    "product", "article", "asin", "ean", "id", "artikel", "artikelnummer", "artikelnr", "produkt",
    "produit", "producto", "prodotto", "articulo", "articolo", "商品", "商品编号", "商品名称", "产品",
  ]

  /// Other names of columns that distinguish series.
  private static let others = [
    "series", "itemnbr", "itemcode", "productcode", "productname", "articlenumber", "articleno",
    "upc", "gtin", "barcode", "variant", "variantid", "variantsku", "lineitemsku", "store",
    "storeid", "storenbr", "shop", "shopid", "branch", "location", "region", "country", "category",
    "family", "brand", "dept", "department", "warengruppe", "filiale",
  ]

  /// Returns the first column that seems to distinguish series, or `nil` if there is none.
  static func first(in columns: [String]) -> String? {
    for name in items + others {
      if let column = columns.first(where: { plain($0) == name }) { return column }
    }
    return nil
  }

  /// Returns a name in lowercase, reduced to its letters and digits.
  package static func plain(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}

extension ColumnNames {
  /// Returns the positions of the identity columns, or none if the rows of the table are a single
  /// series.
  ///
  /// - Parameters:
  ///   - isOptional: A Boolean value that indicates whether a table without the columns is a single
  ///     series. A table with another column that seems to distinguish series is not.
  ///   - others: The columns that have a different meaning.
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
