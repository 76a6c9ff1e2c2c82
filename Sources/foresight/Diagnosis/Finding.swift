/// What `foresight doctor` says about one thing: whether it works, and how to fix it.
struct Finding: Encodable {
  /// The state of something.
  enum Status: String, Encodable {
    case ok
    /// It works, but not as well as it could.
    case warning
    /// It is not installed, and the commands work without it.
    case missing
    /// It is needed and does not work.
    case error
  }

  let name: String
  let status: Status
  let value: String
  /// The fix, or nil if none is needed.
  let fix: String?

  init(_ name: String, _ value: String, _ status: Status = .ok, fix: String? = nil) {
    (self.name, self.value, self.status, self.fix) = (name, value, status, fix)
  }
}
