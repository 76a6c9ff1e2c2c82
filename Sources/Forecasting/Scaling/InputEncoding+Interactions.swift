/// The columns whose interactions a network sees: those whose values are known at all steps, past and
/// future, so that the interactions have the same meaning at both.
struct InteractionFields: Sendable {
  /// The numeric columns of each step.
  let numbers: [InputEncoding.Number]
  /// The columns of categories of each step.
  let steps: [InputEncoding.Category]
  /// The columns of categories of the series.
  let statics: [InputEncoding.Category]

  /// The columns of categories of steps and series.
  var categories: [InputEncoding.Category] { steps + statics }
}

extension InputEncoding {
  /// The columns whose interactions a network sees, in the order of the parts that they are in. They
  /// are empty if it sees none.
  ///
  /// Columns of past steps alone aren't among them, and neither are numbers of the series and what is
  /// computed from the target in each window.
  var interactionFields: InteractionFields {
    guard interactionSize > 0 else { return InteractionFields(numbers: [], steps: [], statics: []) }
    let past = Set(history.numbers.map(\.column) + history.categories.map(\.column))
    return InteractionFields(
      numbers: future.numbers.filter { past.contains($0.column) },
      steps: future.categories.filter { past.contains($0.column) }, statics: statics.categories)
  }
}
