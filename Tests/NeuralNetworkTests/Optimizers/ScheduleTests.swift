import NeuralNetwork
import Testing

/// The figures are those of PyTorch 2.13, for the scheduler in each comment, by:
///
///     from torch.optim.lr_scheduler import *
///     def rates(scheduler, n):
///       o = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.5)
///       s = scheduler(o)
///       for _ in range(n):
///         print(f"{o.param_groups[0]['lr']:.9g}")
///         o.step()
///         s.step()
@Suite struct ScheduleTests {
  @Test func constant() {
    expectRates(ConstantRate(), [0.5, 0.5, 0.5])
  }

  @Test func stepDecay() {
    // rates(lambda o: StepLR(o, 3, 0.5), 8)
    expectRates(
      StepDecay(stepCount: 3, factor: 0.5), [0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125])
  }

  @Test func exponentialDecay() {
    // rates(lambda o: ExponentialLR(o, 0.9), 5)
    expectRates(ExponentialDecay(factor: 0.9), [0.5, 0.45, 0.405, 0.3645, 0.32805])
  }

  @Test func cosineAnnealing() {
    // rates(lambda o: CosineAnnealingLR(o, 6, 0.05), 7); PyTorch's would rise again after that.
    expectRates(
      CosineAnnealing(stepCount: 6, minimum: 0.05),
      [0.5, 0.469855716, 0.3875, 0.275, 0.1625, 0.0801442841, 0.05, 0.05, 0.05])
  }

  @Test func linearWarmup() {
    // rates(lambda o: LinearLR(o, 0.2, 1.0, 4), 7)
    expectRates(
      LinearWarmup(stepCount: 4, startFactor: 0.2), [0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.5])
  }

  @Test func cosineAnnealingWithWarmup() {
    // rates(lambda o: SequentialLR(
    //   o, [LinearLR(o, 0.2, 1.0, 4), CosineAnnealingLR(o, 6, 0.05)], [4]), 11)
    expectRates(
      LinearWarmup(
        stepCount: 4, startFactor: 0.2, then: CosineAnnealing(stepCount: 6, minimum: 0.05)),
      [0.1, 0.2, 0.3, 0.4, 0.5, 0.469855716, 0.3875, 0.275, 0.1625, 0.0801442841, 0.05])
  }

  @Test func oneCycle() {
    // rates(lambda o: OneCycleLR(o, 0.5, total_steps=11), 11)
    expectRates(
      OneCycle(stepCount: 11),
      [
        0.02, 0.211170557, 0.480130712, 0.489873284, 0.442237862, 0.363043525, 0.265291354,
        0.165029014, 0.0787162564, 0.0205227716, 2e-06, 2e-06,
      ])
    // rates(lambda o: OneCycleLR(
    //   o, 0.5, total_steps=10, pct_start=0.4, div_factor=5, final_div_factor=20), 10)
    expectRates(
      OneCycle(stepCount: 10, risingShare: 0.4, startDivisor: 5, endDivisor: 20),
      [0.1, 0.2, 0.4, 0.5, 0.466841287, 0.37625, 0.2525, 0.12875, 0.0381587126, 0.005])
  }

  @Test(arguments: [0, 0.05, 1])
  func oneCycleWithoutOneOfItsHalvesIsFinite(risingShare: Double) {
    for stepCount in [1, 2, 10] {
      let schedule = OneCycle(stepCount: stepCount, risingShare: risingShare)
      for step in 0..<stepCount {
        let rate = schedule.learningRate(atStep: step, base: 0.5)
        #expect(rate > 0 && rate <= 0.5)
      }
    }
  }

  @Test func reduceOnPlateau() {
    // s = ReduceLROnPlateau(o, factor=0.5, patience=1, threshold=0.01, cooldown=2, min_lr=0.1)
    // for metric in metrics:
    //   s.step(metric)
    //   print(o.param_groups[0]["lr"])
    let metrics: [Double] =
      [3, 2, 1.99, 1.995, 1.98, 2, 2, 2, 2, 2, .nan] + Array(repeating: 1, count: 10)
    let expected =
      [0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25] + Array(repeating: 0.125, count: 6)
      + Array(repeating: 0.1, count: 8)
    var plateau = ReduceOnPlateau(
      factor: 0.5, patience: 1, threshold: 0.01, cooldown: 2, minimum: 0.1)
    var rate = 0.5
    let rates = metrics.map { metric in
      rate = plateau.learningRate(after: metric, current: rate)
      return rate
    }
    #expect(rates == expected)
  }

  private func expectRates(
    _ schedule: some LearningRateSchedule, _ expected: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (step, expected) in expected.enumerated() {
      let rate = schedule.learningRate(atStep: step, base: 0.5)
      #expect(
        (rate - expected).magnitude <= 1e-8 * expected, "step \(step)",
        sourceLocation: sourceLocation)
    }
  }
}
