/// Returns a description of what is wrong with the levels of quantiles, or nil if they ascend between
/// 0 and 1.
///
/// - Parameters:
///   - levels: The levels.
///   - name: The name of the levels in the description.
///   - areRequired: A Boolean value that indicates whether there must be at least one.
package func levelFault(
  of levels: [Double], named name: String = "levels", areRequired: Bool = false
) -> String? {
  let areWithin = levels.allSatisfy { $0 > 0 && $0 < 1 }
  let ascend = zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 }
  if areWithin, ascend, !(areRequired && levels.isEmpty) { return nil }
  return "expected ascending \(name) between 0 and 1, got \(levels.isEmpty ? "none" : "\(levels)")"
}

/// Returns the quantile levels of a model. Stops the program unless they ascend between 0 and 1.
///
/// - Parameters:
///   - levels: The levels.
///   - type: The type of the model, for the message.
package func checkedLevels(_ levels: [Double], of type: String) -> [Double] {
  if let fault = levelFault(of: levels, named: "quantileLevels") {
    fatalError("\(type): \(fault)")
  }
  return levels
}
