#if DEBUG
  /// A Boolean value that indicates whether the tests and what they test are release builds.
  public let isOptimized = false
#else
  /// A Boolean value that indicates whether the tests and what they test are release builds.
  public let isOptimized = true
#endif
