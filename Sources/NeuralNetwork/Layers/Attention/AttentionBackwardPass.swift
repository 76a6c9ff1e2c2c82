/// The backward pass of an attention, tile by tile within the heads of the sequences.
///
/// The weights of a tile are computed again, which takes little time compared with reading them from
/// memory.
struct AttentionBackwardPass<Scalar: TensorScalar>: Sendable {
  let pass: AttentionPass<Scalar>
  /// The gradient of the heads' results, [B, T, E].
  let gradient: Tensor<Scalar>

  private typealias Pointer = UnsafeMutablePointer<Scalar>
  private var layout: AttentionLayout { pass.layout }

  /// Returns the gradients of the projections.
  func run() -> [Tensor<Scalar>] {
    let shapes = pass.projections.map(\.shape)
    var starts = [0]
    for shape in shapes { starts.append(starts.last! + shape.elementCount) }
    let all = Tensor<Scalar>([starts.last!]) { target in
      let targets = starts.dropLast().map { SendablePointer(target + $0) }
      gradient.read { gradient in
        let gradient = SendablePointer(gradient)
        pass.withMemory { memory in
          parallelFor(layout.partCount) { carryBack($0, memory, gradient.pointer, targets) }
        }
      }
    }
    return shapes.indices.map { index in
      all[starts[index]..<starts[index + 1]].reshaped(to: shapes[index])
    }
  }

  /// Computes the gradients of the queries, keys, and values of a head of a sequence.
  private func carryBack(
    _ part: Int, _ memory: AttentionPass<Scalar>.Memory, _ gradient: UnsafePointer<Scalar>,
    _ targets: [SendablePointer<Pointer>]
  ) {
    func target(_ place: AttentionPlace, _ rows: Range<Int>) -> MutableMatrixView<Scalar> {
      MutableMatrixView(
        targets[place.projection].pointer + place.index(of: part, row: rows.lowerBound, layout),
        rows: rows.count, columns: layout.headSize, rowStride: place.stride)
    }
    clear(pass.keyPlace, part, targets)
    clear(pass.valuePlace, part, targets)
    let area = layout.tileRows * layout.keys
    Tensor<Scalar>.withScratch(count: 2 * area) { weights in
      let slopes = weights + area
      layout.forEachTile { tile, keys in
        func matrix(_ start: Pointer, transposed: Bool = false) -> MatrixView<Scalar> {
          MatrixView(start, rows: tile.count, columns: keys, transposed: transposed)
        }
        let received = MatrixView(
          gradient + layout.resultPlace.index(of: part, row: tile.lowerBound, layout),
          rows: tile.count, columns: layout.headSize, rowStride: layout.size)
        pass.computeWeights(of: part, tile, keys, memory, weights)
        multiply(
          matrix(weights, transposed: true), received, into: target(pass.valuePlace, 0..<keys),
          beta: 1)
        multiplyPacking(
          received, pass.view(pass.valuePlace, part, 0..<keys, memory, transposed: true),
          into: MutableMatrixView(slopes, rows: tile.count, columns: keys))
        Scalar._Kernels.softmaxBackward(
          y: weights, dy: slopes, dx: slopes, rows: tile.count, columns: keys)
        let scale = Scalar(layout.scale)
        multiply(
          matrix(slopes), pass.view(pass.keyPlace, part, 0..<keys, memory),
          into: target(pass.queryPlace, tile), alpha: scale)
        multiply(
          matrix(slopes, transposed: true), pass.view(pass.queryPlace, part, tile, memory),
          into: target(pass.keyPlace, 0..<keys), alpha: scale, beta: 1)
      }
    }
  }

  /// Sets the gradients of the keys or values of a head to 0.
  private func clear(
    _ place: AttentionPlace, _ part: Int, _ targets: [SendablePointer<Pointer>]
  ) {
    for row in 0..<place.rows {
      (targets[place.projection].pointer + place.index(of: part, row: row, layout))
        .update(repeating: 0, count: layout.headSize)
    }
  }
}
