/// Stops the process of an exit test, whose status is all that it tells, unless a condition holds.
public func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  guard condition else { fatalError(message()) }
}
