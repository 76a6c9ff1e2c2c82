import ReferenceKernels
import SIMDKernels
import Testing

/// The kernels of losses against their definitions, element by element.
@Suite struct LikelihoodTests {
  @Test(arguments: oddExtents) func tweedieLoss(count: Int) {
    let logMeans: [Double] = wave(count, scale: 4)
    let targets: [Double] = wave(count, phase: 1, scale: 5).map { max($0, 0) }
    let weights = (0..<count).map { Double($0 % 3) / 2 }
    for power in [1.1, 1.5, 1.9] {
      let exact = zip(logMeans, targets).map {
        Reference.tweedieLoss(logMean: [$0], [$1], power: power)
      }
      for weights in [nil, weights] {
        let factors = weights ?? Array(repeating: 1, count: count)
        let losses = zip(exact, factors).map { $0.value * $1 }
        let slopes = zip(exact, factors).map { $0.gradient[0] * $1 }
        var slope: [Double] = []
        let loss: [Double] = output(count) { loss in
          slope = output(count) {
            fs_tweedie_loss_f64(logMeans, targets, weights, power, loss, $0, count)
          }
        }
        expectClose(loss, losses, tolerance: 1e-14, floor: 1, "loss of Doubles")
        expectClose(slope, slopes, tolerance: 1e-14, floor: 1, "slope of Doubles")
        var narrowSlope: [Float] = []
        let narrow = [logMeans, targets, factors].map { $0.map { Float($0) } }
        let narrowLoss: [Float] = output(count) { loss in
          narrowSlope = output(count) { slope in
            fs_tweedie_loss_f32(
              narrow[0], narrow[1], weights == nil ? nil : narrow[2], power, loss, slope, count)
          }
        }
        expectClose(narrowLoss, losses, tolerance: 2e-6, floor: 1, "loss of Floats")
        expectClose(narrowSlope, slopes, tolerance: 2e-6, floor: 1, "slope of Floats")
      }
    }
  }

  @Test func anElementWithoutWeightCountsForNothing() {
    let logMeans: [Float] = [.nan, 1, 1e4, 2]
    let targets: [Float] = [1, .nan, 1, 3]
    var slope: [Float] = []
    let loss: [Float] = output(4) { loss in
      slope = output(4) { fs_tweedie_loss_f32(logMeans, targets, [0, 0, 0, 1], 1.5, loss, $0, 4) }
    }
    #expect(loss[0..<3] == [0, 0, 0] && slope[0..<3] == [0, 0, 0])
    #expect(loss[3].isFinite && slope[3].isFinite)
    let unweighted: [Float] = output(4) { loss in
      slope = output(4) { fs_tweedie_loss_f32(logMeans, targets, nil, 1.5, loss, $0, 4) }
    }
    #expect(unweighted[0].isNaN && unweighted[1].isNaN)
  }

  /// A target of 0 has no pull, even where mean^(1 - power) overflows.
  @Test func zerosAgainstVanishingMeans() {
    var slope: [Float] = []
    let loss: [Float] = output(1) { loss in
      slope = output(1) { fs_tweedie_loss_f32([-1000], [0], nil, 1.5, loss, $0, 1) }
    }
    #expect(loss == [0] && slope == [0])
  }
}
