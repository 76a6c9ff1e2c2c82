/// Returns the results of `transform` for each index in `0..<count`, which are computed on several
/// threads at once, like ``parallelFor(_:meanwhile:_:)``.
package func parallelMap<Result: Sendable>(
  _ count: Int, meanwhile: () -> Void = {}, _ transform: @Sendable (_ index: Int) -> Result
) -> [Result] {
  Array(unsafeUninitializedCapacity: count) { results, initializedCount in
    let results = SendablePointer(results)
    parallelFor(count, meanwhile: meanwhile) { index in
      results.pointer.initializeElement(at: index, to: transform(index))
    }
    initializedCount = count
  }
}
