@_exported public import NeuralNetwork
