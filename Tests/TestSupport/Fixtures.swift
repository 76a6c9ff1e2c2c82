public import Tensor

extension Tensor {
  /// Numbers that are uniform in a range and the same in every run.
  public static func random(
    _ shape: Shape, in range: Range<Scalar> = -1..<1, seed: UInt64 = 1
  ) -> Tensor {
    var generator = Xoshiro256(seed: seed)
    return uniform(shape, in: range, using: &generator)
  }

  /// ½ sin(0.7 i + phase) for the i-th element, rounded from double precision: what other programs
  /// can make, too.
  public static func wave(_ shape: Shape, phase: Double) -> Tensor {
    let angles = Tensor<Double>.range(shape.elementCount) * 0.7 + phase
    return Tensor((angles.sin() * 0.5).reshaped(to: shape))
  }

  /// 0, 1, 2, … in a shape: no two elements are equal, so none can be mistaken for another.
  public static func counting(_ shape: Shape) -> Tensor {
    range(shape.elementCount).reshaped(to: shape)
  }

  /// A tensor whose elements are computed one by one from their positions: the plain definition that
  /// an operation is held against.
  public init(_ shape: Shape, at element: (_ position: [Int]) -> Scalar) {
    self.init(shape: shape, scalars: shape.positions.map(element))
  }

  /// The element at a position.
  public func at(_ position: [Int]) -> Scalar {
    withUnsafeBufferPointer { $0[zip(position, shape.strides).reduce(0) { $0 + $1.0 * $1.1 }] }
  }
}

extension Shape {
  /// All positions, row-major, each with one index an axis.
  public var positions: [[Int]] {
    let (strides, dimensions) = (strides, dimensions)
    return (0..<elementCount).map { index in zip(strides, dimensions).map { index / $0 % $1 } }
  }
}
