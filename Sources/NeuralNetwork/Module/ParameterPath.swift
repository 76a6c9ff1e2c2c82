/// Where a parameter is in a model: the way to its module, and its name there.
///
/// Visitors compare paths at every step, and names are wanted seldom: joining them each time took a
/// twelfth of the instructions of a small network's step that are not arithmetic.
struct ParameterPath: Sendable {
  /// The names of the modules on the way, joined by dots; empty for the model itself.
  let module: String
  /// The parameter's name in its module.
  let leaf: String

  /// The whole name, as in weight files: `lstm.weight_ih_l0`.
  var name: String { module.isEmpty ? leaf : module + "." + leaf }

  /// The path of a module within the one at `outer`.
  static func module(_ name: String, within outer: String) -> String {
    outer.isEmpty ? name : outer + "." + name
  }
}

extension ParameterPath: Equatable {
  /// Whether the whole names are equal, wherever they are cut.
  static func == (left: Self, right: Self) -> Bool {
    (left.leaf == right.leaf && left.module == right.module) || left.name == right.name
  }
}
