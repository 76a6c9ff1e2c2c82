/// The canonical order of identities and categories: by their Unicode scalars, as Swift compares
/// strings.
///
/// Readers number identities in the order of their first rows. Panels use the canonical order, so
/// that the order of rows, columns, and files does not affect a forecast.
package struct IdentityOrder {
  /// The numbers of the identities, in canonical order.
  package let numbers: [Int]
  /// The position of each number in canonical order.
  package let places: [Int32]
  /// The identities, in canonical order.
  package let ids: [String]

  /// Creates the order of identities, given by number.
  package init(_ ids: [String]) {
    numbers = ids.indices.sorted { ids[$0] < ids[$1] }
    var places = [Int32](repeating: 0, count: ids.count)
    for (place, number) in numbers.enumerated() {
      places[number] = Int32(truncatingIfNeeded: place)
    }
    self.places = places
    self.ids = numbers.map { ids[$0] }
  }
}
