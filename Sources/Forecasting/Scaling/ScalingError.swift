/// An error that explains why values can't be scaled, and how to fix it.
public enum ScalingError: Error, Equatable {
  /// A value, or the result of the maps applied to it before, is at most −shift, so that it has no
  /// Box-Cox transform. The series and the date are nil if the values had none.
  case notPositive(
    id: String?, date: CalendarDate?, hour: Int? = nil, value: Double, shift: Double)
  /// Neither the series nor its group was in the training panel.
  case notFitted(id: String, group: [String?]?)
}

extension ScalingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notPositive(let id, let date, let hour, let value, let shift):
      "the value \(value)" + (id.map { " of series \($0.debugDescription)" } ?? "")
        + (date.map { " on \($0.text(hour: hour))" } ?? "")
        + " has no Box-Cox transform with a shift of \(shift); use a shift above \(0 - value), or "
        + "the signed logarithm"
    case .notFitted(let id, let group):
      if let group {
        "the group of series \(id.debugDescription), "
          + group.map { $0?.debugDescription ?? "(unknown)" }.joined(separator: " and ")
          + ", was not in the panel that the scaler was fitted to; fit it to one that has the "
          + "group, or globally"
      } else {
        "series \(id.debugDescription) was not in the panel that the scaler was fitted to; fit it "
          + "to one that has the series, or by group or globally"
      }
    }
  }
}
