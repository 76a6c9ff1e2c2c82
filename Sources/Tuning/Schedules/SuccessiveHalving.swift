/// Synchronous successive halving (Jamieson & Talwalkar 2016).
///
/// Trials come in brackets of ηʳ⁻¹ for the reduction factor η and r rungs. All trials of a bracket are
/// evaluated with the smallest share of the resource, η¹⁻ʳ. The best 1 / η of them are evaluated with η times
/// as much, and so on, up to all of it. A bracket takes about as long as r trials without halving.
///
/// Brackets follow one another, each with the same shares. Asynchronous halving, as in Ray Tune's ASHA, is
/// faster on many machines, but its decisions depend on which evaluation ends first.
public struct SuccessiveHalving: TrialScheduler, Hashable {
  /// The number of rungs, r.
  public let rungCount: Int
  /// The factor between the shares of successive rungs, η.
  public let reductionFactor: Int
  /// The number of first trials that are in no bracket, but are evaluated with all of the resource.
  public let exemptTrials: Int

  /// Creates a scheduler. Stops the program unless there is at least one rung and the factor is at least 2.
  public init(rungCount: Int = 3, reductionFactor: Int = 3, exemptTrials: Int = 0) {
    guard (1...10).contains(rungCount), (2...100).contains(reductionFactor), exemptTrials >= 0
    else {
      fatalError(
        "SuccessiveHalving: expected 1 to 10 rungs, a factor from 2 to 100, and no negative number of "
          + "exempt trials, got \(rungCount), \(reductionFactor), and \(exemptTrials)")
    }
    self.rungCount = rungCount
    self.reductionFactor = reductionFactor
    self.exemptTrials = exemptTrials
  }

  public var description: String {
    "successive halving with \(rungCount) rungs, a factor of \(reductionFactor), and \(exemptTrials) exempt "
      + "trials"
  }

  public var resources: [Double] {
    (0..<rungCount).map { rung in 1 / Double(power(rungCount - 1 - rung)) }
  }

  public func next(after trials: [Trial], limit: Int?) -> (trial: Int, rung: Int)? {
    let top = rungCount - 1
    let limit = limit ?? .max
    for trial in 0..<min(exemptTrials, limit) where isOpen(trial, of: trials, at: top) {
      return (trial, top)
    }
    var start = min(exemptTrials, limit)
    while start < limit {
      let bracket = start..<start + min(power(top), limit - start)
      if let next = next(in: bracket, of: trials) { return next }
      start = bracket.upperBound
    }
    return nil
  }

  /// Returns the next evaluation of a bracket, or nil if all are finished.
  private func next(in bracket: Range<Int>, of trials: [Trial]) -> (trial: Int, rung: Int)? {
    var members = Array(bracket)
    for rung in 0..<rungCount {
      if let open = members.first(where: { isOpen($0, of: trials, at: rung) }) {
        return (open, rung)
      }
      let promoted = max(members.count / reductionFactor, 1)
      members = members.filter { !trials[$0].isFailed }.sorted {
        (trials[$0].scores[rung]!, $0) < (trials[$1].scores[rung]!, $1)
      }
      members = Array(members.prefix(promoted))
    }
    return nil
  }

  /// Returns a Boolean value that indicates whether an evaluation of a trial is not finished.
  private func isOpen(_ trial: Int, of trials: [Trial], at rung: Int) -> Bool {
    guard trial < trials.count else { return true }
    return trials[trial].scores[rung] == nil && !trials[trial].isFailed
  }

  private func power(_ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in product * reductionFactor }
  }
}
