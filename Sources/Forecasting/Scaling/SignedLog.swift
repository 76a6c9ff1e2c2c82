internal import RealModule
import NeuralNetwork

/// Returns sign(x) · log(1 + |x|).
func signedLog(_ x: Float) -> Float { x < 0 ? -Float.log(onePlus: -x) : .log(onePlus: x) }

extension Tensor<Float> {
  /// Returns sign(x) · log(1 + |x|) of each element.
  func signedLog() -> Tensor { sign() * (abs() + 1).log() }
}
