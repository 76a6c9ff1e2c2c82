public import Testing

/// What a process of an exit test wrote to standard error.
public func message(of result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}

/// Expects that a process ended with a message among what it wrote to its standard error.
public func expectStopped(
  _ result: ExitTest.Result?, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let written = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(written.contains("Fatal error: \(message)"), sourceLocation: sourceLocation)
}
