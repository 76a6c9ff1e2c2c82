import Foundation
import NeuralNetwork
import Testing

/// The path of a file that make_fixtures.py made, or of a script.
func fixture(_ name: String) throws -> String {
  try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    .appending(path: name).path
}

/// A file's bytes.
func bytes(_ path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(filePath: path)))
}

/// The network of the Python scripts.
struct Network<Scalar: TensorScalar>: Module {
  var lstm: LSTM<Scalar>
  var head: Dense<Scalar>

  init(seed: UInt64) {
    var generator = Xoshiro256(seed: seed)
    lstm = LSTM(inputSize: 3, hiddenSize: 5, layerCount: 2, using: &generator)
    head = Dense(inputSize: 5, outputSize: 2, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    visit("lstm", &lstm)
    visit("head", &head)
  }
}

/// A safetensors file with a header and so many bytes of data.
func file(_ header: String, dataCount: Int = 0) -> [UInt8] {
  let length = UInt64(header.utf8.count)
  return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header.utf8
    + (0..<dataCount).map { UInt8(truncatingIfNeeded: $0) }
}

/// Whether two lists of parameters are the same to the last bit.
func areIdentical<Scalar: TensorScalar>(
  _ left: [(name: String, value: Tensor<Scalar>)], _ right: [(name: String, value: Tensor<Scalar>)]
) -> Bool {
  left.elementsEqual(right) { $0.name == $1.name && areIdentical($0.value, $1.value) }
}

/// Whether two tensors are the same to the last bit.
func areIdentical<Scalar: TensorScalar>(_ left: Tensor<Scalar>, _ right: Tensor<Scalar>) -> Bool {
  left.shape == right.shape
    && left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        UnsafeRawBufferPointer(left).elementsEqual(UnsafeRawBufferPointer(right))
      }
    }
}
