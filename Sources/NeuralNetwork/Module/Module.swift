/// A layer or a model: a value whose parameters are tensors.
///
/// A module lists its parameters once, in ``visitParameters(_:)``. Gradients, optimizers, weight
/// files, and printing all use that list.
///
/// ```swift
/// struct Regressor: Module {
///   var hidden: Dense<Float>
///   var output: Dense<Float>
///
///   mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
///     visit("hidden", &hidden)
///     visit("output", &output)
///   }
///
///   func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> { output(hidden(x)) }
/// }
/// ```
public protocol Module<Scalar>: Sendable {
  associatedtype Scalar: TensorScalar

  /// Passes every parameter and every buffer to `visit`, by name, always in the same order.
  ///
  /// The function is `mutating` so that a visitor can change the parameters. The function itself
  /// must not change anything.
  mutating func visitParameters(_ visit: ParameterVisitor<Scalar>)
}

/// The roles of a module's tensors.
struct ParameterRoles: OptionSet, Sendable {
  let rawValue: UInt8

  /// Parameters that optimizers update.
  static let trainable = ParameterRoles(rawValue: 1)
  /// Parameters that do not change: those of a ``Frozen`` module.
  static let frozen = ParameterRoles(rawValue: 2)
  /// Buffers: tensors that are not parameters and that training does not change.
  static let constant = ParameterRoles(rawValue: 4)
  /// Buffers that a training step changes, such as the running statistics of a ``BatchNorm``.
  static let statistic = ParameterRoles(rawValue: 8)

  static let buffer: ParameterRoles = [.constant, .statistic]
  static let all: ParameterRoles = [.trainable, .frozen, .buffer]
}

/// The function to which ``Module/visitParameters(_:)`` passes parameters, buffers, and modules.
///
/// The name of a parameter in a nested module is the path to it, joined by dots:
/// `lstm.weight_ih_l0`.
public struct ParameterVisitor<Scalar: TensorScalar> {
  /// The path of the module that is being visited.
  private let module: String
  /// The roles of the tensors to visit.
  private let roles: ParameterRoles
  /// The role of the visited parameters: trainable, or frozen within a frozen module.
  private let parameterRole: ParameterRoles
  private let body: Body

  /// A function that takes the path and the role of a tensor, and the tensor.
  typealias Body = (ParameterPath, ParameterRoles, inout Tensor<Scalar>) -> Void

  private init(
    module: String, roles: ParameterRoles, parameterRole: ParameterRoles, body: @escaping Body
  ) {
    self.module = module
    self.roles = roles
    self.parameterRole = parameterRole
    self.body = body
  }

  /// Calls `visit` with a visitor that passes each tensor of some roles to `body`.
  ///
  /// A caller that knows the scalar type, but not the model's type, avoids type lookups at run
  /// time, which are a third of the time to visit a small network.
  @specialized(where Scalar == Float)
  static func showing(
    _ roles: ParameterRoles = .trainable, to body: Body, _ visit: (ParameterVisitor) -> Void
  ) {
    withoutActuallyEscaping(body) {
      visit(ParameterVisitor(module: "", roles: roles, parameterRole: .trainable, body: $0))
    }
  }

  /// Visits a parameter.
  @specialized(where Scalar == Float)
  public func callAsFunction(_ name: String, _ parameter: inout Tensor<Scalar>) {
    show(name, &parameter, parameterRole)
  }

  /// Visits the parameters of a nested module.
  public func callAsFunction<Inner: Module>(_ name: String, _ module: inout Inner)
  where Inner.Scalar == Scalar {
    let path = ParameterPath.module(name, within: self.module)
    module.visitParameters(
      ParameterVisitor(module: path, roles: roles, parameterRole: parameterRole, body: body))
  }

  /// Visits a parameter that may be missing, such as the bias of a layer without one.
  @specialized(where Scalar == Float)
  public func callAsFunction(_ name: String, _ parameter: inout Tensor<Scalar>?) {
    if case .some = parameter { self(name, &parameter!) }
  }

  /// Visits the parameters of a nested module that may be missing, such as one of two alternatives.
  public func callAsFunction<Inner: Module>(_ name: String, _ module: inout Inner?)
  where Inner.Scalar == Scalar {
    if case .some = module { self(name, &module!) }
  }

  /// Visits a buffer: a tensor that is saved with the parameters but has no gradient and does not
  /// change in training, such as the scale of the inputs.
  @specialized(where Scalar == Float)
  public func buffer(_ name: String, _ value: inout Tensor<Scalar>) {
    show(name, &value, .constant)
  }

  /// Visits a buffer that a training step changes, by what the layer's pullback reports with
  /// ``Backpropagation/add(change:toInput:)``.
  ///
  /// In ``valueWithGradient(at:in:)`` the buffer is a variable, so the layer must detach it before
  /// it computes with it.
  @specialized(where Scalar == Float)
  func statistic(_ name: String, _ value: inout Tensor<Scalar>) {
    show(name, &value, .statistic)
  }

  /// Visits the parameters of a nested module as frozen parameters, under names without a further
  /// prefix.
  func frozen<Inner: Module>(_ module: inout Inner) where Inner.Scalar == Scalar {
    module.visitParameters(
      ParameterVisitor(
        module: self.module, roles: roles, parameterRole: .frozen, body: body))
  }

  private func show(_ name: String, _ value: inout Tensor<Scalar>, _ role: ParameterRoles) {
    guard roles.contains(role) else { return }
    body(ParameterPath(module: module, leaf: name), role, &value)
  }
}

extension Module {
  /// Calls a closure with the name and the value of each trainable parameter, which it may change.
  public mutating func forEachParameter(_ body: (String, inout Tensor<Scalar>) -> Void) {
    forEach(.trainable, body)
  }

  /// Calls a closure with the name and the value of each tensor of the module's state, which it may
  /// change: trainable and frozen parameters, and buffers.
  public mutating func forEachStateTensor(_ body: (String, inout Tensor<Scalar>) -> Void) {
    forEach(.all, body)
  }

  /// The trainable parameters by name, in the order of ``visitParameters(_:)``.
  public var parameters: [(name: String, value: Tensor<Scalar>)] { tensors(.trainable) }

  /// The buffers by name, in the order of ``visitParameters(_:)``.
  public var buffers: [(name: String, value: Tensor<Scalar>)] { tensors(.buffer) }

  /// The tensors that weight files contain, by name: trainable and frozen parameters, and buffers,
  /// in the order of ``visitParameters(_:)``.
  public var stateTensors: [(name: String, value: Tensor<Scalar>)] { tensors(.all) }

  /// The number of elements of all trainable parameters.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.value.elementCount } }

  private mutating func forEach(
    _ roles: ParameterRoles, _ body: (String, inout Tensor<Scalar>) -> Void
  ) {
    ParameterVisitor.showing(
      roles, to: { path, _, parameter in body(path.name, &parameter) }, { visitParameters($0) })
  }

  private func tensors(_ roles: ParameterRoles) -> [(name: String, value: Tensor<Scalar>)] {
    var copy = self
    var list: [(name: String, value: Tensor<Scalar>)] = []
    copy.forEach(roles) { name, parameter in list.append((name, parameter)) }
    return list
  }
}
