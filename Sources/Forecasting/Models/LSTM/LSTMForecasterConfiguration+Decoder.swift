extension LSTMForecasterConfiguration {
  /// What makes the forecasts of the steps to come from the encoder's state.
  public enum Decoder: String, Sendable, Codable, CaseIterable {
    /// A second LSTM, of as many layers and units as the encoder, which goes on from its state over
    /// the steps to come: an encoder and a decoder as of Sutskever et al. 2014, "Sequence to Sequence
    /// Learning with Neural Networks", but for the forecasts, which are not fed back.
    case recurrent
    /// A perceptron, which maps the last state of the encoder's last layer and the features of a step
    /// to the forecast of that step, for all steps at once: the direct strategy of Wen et al. 2017, "A
    /// Multi-Horizon Quantile Recurrent Forecaster". Trains faster, the more so the longer the horizon.
    case direct
  }
}
