import Tensor

/// The parameters of a model in training, and the state of the optimizer.
///
/// The linear weight and the factors of a column lie next to each other, so that a step updates them
/// together: [D, 1 + W], where W is the number of factors of a column.
final class PackedParameters {
  let columnCount: Int
  /// The number of parameters of a column, 1 + W.
  let width: Int
  let rank: Int
  let isFieldAware: Bool
  /// The bias, followed by the parameters of all columns.
  let elements: UnsafeMutablePointer<Float>
  let states: [UnsafeMutablePointer<Float>]

  init(_ model: FactorizationMachine, stateCount: Int, initialState: Float) {
    columnCount = model.columnCount
    rank = model.rank
    isFieldAware = model.isFieldAware
    let width = 1 + (model.fieldCount ?? 1) * model.rank
    self.width = width
    let count = 1 + columnCount * width
    elements = .allocate(capacity: count)
    states = (0..<stateCount).map { _ in
      let state = UnsafeMutablePointer<Float>.allocate(capacity: count)
      state.initialize(repeating: initialState, count: count)
      return state
    }
    elements.initialize(repeating: 0, count: count)
    elements[0] = model.bias
    let (linear, factors) = (model.linear.scalars, model.factors.scalars)
    for column in 0..<columnCount {
      let start = elements + 1 + column * width
      start[0] = linear[column]
      for index in 1..<width { start[index] = factors[column * (width - 1) + index - 1] }
    }
  }

  deinit {
    elements.deallocate()
    for state in states { state.deallocate() }
  }

  /// The parameters, for kernels.
  var view: ParameterView {
    ParameterView(
      bias: elements[0], weights: SendablePointer(UnsafePointer(elements + 1)),
      weightStride: width, factors: SendablePointer(UnsafePointer(elements + 2)),
      factorStride: width, rank: rank, isFieldAware: isFieldAware)
  }

  /// Returns the parameters as a model like the one that they came from.
  func model(like model: FactorizationMachine) -> FactorizationMachine {
    var result = model
    result.bias = elements[0]
    result.linear = Tensor(shape: model.linear.shape) { target in
      for column in 0..<columnCount {
        target.initializeElement(at: column, to: elements[1 + column * width])
      }
    }
    result.factors = Tensor(shape: model.factors.shape) { target in
      for column in 0..<columnCount {
        for index in 1..<width {
          target.initializeElement(
            at: column * (width - 1) + index - 1, to: elements[1 + column * width + index])
        }
      }
    }
    return result
  }
}
