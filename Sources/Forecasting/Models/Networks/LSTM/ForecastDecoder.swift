import NeuralNetwork

/// The part of an ``LSTMNetwork`` that forecasts the steps to come from the encoder's state.
protocol ForecastDecoder: Module where Scalar == Float {
  /// Returns a state for each step to come, [B, K, H].
  ///
  /// - Parameters:
  ///   - state: The encoder's state after the last step of history, for each of its L layers, [L, B, H].
  ///   - future: The channels of the steps to come, [B, K, F].
  ///   - pass: Whether this is a training pass, and its random numbers.
  func states(
    from state: LSTM<Float>.State, over future: Tensor<Float>, _ pass: inout ForwardPass
  ) -> Tensor<Float>
}

/// A second LSTM that starts from the encoder's state (Sutskever et al. 2014, without feeding forecasts
/// back).
extension LSTM: ForecastDecoder where Scalar == Float {
  func states(
    from state: State, over future: Tensor<Float>, _ pass: inout ForwardPass
  ) -> Tensor<Float> {
    forward(future, state: state, &pass).output
  }
}
