import NeuralNetwork

/// Sample paths of series and of their sums that add up at every step, from forecasts and past errors:
/// the bootstrap of Gamakumara (2020) and Panagiotelis, Gamakumara, Athanasopoulos & Hyndman (2023).
///
/// A path is the base forecast of every series and sum plus their errors in H consecutive past steps,
/// which are the same steps for all of them. It is reconciled as the forecast is. So errors that series
/// had in common, such as those of a holiday, stay together, and the quantiles of a sum are those of its
/// paths.
///
/// Errors of all leads are drawn alike. If errors grow with the lead, the first steps have quantiles
/// that are too far apart, and the last ones have quantiles that are too close.
public struct CoherentPaths: Sendable {
  /// The first of the H past steps of each path, S of them.
  public let starts: [Int]
  private let reconciliation: Reconciliation
  private let horizon: Int
  private let stepCount: Int
  /// The reconciled forecasts, [n, H], if the reconciliation is linear, or the base forecasts.
  private let forecasts: [Double]
  /// The reconciled errors, [n, T], if the reconciliation is linear, or the errors.
  private let errors: [Double]

  private var isLinear: Bool { reconciliation.isLinear }

  /// Creates paths. Those of a linear reconciliation are sums of reconciled forecasts and reconciled
  /// errors, so that its equations are solved H + T times, not S · H times.
  ///
  /// - Parameters:
  ///   - reconciliation: The reconciliation. Its ``Reconciliation/keepsNonnegative`` doesn't apply to
  ///     paths, since sums of clipped errors would be too high.
  ///   - series: The base forecasts of the series, row-major [N, H].
  ///   - sums: The base forecasts of the sums, row-major [A, H].
  ///   - horizon: The number of steps, H.
  ///   - errors: Actual values less forecasts of T past steps, row-major [n, T] with n = A + N, sums before
  ///     series. A NaN, where an error isn't known, is replaced by the mean of its row.
  ///   - starts: The first past step of each path, or nil for each from 0 to T − H.
  public init(
    _ reconciliation: Reconciliation, series: [Double], sums: [Double], horizon: Int,
    errors: [Double], starts: [Int]? = nil
  ) {
    let count = reconciliation.sums.count + reconciliation.sums.seriesCount
    let stepCount = errors.count / max(count, 1)
    guard horizon >= 1, stepCount >= horizon, errors.count == count * stepCount,
      starts?.allSatisfy((0...stepCount - horizon).contains) ?? true
    else {
      fatalError(
        "CoherentPaths: expected errors of \(count) forecasts in at least \(horizon) steps, and paths "
          + "within them, got \(errors.count) errors")
    }
    self.starts = starts ?? Array(0...stepCount - horizon)
    self.horizon = horizon
    self.stepCount = stepCount
    var reconciliation = reconciliation
    reconciliation.keepsNonnegative = false
    self.reconciliation = reconciliation
    let filled = errors.filled(width: stepCount)
    guard reconciliation.isLinear else {
      (forecasts, self.errors) = (sums + series, filled)
      return
    }
    let split = reconciliation.sums.count * stepCount
    forecasts = reconciliation.allReconciled(series: series, sums: sums, width: horizon)
    self.errors = reconciliation.allReconciled(
      series: Array(filled[split...]), sums: Array(filled[..<split]), width: stepCount)
  }

  /// Returns a path of all sums and series, row-major [n, H]. Stops the program unless the index is from 0
  /// to S − 1.
  public func path(at index: Int) -> [Double] {
    guard starts.indices.contains(index) else {
      fatalError("CoherentPaths.path: expected an index in 0..<\(starts.count), got \(index)")
    }
    let values = forecasts.indices.map { cell in
      forecasts[cell] + errors[cell / horizon * stepCount + starts[index] + cell % horizon]
    }
    guard !isLinear else { return values }
    let split = reconciliation.sums.count * horizon
    return reconciliation.allReconciled(
      series: Array(values[split...]), sums: Array(values[..<split]), width: horizon)
  }

  /// Returns the quantiles of all sums and series, `[n, H, Q]`, interpolated between paths as by NumPy.
  ///
  /// - Parameter levels: The levels, ascending between 0 and 1.
  public func quantiles(_ levels: [Double]) -> Quantiles {
    let paths = isLinear ? [] : starts.indices.map { path(at: $0) }
    let rows = parallelMap(forecasts.count / horizon) { row in
      (row * horizon..<(row + 1) * horizon).flatMap { cell -> [Double] in
        let values =
          isLinear
          ? starts.map { forecasts[cell] + errors[row * stepCount + $0 + cell % horizon] }
          : paths.map { $0[cell] }
        return values.sorted().quantiles(levels)
      }
    }
    return Quantiles(levels: levels, values: rows.flatMap { $0 })
  }
}

extension Reconciliation {
  /// Returns the reconciled values of the sums and the series, row-major [A, C] and [N, C] → [n, C].
  func allReconciled(series: [Double], sums values: [Double], width: Int) -> [Double] {
    let series = reconciled(series: series, sums: values, width: width)
    return sums.sums(of: series, width: width) + series
  }
}

extension [Double] {
  /// Returns the elements of rows of a width, with the mean of its row, or 0, instead of each NaN.
  fileprivate func filled(width: Int) -> [Double] {
    guard contains(where: \.isNaN) else { return self }
    return stride(from: 0, to: count, by: width).flatMap { first -> [Double] in
      let row = self[first..<first + width]
      let known = row.filter { !$0.isNaN }
      let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
      return row.map { $0.isNaN ? mean : $0 }
    }
  }
}
