import Forecasting
import NeuralNetwork
import SalesTestSupport
import TestSupport
import Testing

/// Classifiers of a process whose law is known.
@Suite struct SequenceClassifierTests {
  private typealias Process = CustomerProcess

  /// The log loss of a network, and those that it is compared with.
  private struct Losses {
    let network, law, constant, regression: Double

    init(_ evaluation: ClassifierEvaluation, _ process: Process, share: Double) throws {
      let regression = process.regressionOnLastValue()
      func customer(_ window: ClassifierEvaluation.Window) -> Int { Int(window.id.dropFirst())! }
      func loss(_ probability: (ClassifierEvaluation.Window) -> Double) throws -> Double {
        let scores = ClassificationScores(
          of: Tensor(evaluation.windows.map(probability)),
          against: Tensor(evaluation.windows.map { $0.happened ? 1 : 0 }))
        return try #require(scores.logLoss)
      }
      network = try #require(evaluation.scores.logLoss)
      law = try loss { process.probability(customer($0), from: $0.origin) }
      constant = try loss { _ in share }
      self.regression = try loss { regression(process.units[customer($0)][$0.origin - 1]) }
    }
  }

  private static func checkLaw(_ architecture: some ForecastArchitecture) throws {
    let process = Process()
    let model = try process.classifier(architecture).fit(process.history)
    let evaluation = try model.evaluate(on: process.panel)
    let origins = Process.dayCount - Process.trainedDays - Process.horizon + 1
    #expect(evaluation.windows.count == 120 * origins && evaluation.unknownCount == 0)
    for window in evaluation.windows {
      let customer = try #require(Int(window.id.dropFirst()))
      #expect(window.happened == process.isInactive(customer, from: window.origin))
    }
    let losses = try Losses(evaluation, process, share: model.trainingShare)
    #expect(losses.network < losses.law * 1.03)
    #expect(losses.network < losses.regression * 0.95)
    #expect(losses.regression < losses.constant)
    #expect(try #require(evaluation.calibration().expectedError) < 0.05)
  }

  @Test func recurrentNetworkLearnsTheLaw() throws {
    try Self.checkLaw(GRUArchitecture(hiddenSize: 16))
  }

  @Test(.enabled(if: isOptimized, "takes half a minute in debug builds"))
  func convolutionalNetworkLearnsTheLaw() throws {
    try Self.checkLaw(TCNArchitecture(hiddenSize: 16, layerCount: 3))
  }

  /// Training on positive windows that weigh four times as much doesn't change the probabilities
  /// but by the noise of the training.
  @Test(.enabled(if: isOptimized, "takes half a minute in debug builds"))
  func probabilitiesStayCalibratedUnderAWeight() throws {
    let process = Process()
    var classifier = process.classifier(GRUArchitecture(hiddenSize: 16))
    classifier.positiveWeight = 4
    let evaluation = try classifier.fit(process.history).evaluate(on: process.panel)
    let losses = try Losses(evaluation, process, share: 0.5)
    #expect(losses.network < losses.law * 1.05)
    #expect(try #require(evaluation.calibration().expectedError) < 0.06)
  }

  @Test func theFutureDoesNotChangeAProbability() throws {
    let process = Process(customers: 11)
    let model = try process.classifier(TCNArchitecture(hiddenSize: 8), stepsPerEpoch: 5)
      .fit(process.history)
    let evaluation = try model.evaluate(on: process.panel)
    let origin = Process.trainedDays + 13
    let promotions = process.promotions.flatMap { $0 }
    // Only the promotions are known after the origin.
    let past = Panel(
      calendar: process.panel.calendar.slice(0..<origin),
      series: process.units.enumerated().map { index, units in
        Series(id: "c\(index)", values: Array(units[..<origin]))
      }
    ).adding(
      known: "promotion", .numbers(NumberColumn(promotions)),
      futureSteps: Process.dayCount - origin)
    let probabilities = try model.probabilities(after: past)
    #expect(probabilities.ids == past.ids)
    for window in evaluation.windows where window.origin == origin {
      // The sums of products of a batch of another size are rounded otherwise.
      #expect(abs(try #require(probabilities[window.id]) - window.probability) < 1e-6)
    }
    let changed = process.panel.mapSeries { series in
      Series(
        id: series.id,
        values: zip(series.values.indices, series.values).map { step, value in
          step - series.values.startIndex >= origin ? 100 - value : value
        })
    }
    let other = try model.evaluate(on: changed)
    #expect(other != evaluation)
    for (one, two) in zip(evaluation.windows, other.windows) where one.origin <= origin {
      #expect(one.origin == two.origin && one.probability == two.probability)
    }
  }

  /// Each item is sold out for 9 days of 31, so that earlier stock-outs tell when the next one is.
  @Test func stockOutsAreAmongTheDefaultFeatures() throws {
    let days = 200
    let panel = Panel(
      calendar: RegularCalendar(start: date(2024, 1, 3), count: days),
      series: (0..<8).map { index in
        Series(
          id: "i\(index)", values: (0..<days).map { Double(1 + ($0 * (index + 3)) % 5) },
          states: (0..<days).map { day in
            let place = (day + 13 * index) % 31
            return place < 9 ? .stockOut : place == 20 && day > 170 ? .gap : .observed
          })
      })
    let classifier = SequenceClassifier(
      of: .stockOut, windows: WindowSpecification(horizon: 3, inputLength: 14),
      architecture: GRUArchitecture(hiddenSize: 8),
      training: NetworkTraining(epochs: 4, stepsPerEpoch: 30, batchSize: 64, learningRate: 0.02))
    let model = try classifier.fit(panel.dropping(last: 30))
    #expect(model.layout.features.past.map(\.name) == ["stock-out"])
    let evaluation = try model.evaluate(on: panel)
    // The gaps leave some outcomes open.
    #expect(evaluation.unknownCount > 0)
    #expect(evaluation.windows.count + evaluation.unknownCount == 8 * (30 - 3 + 1))
    #expect(try #require(evaluation.scores.auc) > 0.9)
    let next = try model.probabilities(after: panel)
    #expect(next.values.count == 8 && next["i8"] == nil)
  }

  /// The steps after the first origin of the validation have no part in the loss of training.
  @Test func validationDoesNotOverlap() throws {
    let process = Process(customers: 7)
    var classifier = process.classifier(GRUArchitecture(hiddenSize: 5), stepsPerEpoch: 3)
    classifier.validationSteps = 20
    let model = try classifier.fit(process.history)
    #expect(model.trainedUntil == process.history.calendar.end)
    // The share is that of the origins before, whose outcomes end before the validation.
    let split = Process.trainedDays - Process.horizon - 20 + 1
    let outcomes = (0..<7).flatMap { customer in
      (11...split - Process.horizon).map { process.isInactive(customer, from: $0) }
    }
    let share = Double(outcomes.count { $0 }) / Double(outcomes.count)
    #expect(abs(model.trainingShare - share) < 1e-12)
    classifier.validationSteps = Process.trainedDays
    #expect(
      throws: ClassificationError.noValidation(
        stepCount: Process.trainedDays, needed: Process.trainedDays + Process.horizon)
    ) { try classifier.fit(process.history) }
  }

  @Test func bitsDoNotDependOnThreadsOrRuns() throws {
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let process = Process(customers: 9)
    let results = try [1, 2, 2].map { threads in
      Parallelism.threadCount = threads
      return try process.classifier(GRUArchitecture(hiddenSize: 7), stepsPerEpoch: 5)
        .fit(process.history).evaluate(on: process.panel)
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  @Test func fileGivesTheSameProbabilities() throws {
    let directory = try TemporaryDirectory()
    let process = Process(customers: 5)
    let model = try process.classifier(GRUArchitecture(hiddenSize: 6), stepsPerEpoch: 2)
      .fit(process.history)
    let path = directory.path("churn.safetensors")
    try model.write(to: path)
    let read = try FittedSequenceClassifier<GRUArchitecture>(contentsOf: path)
    #expect(read.event.name == "no sales" && read.trainedUntil == model.trainedUntil)
    #expect(try read.evaluate(on: process.panel) == model.evaluate(on: process.panel))
    // It isn't a forecaster.
    #expect(throws: (any Error).self) { try KnownTypes.builtIn.network(contentsOf: path) }
    let custom = SequenceClassifier<GRUArchitecture>(
      of: .custom("odd") { $0.steps.lowerBound % 2 == 1 },
      windows: WindowSpecification(horizon: 5, inputLength: 7),
      training: NetworkTraining(epochs: 1, stepsPerEpoch: 1))
    let fitted = try custom.fit(process.history)
    #expect(throws: ClassificationError.customEvent("odd")) {
      try fitted.write(to: directory.path("odd.safetensors"))
    }
  }

  @Test func errorsNameTheFix() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: date(2024, 1, 3), count: 30),
      series: [Series(id: "a", values: Array(repeating: 1, count: 30))])
    func fit(_ event: SalesEvent, inputLength: Int = 8, _ panel: Panel) throws {
      let classifier = SequenceClassifier<GRUArchitecture>(
        of: event, windows: WindowSpecification(horizon: 4, inputLength: inputLength),
        training: NetworkTraining(epochs: 1, stepsPerEpoch: 1))
      _ = try classifier.fit(panel)
    }
    // The history of a training window has a season at least.
    let windows = 30 - 7 - 4 + 1
    for event in [SalesEvent.noSales, .stockOut] {
      #expect(
        throws: ClassificationError.oneClass(
          event: event.name, happens: false, windowCount: windows)
      ) { try fit(event, panel) }
    }
    #expect(
      throws: ClassificationError.oneClass(event: "always", happens: true, windowCount: windows)
    ) { try fit(.custom("always") { _ in true }, panel) }
    #expect(
      throws: ClassificationError.nothingKnown(event: "never known", windowCount: windows)
    ) { try fit(.custom("never known") { _ in nil }, panel) }
    #expect(throws: ForecastError.noWindow(longest: 30, needed: 34)) {
      try fit(.noSales, inputLength: 60, panel)
    }
    let process = Process(customers: 3)
    let model = try process.classifier(GRUArchitecture(hiddenSize: 2), stepsPerEpoch: 1)
      .fit(process.history)
    #expect(throws: ClassificationError.self) { try model.evaluate(on: process.history) }
    #expect(
      "\(ClassificationError.oneClass(event: "no sales", happens: false, windowCount: 20))"
        == "the event \"no sales\" happens in none of 20 windows of training, so there is nothing "
        + "to tell apart; train on a longer history, or use another horizon or event")
  }

  /// DeepAR sees the value of the step before, also in the future.
  @Test func autoregressiveNetworksAreRejected() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = SequenceClassifier<DeepARArchitecture>(
        of: .noSales, windows: WindowSpecification(horizon: 3))
    }
    expectStopped(
      result,
      "SequenceClassifier: expected a network that isn't autoregressive, such as an LSTM or a "
        + "TCN, got DeepAR")
  }
}
