/// Stops the program unless a layer's weight has a rank, and its bias has an element for each output.
///
/// - Parameters:
///   - layer: The name of the layer.
///   - weight: The weight, whose first extent is the number of outputs, O.
///   - shape: The expected shape of the weight, for the message.
///   - rank: The expected rank of the weight.
///   - bias: The bias, [O], or nil for a layer without one.
func checkLayerParameters<Scalar: TensorScalar>(
  of layer: String, weight: Tensor<Scalar>, _ shape: String, rank: Int, bias: Tensor<Scalar>?
) {
  guard weight.rank == rank, bias.map({ $0.shape == [weight.shape[0]] }) ?? true else {
    fatalError(
      "\(layer): expected a weight \(shape) and a bias [O], but got \(weight.shape) and "
        + "\(bias.map { "\($0.shape)" } ?? "none")")
  }
}
