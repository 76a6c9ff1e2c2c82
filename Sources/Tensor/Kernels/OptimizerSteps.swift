internal import SIMDKernels

extension _AdamStep {
  var cValue: fs_adam_parameters {
    fs_adam_parameters(
      learning_rate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      weight_decay: weightDecay, decoupled_weight_decay: isWeightDecayDecoupled ? 1 : 0,
      correction1: correction1, correction2: correction2)
  }
}

extension _SGDStep {
  var cValue: fs_sgd_parameters {
    fs_sgd_parameters(
      learning_rate: learningRate, momentum: momentum, weight_decay: weightDecay,
      nesterov: isNesterov ? 1 : 0, first_step: isFirst ? 1 : 0)
  }
}
