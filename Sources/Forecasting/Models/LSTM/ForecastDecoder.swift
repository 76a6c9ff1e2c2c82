import NeuralNetwork

/// The part of a ``ForecastNetwork`` that goes on from the encoder's state over the steps to come.
protocol ForecastDecoder: Module where Scalar == Float {
  /// A state for each step to come, [B, K, H].
  ///
  /// - Parameters:
  ///   - state: The encoder's after the last step of history: of its L layers, [L, B, H].
  ///   - future: What is known of the steps to come, [B, K, ``WindowLayout/futureFeatureCount``].
  ///   - pass: Whether this is a training pass, and its random numbers.
  func states(
    from state: LSTM<Float>.State, over future: Tensor<Float>, _ pass: inout ForwardPass
  ) -> Tensor<Float>
}

/// A second LSTM, which takes the encoder's state for its own (Sutskever et al. 2014, without feeding
/// forecasts back).
extension LSTM: ForecastDecoder where Scalar == Float {
  func states(
    from state: State, over future: Tensor<Float>, _ pass: inout ForwardPass
  ) -> Tensor<Float> {
    forward(future, state: state, &pass).output
  }
}
