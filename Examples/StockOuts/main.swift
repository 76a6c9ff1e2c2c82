// The gain of training on censored demand. The sales of the example are cut by simulated stock-outs. A
// network is trained on the cut sales as if they were the demand, without the days of the stock-outs,
// and with their sales as lower bounds. Its forecasts are compared with the uncut sales of the last
// four weeks.
//
//   swift run -c release StockOuts [TABLE] [SEEDS] [STEPS] [SHARE] [HEAD ...]
//
// By default, all heads are trained from 3 seeds in 400 steps, and stock is short in 0.3 of the runs.

import Forecasting
import NeuralNetwork

let arguments = Array(CommandLine.arguments.dropFirst())
func number(_ place: Int, or standard: Double) -> Double {
  arguments.count > place ? Double(arguments[place]) ?? standard : standard
}
let path = arguments.first ?? "Examples/data/online-retail-daily.csv"
let seedCount = Int(number(1, or: 3))
let stepCount = Int(number(2, or: 400))
// The share of the runs of days in which stock is short.
let share = number(3, or: 0.3)
let chosen = arguments.dropFirst(4)
let horizon = 28

let read = try LongTableReader(.longTable).read(path).panel
let (demand, _) = try CleaningPipeline([
  LeadingZeroRule(), ClosedDayRule(found: ClosedDayFinder()),
]).clean(read)
let history = demand.dropping(last: horizon)

/// Returns the history as a shop with too little stock would have sold it: in runs of 3 to 14 days, an
/// item has a stock for each day of between a fifth and 1.2 times its mean sales of the last four weeks.
/// A day that would have sold more is a stock-out.
func cut(_ panel: Panel, using generator: inout Xoshiro256) -> Panel {
  let series = panel.eachSeries.map { series in
    var (values, states) = (Array(series.values), Array(series.states))
    var day = 0
    while day < values.count {
      let length = Int.random(in: 3...14, using: &generator)
      let run = day..<min(day + length, values.count)
      let before = series.values.prefix(day).suffix(28)
      let stock =
        (before.reduce(0, +) / Double(max(before.count, 1))
        * Double.random(in: 0.2..<1.2, using: &generator)).rounded()
      if Double.random(in: 0..<1, using: &generator) < share, before.count == 28 {
        for place in run where states[place] == .observed && values[place] > stock {
          (values[place], states[place]) = (stock, .stockOut)
        }
      }
      day = run.upperBound
    }
    return Series(id: series.id, start: series.steps.lowerBound, values: values, states: states)
  }
  return Panel(calendar: panel.calendar, series: series)
}

/// Returns a panel whose stock-outs are observed: their sales are taken for the demand.
func taken(_ panel: Panel) -> Panel {
  Panel(
    calendar: panel.calendar,
    series: panel.eachSeries.map { series in
      Series(
        id: series.id, start: series.steps.lowerBound, values: Array(series.values),
        states: series.states.map { $0 == .stockOut ? .observed : $0 })
    })
}

/// The errors of forecasts, summed over runs.
struct Errors {
  var count = 0.0
  var size = 0.0
  var square = 0.0
  var error = 0.0
  var actual = 0.0

  mutating func add(_ forecast: Forecast) {
    for (row, series) in demand.eachSeries.enumerated() {
      for step in 0..<horizon {
        guard let value = series.value(at: history.calendar.count + step) else { continue }
        let forecast = forecast.values[row * horizon + step]
        count += 1
        size += abs(forecast - value)
        square += (forecast - value) * (forecast - value)
        error += forecast - value
        actual += value
      }
    }
  }

  /// The WAPE, the RMSE, and the bias as shares of the actual sales.
  var text: String {
    let rmse = (square / count).squareRoot() * count
    return "\(percent(size / actual)) WAPE, \(percent(rmse / actual)) RMSE, "
      + "\(percent(error / actual)) bias"
  }
}

/// Returns a share in percent with one decimal.
func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

let heads: [(name: String, head: any ForecastHead)] = [
  ("negative binomial", NegativeBinomialHead()), ("Poisson", PoissonHead()),
  ("Gaussian", GaussianHead()), ("Student's t", StudentTHead()), ("Tweedie", TweedieHead()),
  ("squared error", PointHead(.squared)), ("quantiles", QuantileHead(levels: [0.1, 0.5, 0.9])),
]
for (name, head) in heads where chosen.isEmpty || chosen.contains(name) {
  var results: [(name: String, errors: Errors)] = [
    ("uncut", Errors()), ("taken for demand", Errors()), ("masked", Errors()),
    ("censored", Errors()),
  ]
  for seed in 0..<UInt64(seedCount) {
    var generator = Xoshiro256(seed: 100 + seed)
    let sold = cut(history, using: &generator)
    if name == (chosen.first ?? heads[0].name) {
      let cells = sold.states.count { $0 == .stockOut }
      let sales = [history, sold].map { panel in
        panel.eachSeries.reduce(0) { $0 + $1.values.reduce(0, +) }
      }
      print(
        "seed \(seed): \(percent(Double(cells) / Double(sold.states.count))) of the days are "
          + "stock-outs, \(percent(1 - sales[1] / sales[0])) of the sales are lost")
    }
    for (place, panel) in [history, taken(sold), sold, sold].enumerated() {
      let training = NetworkTraining(
        epochs: 4, stepsPerEpoch: stepCount / 4, batchSize: 32, learningRate: 0.005,
        stockOuts: place == 3 ? .censored : .masked, seed: seed)
      let model = try NetworkForecaster<MLPArchitecture>(
        windows: WindowSpecification(horizon: horizon), head: head, training: training
      ).fit(panel)
      results[place].errors.add(try model.forecast(from: panel, horizon: horizon))
    }
  }
  for (treatment, errors) in results { print("\(name), \(treatment): \(errors.text)") }
}
