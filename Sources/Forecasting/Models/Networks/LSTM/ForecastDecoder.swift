import NeuralNetwork

/// The part of an ``LSTMNetwork`` that forecasts the steps to come from the encoder's state.
protocol ForecastDecoder: Module where Scalar == Float {
  /// Returns a state for each step to come, [B, K, H].
  ///
  /// - Parameters:
  ///   - state: The encoder's state after the last step of history, for each of its L layers, [L, B, H].
  ///   - inputs: What the network looks at: the channels of the steps to come, and of the series.
  ///   - pass: Whether this is a training pass, and its random numbers.
  func states(
    from state: LSTM<Float>.State, over inputs: NetworkInputs, _ pass: inout ForwardPass
  ) -> Tensor<Float>
}

/// A second LSTM that starts from the encoder's state (Sutskever et al. 2014, without feeding forecasts
/// back).
extension LSTM: ForecastDecoder where Scalar == Float {
  func states(
    from state: State, over inputs: NetworkInputs, _ pass: inout ForwardPass
  ) -> Tensor<Float> {
    forward(inputs.futureWithStatics, state: state, &pass).output
  }
}
