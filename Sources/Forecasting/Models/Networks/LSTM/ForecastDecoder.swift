import NeuralNetwork

/// The part of an ``LSTMNetwork`` that forecasts future steps from the encoder's state.
protocol ForecastDecoder: Module where Scalar == Float {
  /// Returns a state for each future step, [B, K, H].
  ///
  /// - Parameters:
  ///   - state: The encoder's state after the last past step, for each of its L layers, [L, B, H].
  ///   - inputs: The input of the network, of which the channels of future steps and of the series
  ///     are used.
  ///   - pass: The pass, which indicates whether the network is training and supplies random
  ///     numbers.
  func states(
    from state: LSTM<Float>.State, over inputs: NetworkInputs, _ pass: inout ForwardPass
  ) -> Tensor<Float>
}

/// A second LSTM that starts from the encoder's state (Sutskever et al. 2014, without feeding
/// forecasts back).
extension LSTM: ForecastDecoder where Scalar == Float {
  func states(
    from state: State, over inputs: NetworkInputs, _ pass: inout ForwardPass
  ) -> Tensor<Float> {
    forward(inputs.futureWithStatics, state: state, &pass).output
  }
}
