import NeuralNetwork
import TestSupport
import Testing

/// The weights that mask unobserved entries out of the losses of regression.
@Suite struct LossWeightTests {
  private typealias Loss =
    @Sendable (
      Tensor<Double>, Tensor<Double>, Tensor<Double>?, Reduction
    ) -> Tensor<Double>

  private static let losses: [(name: String, loss: Loss)] = [
    ("meanSquaredError", { meanSquaredError($0, $1, weights: $2, reduction: $3) }),
    ("halfSquaredError", { halfSquaredError($0, $1, weights: $2, reduction: $3) }),
    ("meanAbsoluteError", { meanAbsoluteError($0, $1, weights: $2, reduction: $3) }),
    ("huber", { huber($0, $1, delta: 0.8, weights: $2, reduction: $3) }),
    ("tweedieLoss", { tweedieLoss(logMean: $0, $1, power: 1.3, weights: $2, reduction: $3) }),
  ]

  private let prediction = Tensor<Double>.wave([3, 5], phase: 1) * 4
  private let target = Tensor<Double>.wave([3, 5], phase: 2) * 3
  /// 0, 0.5, 1, 1.5, 0, …
  private let weights = Tensor<Double>([3, 5]) { position in
    Double((position[0] * 5 + position[1]) % 4) / 2
  }

  @Test func weighEachElement() {
    for (name, loss) in Self.losses {
      let elements = loss(prediction, target, nil, .none) * weights
      let cases: [(Reduction, Tensor<Double>)] = [
        (.none, elements), (.sum, elements.sum()), (.mean, elements.sum() / weights.sum()),
      ]
      for (reduction, expected) in cases {
        expectClose(loss(prediction, target, weights, reduction), expected, "\(name) \(reduction)")
        expectGradients(at: [prediction], within: 1e-6, "\(name) \(reduction)") {
          loss($0[0], target, weights, reduction)
        }
      }
    }
  }

  @Test func unobservedEntriesMayBeNaN() {
    let unknown = Tensor.select(weights, target, Tensor(.nan))
    for (name, loss) in Self.losses {
      for reduction in Reduction.allCases {
        let (value, slope) = valueWithGradient(at: prediction) {
          loss($0, unknown, weights, reduction).sum()
        }
        expectClose(value, loss(prediction, target, weights, reduction).sum(), name)
        #expect(slope.scalars.allSatisfy { $0.isFinite }, "\(name) \(reduction)")
        #expect(slope[at: 0, 0] == 0 && slope[at: 0, 4] == 0)
      }
    }
  }

  @Test func nothingObservedIsNoLoss() {
    for (name, loss) in Self.losses {
      for reduction in Reduction.allCases {
        let (value, slope) = valueWithGradient(at: prediction) {
          loss($0, target, .zeros([3, 5]), reduction).sum()
        }
        #expect(value.scalar == 0, "\(name) \(reduction)")
        #expect(slope == .zeros([3, 5]), "\(name) \(reduction)")
      }
    }
  }
}
