import ArgumentParser
import Forecasting

/// A list of methods of reconciliation, separated by commas, such as `wls-variance,bottom-up`.
struct ReconciliationMethodList: ExpressibleByArgument {
  let methods: [ReconciliationMethod]

  init(_ methods: [ReconciliationMethod]) { self.methods = methods }

  init?(argument: String) {
    let texts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let methods = texts.compactMap { ReconciliationMethod(argument: $0) }
    guard methods.count == texts.count, Set(texts).count == texts.count else { return nil }
    self.methods = methods
  }

  var defaultValueDescription: String { methods.map(\.argument).joined(separator: ",") }

  static var defaultCompletionKind: CompletionKind {
    .list(of: ReconciliationMethod.allCases.map(\.argument))
  }

  static var allNames: String {
    ReconciliationMethod.allCases.map(\.argument).joined(separator: ", ")
  }
}
