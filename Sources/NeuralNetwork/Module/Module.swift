@_exported public import Tensor

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

  /// Shows every parameter to `visit`, by name, always in the same order.
  ///
  /// The function is `mutating` so that a visitor can change the parameters; it must change nothing
  /// itself.
  mutating func visitParameters(_ visit: ParameterVisitor<Scalar>)
}

/// What ``Module/visitParameters(_:)`` shows parameters and modules to.
///
/// The name of a parameter inside of modules is the path to it, joined by dots: `lstm.weight_ih_l0`.
public struct ParameterVisitor<Scalar: TensorScalar> {
  /// The path of the module that shows its parameters.
  private let module: String
  private let body: (ParameterPath, inout Tensor<Scalar>) -> Void

  private init(
    module: String, body: @escaping (ParameterPath, inout Tensor<Scalar>) -> Void
  ) {
    self.module = module
    self.body = body
  }

  /// Calls `visit` with a visitor that shows each parameter to `body`.
  ///
  /// Where this is called from code that knows the scalar type, and not the model's, nothing about
  /// types is looked up as it runs: a third of what visiting a small network takes.
  @specialized(where Scalar == Float)
  static func showing(
    to body: (ParameterPath, inout Tensor<Scalar>) -> Void, _ visit: (ParameterVisitor) -> Void
  ) {
    withoutActuallyEscaping(body) { visit(ParameterVisitor(module: "", body: $0)) }
  }

  /// Shows a parameter.
  @specialized(where Scalar == Float)
  public func callAsFunction(_ name: String, _ parameter: inout Tensor<Scalar>) {
    body(ParameterPath(module: module, leaf: name), &parameter)
  }

  /// Shows the parameters of a module within this one.
  public func callAsFunction<Inner: Module>(_ name: String, _ module: inout Inner)
  where Inner.Scalar == Scalar {
    let path = ParameterPath.module(name, within: self.module)
    module.visitParameters(ParameterVisitor(module: path, body: body))
  }

  /// Shows a parameter that may be missing, such as the bias of a layer without one.
  @specialized(where Scalar == Float)
  public func callAsFunction(_ name: String, _ parameter: inout Tensor<Scalar>?) {
    if case .some = parameter { self(name, &parameter!) }
  }
}

extension Module {
  /// Calls a closure with the name of each parameter and the parameter, which it may change.
  public mutating func forEachParameter(_ body: (String, inout Tensor<Scalar>) -> Void) {
    ParameterVisitor.showing(
      to: { path, parameter in body(path.name, &parameter) }, { visitParameters($0) })
  }

  /// The parameters by name, in the order of ``visitParameters(_:)``.
  public var parameters: [(name: String, value: Tensor<Scalar>)] {
    var copy = self
    var list: [(name: String, value: Tensor<Scalar>)] = []
    copy.forEachParameter { name, parameter in list.append((name, parameter)) }
    return list
  }

  /// The number of trainable numbers.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.value.elementCount } }
}
