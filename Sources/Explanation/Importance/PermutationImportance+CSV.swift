import Forecasting

extension PermutationImportance {
  /// Returns the increases as CSV by RFC 4180: the groups and then the inputs, each in descending
  /// order. An input that can't be judged has no numbers.
  public func csv() -> String {
    var text = "kind,name,group,error,error_increase,standard_error,is_clear\n"
    for (kind, increases) in [("group", groups), ("input", inputs)] {
      for one in increases {
        let numbers =
          one.isJudged ? [one.increase.plainDecimal, one.standardError.plainDecimal] : ["", ""]
        let fields =
          [kind, csvField(one.input.name), one.input.group.rawValue, error.plainDecimal] + numbers
          + [one.isJudged ? one.isClear ? "1" : "0" : ""]
        text += fields.joined(separator: ",") + "\n"
      }
    }
    return text
  }
}
