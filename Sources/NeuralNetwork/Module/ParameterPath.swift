/// The path of a parameter in a model: the path of its module, and its name in that module.
///
/// Visitors compare paths at every step but rarely need the full name. Joining the parts each time
/// took a twelfth of the non-arithmetic instructions of a small network's step.
struct ParameterPath: Sendable {
  /// The names of the enclosing modules, joined by dots; empty for the model itself.
  let module: String
  /// The parameter's name in its module.
  let leaf: String

  /// The full name, as in weight files: `lstm.weight_ih_l0`.
  var name: String { module.isEmpty ? leaf : module + "." + leaf }

  /// Returns the path of a module within the module at `outer`.
  static func module(_ name: String, within outer: String) -> String {
    outer.isEmpty ? name : outer + "." + name
  }
}

extension ParameterPath: Equatable {
  /// Returns a Boolean value that indicates whether the full names are equal, wherever they are
  /// split.
  static func == (left: Self, right: Self) -> Bool {
    (left.leaf == right.leaf && left.module == right.module) || left.name == right.name
  }
}
