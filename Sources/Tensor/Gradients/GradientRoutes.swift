/// The variables to which the nodes of a result lead, for a result that depends on the variables of
/// several gradients.
///
/// Only a gradient within the function of another gradient needs this: it must not visit nodes that
/// belong to the outer gradient alone, and the outer gradient must be able to differentiate the
/// inner one.
struct GradientRoutes {
  /// The nodes that lead to this gradient's variables.
  private var toVariables: Set<ObjectIdentifier> = []
  /// The nodes that lead to variables whose gradients will be computed later.
  private var toOuter: Set<ObjectIdentifier> = []

  init(from result: GradientNode, to variables: GradientNode) {
    // In order of depth, each node comes after all of its inputs.
    for node in Self.nodes(behind: result).sorted(by: { $0.depth < $1.depth }) {
      let identifier = ObjectIdentifier(node)
      let inputs = node.inputs.lazy.compactMap { $0.map { ObjectIdentifier($0.node) } }
      if node === variables || inputs.contains(where: toVariables.contains) {
        toVariables.insert(identifier)
      }
      if node.isOpenVariables || inputs.contains(where: toOuter.contains) {
        toOuter.insert(identifier)
      }
    }
  }

  func leadsToVariables(_ node: GradientNode) -> Bool {
    toVariables.contains(ObjectIdentifier(node))
  }

  func leadsToOuter(_ node: GradientNode) -> Bool { toOuter.contains(ObjectIdentifier(node)) }

  private static func nodes(behind result: GradientNode) -> [GradientNode] {
    var found = [result]
    var seen: Set = [ObjectIdentifier(result)]
    var next = 0
    while next < found.count {
      for case .some(let input) in found[next].inputs
      where seen.insert(ObjectIdentifier(input.node)).inserted {
        found.append(input.node)
      }
      next += 1
    }
    return found
  }
}
