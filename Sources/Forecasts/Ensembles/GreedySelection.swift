/// Returns the weights of models that are selected by a loss.
///
/// In a greedy selection (Caruana et al. 2004), which starts from none, the model that lowers the loss of
/// the weighted mean most joins ten times, and each time adds a tenth to its weight. With few series, the
/// weights are pulled towards those of inverse squared losses, as if ten series had these.
///
/// - Parameters:
///   - losses: The losses of M models, at least one.
///   - seriesCount: The number of series that the losses are means over.
///   - loss: Returns the loss of a weighted mean of the models. The weights add up to 1.
func selectionWeights(
  _ losses: [Double], seriesCount: Int, loss: (_ weights: [Double]) -> Double
) -> [Double] {
  let greedy = greedyShares(of: losses.count, loss: loss)
  let inverse = losses.map { 1 / max($0 * $0, smallestError * smallestError) }
  let inverseSum = inverse.reduce(0, +)
  let count = Double(seriesCount)
  return zip(greedy, inverse).map { greedy, inverse in
    (count * greedy + 10 * inverse / inverseSum) / (count + 10)
  }
}

/// An error that counts as none. Its square can be inverted.
let smallestError = 1e-100

private func greedyShares(of count: Int, loss: ([Double]) -> Double) -> [Double] {
  var chosen = Array(repeating: 0.0, count: count)
  let rounds = 10
  for round in 1...rounds {
    let found = (0..<count).map { model in
      var candidate = chosen
      candidate[model] += 1
      return loss(candidate.map { $0 / Double(round) })
    }
    chosen[found.indices.min { found[$0] < found[$1] }!] += 1
  }
  return chosen.map { $0 / Double(rounds) }
}
