internal import SIMDKernels

/// The time step of one kind of recurrent layer: its sizes and its kernels.
///
/// The engine multiplies, packs weights, and cuts the batch; it learns everything about a cell from
/// this value. A gate is a row of weights for each hidden unit. A joint gate has one sum,
/// W_h h + b_h + W_x x + b_x. A split gate has two, W_h h + b_h and W_x x + b_x, which the cell combines
/// itself. In the parameters the joint gates come first.
struct RecurrentCell: Sendable {
  typealias Forward =
    @Sendable @convention(c) (fs_scalar, UnsafePointer<fs_recurrent_step>?) -> Void
  typealias Backward =
    @Sendable @convention(c) (fs_scalar, UnsafePointer<fs_recurrent_backward_step>?) -> Void

  /// The layer's name, for messages.
  let name: String
  /// The number of gates with one sum.
  let jointGateCount: Int
  /// The number of gates with two sums.
  let splitGateCount: Int
  /// The names of the states beside the hidden state, for messages.
  let stateNames: [String]
  /// The number of states beside the hidden state.
  let stateCount: Int
  /// The number of values that a step keeps for the backward pass, per hidden unit.
  let keptCount: Int
  /// A Boolean value that indicates whether the cell uses the previous hidden state outside of its sums.
  let readsHidden: Bool
  /// The kernel of a step.
  let forward: Forward
  /// The kernel of a step back, which computes the gradients of the sums.
  let backward: Backward

  init(
    name: String, jointGateCount: Int, splitGateCount: Int = 0, stateNames: [String] = [],
    keptCount: Int, readsHidden: Bool = false, forward: @escaping Forward,
    backward: @escaping Backward
  ) {
    self.name = name
    self.jointGateCount = jointGateCount
    self.splitGateCount = splitGateCount
    self.stateNames = stateNames
    stateCount = stateNames.count
    self.keptCount = keptCount
    self.readsHidden = readsHidden
    self.forward = forward
    self.backward = backward
  }

  /// G, the number of gates, as the parameters have them.
  var gateCount: Int { jointGateCount + splitGateCount }
  /// The number of sums, per hidden unit.
  var sumCount: Int { gateCount + splitGateCount }
}
