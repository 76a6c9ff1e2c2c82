import Forecasting
import NeuralNetwork
import Tensor

/// A few lines with each library, in a package that only names them.
@main
struct Main {
  static func main() throws {
    try solveEquations()
    try fitALine()
    try forecast()
    print("consumer: ok")
  }

  /// BLAS and LAPACK are linked.
  static func solveEquations() throws {
    let a = Tensor<Double>([[3, 1], [1, 2]])
    let x = try solve(a, Tensor([9, 8]))
    check("solve", x.scalars.map { ($0 * 1e9).rounded() / 1e9 }, [2, 3])
  }

  /// A network learns y = 2x − 1.
  static func fitALine() throws {
    var generator = Xoshiro256(seed: 1)
    var model = Dense<Float>(inputSize: 1, outputSize: 1, using: &generator)
    var optimizer = GradientDescent<Float>(learningRate: 0.5)
    let inputs = Tensor<Float>([[-1], [0], [1]])
    let targets = inputs * 2 - 1
    for _ in 0..<200 {
      let (_, gradients) = valueWithGradient(at: model) { meanSquaredError($0(inputs), targets) }
      optimizer.update(&model, along: gradients)
    }
    check("fit", model(Tensor([[4]])).scalars.map { ($0 * 1000).rounded() / 1000 }, [7])
  }

  /// A week is forecast from three.
  static func forecast() throws {
    let calendar = RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 5)!, count: 21)
    let sales = Series(id: "a", values: (0..<21).map { Double($0 % 7) })
    let panel = Panel(calendar: calendar, series: [sales])
    let next = try SeasonalNaiveForecaster(seasonLength: 7).forecast(from: panel, horizon: 7)
    check("forecast", next.values, [0, 1, 2, 3, 4, 5, 6])
  }

  static func check<Value: Equatable>(_ name: String, _ actual: Value, _ expected: Value) {
    print("\(name): \(actual)")
    guard actual == expected else { fatalError("\(name): expected \(expected)") }
  }
}
