/// A layer or a model: a value whose parameters are tensors.
///
/// A module lists its parameters once, in ``visitParameters(_:)``; gradients, optimizers, weight
/// files and printing all follow that list.
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

  /// Shows every parameter and every buffer to `visit`, by name, always in the same order.
  ///
  /// The function is `mutating` so that a visitor can change the parameters; it must change nothing
  /// itself.
  mutating func visitParameters(_ visit: ParameterVisitor<Scalar>)
}

/// The roles of a module's tensors.
struct ParameterRoles: OptionSet, Sendable {
  let rawValue: UInt8

  /// Parameters that optimizers update.
  static let trainable = ParameterRoles(rawValue: 1)
  /// Parameters that stay as they are: those of a ``Frozen`` module.
  static let frozen = ParameterRoles(rawValue: 2)
  /// Tensors beside the parameters, such as running statistics.
  static let buffer = ParameterRoles(rawValue: 4)

  static let all: ParameterRoles = [.trainable, .frozen, .buffer]
}

/// The function that ``Module/visitParameters(_:)`` shows parameters, buffers, and modules to.
///
/// The name of a parameter inside of modules is the path to it, joined by dots: `lstm.weight_ih_l0`.
public struct ParameterVisitor<Scalar: TensorScalar> {
  /// The path of the module that shows its parameters.
  private let module: String
  /// The roles of the tensors to look at.
  private let roles: ParameterRoles
  /// The role of a parameter that is shown: trainable, or frozen within a frozen module.
  private let parameterRole: ParameterRoles
  private let body: (ParameterPath, inout Tensor<Scalar>) -> Void

  private init(
    module: String, roles: ParameterRoles, parameterRole: ParameterRoles,
    body: @escaping (ParameterPath, inout Tensor<Scalar>) -> Void
  ) {
    self.module = module
    self.roles = roles
    self.parameterRole = parameterRole
    self.body = body
  }

  /// Calls `visit` with a visitor that shows each tensor of some roles to `body`.
  ///
  /// Where this is called from code that knows the scalar type, and not the model's, nothing about
  /// types is looked up as it runs: a third of what visiting a small network takes.
  @specialized(where Scalar == Float)
  static func showing(
    _ roles: ParameterRoles = .trainable,
    to body: (ParameterPath, inout Tensor<Scalar>) -> Void, _ visit: (ParameterVisitor) -> Void
  ) {
    withoutActuallyEscaping(body) {
      visit(ParameterVisitor(module: "", roles: roles, parameterRole: .trainable, body: $0))
    }
  }

  /// Shows a parameter.
  @specialized(where Scalar == Float)
  public func callAsFunction(_ name: String, _ parameter: inout Tensor<Scalar>) {
    show(name, &parameter, parameterRole)
  }

  /// Shows the parameters of a module within this one.
  public func callAsFunction<Inner: Module>(_ name: String, _ module: inout Inner)
  where Inner.Scalar == Scalar {
    let path = ParameterPath.module(name, within: self.module)
    module.visitParameters(
      ParameterVisitor(module: path, roles: roles, parameterRole: parameterRole, body: body))
  }

  /// Shows a parameter that may be missing, such as the bias of a layer without one.
  @specialized(where Scalar == Float)
  public func callAsFunction(_ name: String, _ parameter: inout Tensor<Scalar>?) {
    if case .some = parameter { self(name, &parameter!) }
  }

  /// Shows a buffer: a tensor that is saved with the parameters, and that has no gradient and is not
  /// updated by optimizers, such as running statistics.
  @specialized(where Scalar == Float)
  public func buffer(_ name: String, _ value: inout Tensor<Scalar>) {
    show(name, &value, .buffer)
  }

  /// Shows the parameters of a module as frozen ones, under the names that they would have here.
  func frozen<Inner: Module>(_ module: inout Inner) where Inner.Scalar == Scalar {
    module.visitParameters(
      ParameterVisitor(
        module: self.module, roles: roles, parameterRole: .frozen, body: body))
  }

  private func show(_ name: String, _ value: inout Tensor<Scalar>, _ role: ParameterRoles) {
    guard roles.contains(role) else { return }
    body(ParameterPath(module: module, leaf: name), &value)
  }
}

extension Module {
  /// Calls a closure with the name of each trainable parameter and the parameter, which it may change.
  public mutating func forEachParameter(_ body: (String, inout Tensor<Scalar>) -> Void) {
    forEach(.trainable, body)
  }

  /// Calls a closure with the name of each tensor that belongs to the module's state, and the tensor,
  /// which it may change: trainable and frozen parameters, and buffers.
  public mutating func forEachStateTensor(_ body: (String, inout Tensor<Scalar>) -> Void) {
    forEach(.all, body)
  }

  /// The trainable parameters by name, in the order of ``visitParameters(_:)``.
  public var parameters: [(name: String, value: Tensor<Scalar>)] { tensors(.trainable) }

  /// The buffers by name, in the order of ``visitParameters(_:)``.
  public var buffers: [(name: String, value: Tensor<Scalar>)] { tensors(.buffer) }

  /// The tensors that weight files hold, by name: trainable and frozen parameters, and buffers, in the
  /// order of ``visitParameters(_:)``.
  public var stateTensors: [(name: String, value: Tensor<Scalar>)] { tensors(.all) }

  /// The number of trainable numbers.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.value.elementCount } }

  private mutating func forEach(
    _ roles: ParameterRoles, _ body: (String, inout Tensor<Scalar>) -> Void
  ) {
    ParameterVisitor.showing(
      roles, to: { path, parameter in body(path.name, &parameter) }, { visitParameters($0) })
  }

  private func tensors(_ roles: ParameterRoles) -> [(name: String, value: Tensor<Scalar>)] {
    var copy = self
    var list: [(name: String, value: Tensor<Scalar>)] = []
    copy.forEach(roles) { name, parameter in list.append((name, parameter)) }
    return list
  }
}
