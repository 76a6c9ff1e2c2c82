@_exported public import NeuralNetwork
@_exported public import SalesData
@_exported public import Tabular
