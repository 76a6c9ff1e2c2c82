internal import SIMDKernels

/// The time step of one kind of recurrent layer: its sizes and its kernels.
///
/// This value is the only source of the engine's knowledge about a cell; the engine itself
/// multiplies, packs weights, and splits the batch. A gate is a row of weights for each hidden
/// unit. A joint gate has one sum, W_h h + b_h + W_x x + b_x. A split gate has two sums, W_h h +
/// b_h and W_x x + b_x, which the cell itself combines. The joint gates come first in the
/// parameters.
struct RecurrentCell: Sendable {
  typealias Forward =
    @Sendable @convention(c) (fs_scalar, UnsafePointer<fs_recurrent_step>?) -> Void
  typealias Backward =
    @Sendable @convention(c) (fs_scalar, UnsafePointer<fs_recurrent_backward_step>?) -> Void

  /// The layer's name, for messages.
  let name: String
  /// The number of gates that have one sum.
  let jointGateCount: Int
  /// The number of gates that have two sums.
  let splitGateCount: Int
  /// The names of the states other than the hidden state, for messages.
  let stateNames: [String]
  /// The number of states other than the hidden state.
  let stateCount: Int
  /// The number of values per hidden unit that a step keeps for the backward pass.
  let keptCount: Int
  /// A Boolean value that indicates whether the cell uses the previous hidden state outside of its
  /// sums.
  let readsHidden: Bool
  /// The kernel of a forward step.
  let forward: Forward
  /// The kernel of a backward step, which computes the gradients of the sums.
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

  /// G, the number of gates in the parameters.
  var gateCount: Int { jointGateCount + splitGateCount }
  /// The number of sums per hidden unit.
  var sumCount: Int { gateCount + splitGateCount }
}
