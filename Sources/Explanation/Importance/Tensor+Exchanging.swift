import Forecasting

extension Tensor {
  /// Returns the tensor with some elements of its last axis taken from other examples.
  ///
  /// - Parameters:
  ///   - channels: The indices along the last axis.
  ///   - order: For each index along the first axis, the index that the elements are taken from.
  func exchanging(_ channels: [Int], by order: [Int]) -> Tensor {
    guard !channels.isEmpty, elementCount > 0 else { return self }
    let width = shape[-1]
    let size = elementCount / shape[0]
    var scalars = Array(self.scalars)
    self.withUnsafeBufferPointer { source in
      for (example, other) in order.enumerated() {
        for step in stride(from: 0, to: size, by: width) {
          for channel in channels {
            scalars[example * size + step + channel] = source[other * size + step + channel]
          }
        }
      }
    }
    return Tensor(shape: shape, scalars: scalars)
  }

  /// Returns a Boolean value that indicates whether some elements of the last axis differ between
  /// the examples.
  func varies(_ channels: [Int]) -> Bool {
    guard !channels.isEmpty, elementCount > 0 else { return false }
    let first = exchanging(channels, by: Array(repeating: 0, count: shape[0]))
    return first != self
  }
}
