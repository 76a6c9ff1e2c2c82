import ArgumentParser

/// The argument for sales that are a panel file or a long table.
struct SalesSources: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      """
      A panel file of foresight prepare, or a table with the columns unique_id, ds, and y in one or \
      more sources: \(SourceReference.help)
      """),
    completion: .file())
  var sources: [String]

  func validate() throws { try SourceReference.checkDistinct(sources) }
}
