// The common recipe for predicting sales from a table: drop rows with gaps, scale, split at random,
// train a small network, and judge it on rows that it has not seen.
//
//   swift run -c release SalesRecipe [TABLE] [EPOCHS] [DIRECTORY]
//
// With an existing directory, it writes charts of the training and of the test rows there.

import Forecasting
import NeuralNetwork
import Reporting

let arguments = CommandLine.arguments.dropFirst()
let path = arguments.first ?? "Examples/data/online-retail-recipe.csv"
let epochs = arguments.dropFirst().first.flatMap { Int($0) } ?? 100

// A row is a product in a month. Rows that lack a value are dropped, and counted.
let table = try NumericTableReader(
  columns: ["user_purchase_frequency", "product_price", "sales_quantity"]
).read(path)
print(table.report)

// A random fifth of the rows is for testing, and a tenth of the rest is for validation. The test
// therefore covers past months of known products. To evaluate forecasts of future months, see
// HoldOut.
var generator = Xoshiro256(seed: 42)
let rows = TensorDataset(
  inputs: table["user_purchase_frequency", "product_price"], targets: table["sales_quantity"]
).shuffled(using: &generator)
let (known, test) = rows.holdingOut(share: 0.2)
let (training, validation) = known.holdingOut(share: 0.1)

// Scalers see the training rows only: a mean over all rows would tell of those held out.
let inputScaler = StandardScaler(fittedTo: training.inputs)
let salesScaler = StandardScaler(fittedTo: training.targets)
func scaled(_ rows: TensorDataset<Float>) -> TensorDataset<Float> {
  TensorDataset(
    inputs: inputScaler.transformed(rows.inputs), targets: salesScaler.transformed(rows.targets))
}

let network = Sequential<Float>(
  Dense(inputSize: 2, outputSize: 64, activation: .relu, using: &generator),
  Dense(inputSize: 64, outputSize: 32, activation: .relu, using: &generator),
  Dense(inputSize: 32, outputSize: 1, using: &generator))
var trainer = Trainer(
  model: network, optimizer: Adam(learningRate: 0.001),
  options: TrainingOptions(epochs: epochs, batchSize: 32, seed: 42, progress: .automatic))
let start = ContinuousClock.now
let history = try trainer.fit(scaled(training), validation: scaled(validation)) {
  meanSquaredError($0.forward($1.inputs, &$2), $1.targets)
}
let seconds = (ContinuousClock.now - start) / .seconds(1)
print("\(history.epochs.count) epochs in \(rounded(seconds)) s, \(training.count) training rows")
if let last = history.epochs.last, let validationLoss = last.validationLoss {
  print(
    "loss \(rounded(last.loss)), validation loss \(rounded(validationLoss)); "
      + "least after \(history.bestEpoch ?? 0)")
}

/// Four decimals.
func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

// The common form of this recipe scores all rows, including those it was trained on. Here only the
// test rows count, in units of sales, next to the score of predicting the mean of the training
// rows.
let predictions = salesScaler.restored(trainer.model(scaled(test).inputs))
let mean = Tensor.ones(test.targets.shape) * salesScaler.mean
print("\(test.count) test rows")
print("network  \(RegressionScores(of: predictions, against: test.targets))")
print("mean     \(RegressionScores(of: mean, against: test.targets))")

if let directory = arguments.dropFirst(2).first {
  try LearningCurve(title: "Training of the network", history)
    .write(to: directory + "/training.svg")
  var results = ScatterChart(
    title: "Sales of the test rows", x: test.targets, y: predictions, xName: "actual",
    yName: "predicted")
  results.showsDiagonal = true
  try results.write(to: directory + "/results.svg")
}
