/// All cases, suite by suite.
enum Suites {
  static var all: [Case] {
    gemm + elementwise + reductions + softmax + dense + convolution + imageConvolution
      + pooling + attention + normalization + batchNormalization
      + lstm + gru + rnn + mlp + tcn + mha + cnn
      + optimizers + dataParallel
      + windows + epoch + latency + factorization + allocation
  }
}
