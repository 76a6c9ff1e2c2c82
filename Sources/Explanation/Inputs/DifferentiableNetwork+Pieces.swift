import Forecasting

extension DifferentiableNetwork {
  /// Returns the mean forecasts of many windows, [B, K], a few at a time, to limit memory.
  func means(inPiecesOf batch: NetworkBatch) -> Tensor<Float> {
    let count = batch.targets.profile.shape[0]
    return .concatenated(
      stride(from: 0, to: count, by: 512).map { first in
        means(of: batch.windows(first..<min(first + 512, count)))
      })
  }
}

extension NetworkBatch {
  /// Returns some of the windows.
  func windows(_ range: Range<Int>) -> NetworkBatch {
    func part(_ tensor: Tensor<Float>) -> Tensor<Float> { tensor.slice(axis: 0, range) }
    func part(_ codes: [IndexTensor]) -> [IndexTensor] {
      codes.map { codes in
        let size = codes.values.count / codes.shape[0]
        return IndexTensor(
          Shape([range.count] + (1..<codes.shape.rank).map { codes.shape[$0] }),
          Array(codes.values[range.lowerBound * size..<range.upperBound * size]))
      }
    }
    return NetworkBatch(
      inputs: NetworkInputs(
        history: part(inputs.history), future: part(inputs.future), statics: part(inputs.statics),
        categories: InputCategories(
          history: part(inputs.categories.history), future: part(inputs.categories.future),
          statics: part(inputs.categories.statics))),
      targets: WindowTargets(
        values: part(targets.values), mask: part(targets.mask), profile: part(targets.profile),
        scales: part(targets.scales), levels: part(targets.levels)))
  }
}
