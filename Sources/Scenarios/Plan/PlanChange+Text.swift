extension PlanChange {
  /// Creates a change from a text: a column, one of the operators `=`, `*`, `/`, `+`, and `-`, and a number,
  /// which has a percent sign where it is a share of the value.
  ///
  /// | text | meaning |
  /// |---|---|
  /// | `price=3.99` | The price is 3.99. |
  /// | `price*0.9`, `price-10%` | The price is 10 % lower. |
  /// | `price/2` | The price is half of what is planned. |
  /// | `price+0.5` | The price is 0.5 higher. |
  /// | `event=Christmas` | The event is Christmas. |
  ///
  /// The column ends at the first `=` or, without one, at the last other operator.
  ///
  /// - Throws: A ``ScenarioError`` if the text has another form.
  public init(_ text: String) throws(ScenarioError) {
    guard
      let place = text.firstIndex(of: "=") ?? text.lastIndex(where: { "*/+-".contains($0) }),
      place != text.startIndex
    else { throw .unreadable(text: text) }
    let column = text[..<place].trimmed
    let value = text[text.index(after: place)...].trimmed
    guard !column.isEmpty, !value.isEmpty else { throw .unreadable(text: text) }
    let sign = text[place]
    if sign == "=" {
      self.init(of: column, .set(to: value))
      return
    }
    let isShare = value.hasSuffix("%")
    guard let number = Double(isShare ? value.dropLast().trimmed : value), number.isFinite else {
      throw .unreadable(text: text)
    }
    switch sign {
    case "*": self.init(of: column, .multiply(isShare ? number / 100 : number))
    case "/" where number == 0: throw .divisionByZero(text: text)
    case "/" where !isShare: self.init(of: column, .multiply(1 / number))
    case "+", "-":
      let signed = sign == "-" ? -number : number
      self.init(of: column, isShare ? .multiply(1 + signed / 100) : .add(signed))
    default: throw .unreadable(text: text)
    }
  }
}

extension StringProtocol {
  /// The text without blanks at its ends.
  fileprivate var trimmed: String {
    let start = firstIndex { $0 != " " } ?? endIndex
    let end = lastIndex { $0 != " " }.map(index(after:)) ?? start
    return String(self[start..<end])
  }
}
