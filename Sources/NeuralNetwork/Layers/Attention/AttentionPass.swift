/// The forward pass of an attention, tile by tile within the heads of the sequences.
struct AttentionPass<Scalar: TensorScalar>: Sendable {
  let layout: AttentionLayout
  /// Queries, keys, and values, side by side in one tensor [B, T, 3E], or with the keys and values in
  /// a second one [B, S, 2E], or in three.
  let projections: [Tensor<Scalar>]
  /// Numbers other than 0 for the keys to ignore, [B, S]; nil for none.
  let ignored: Tensor<Scalar>?

  typealias Source = SendablePointer<UnsafePointer<Scalar>>

  /// The addresses of the projections' elements and of the mask.
  struct Memory: Sendable {
    let projections: [Source]
    let ignored: Source?
  }

  var queryPlace: AttentionPlace { place(0) }
  var keyPlace: AttentionPlace { place(1) }
  var valuePlace: AttentionPlace { place(2) }

  /// Returns the place of the queries (0), the keys (1), or the values (2).
  private func place(_ operand: Int) -> AttentionPlace {
    let projection = min(operand, projections.count - 1)
    return AttentionPlace(
      projection: projection, column: (operand - projection) * layout.size,
      rows: operand == 0 ? layout.queries : layout.keys,
      stride: projections[projection].shape[-1])
  }

  /// Returns the heads' results side by side, [B, T, E].
  func run() -> Tensor<Scalar> {
    Tensor([layout.batch, layout.queries, layout.size]) { output in
      let output = SendablePointer(output)
      withMemory { memory in
        parallelFor(layout.partCount) { part in attend(part, memory, output.pointer) }
      }
    }
  }

  /// Computes the result of a head of a sequence.
  private func attend(
    _ part: Int, _ memory: Memory, _ output: UnsafeMutablePointer<Scalar>
  ) {
    Tensor<Scalar>.withScratch(count: layout.tileRows * layout.keys) { weights in
      layout.forEachTile { tile, keys in
        computeWeights(of: part, tile, keys, memory, weights)
        multiplyPacking(
          MatrixView(weights, rows: tile.count, columns: keys),
          view(valuePlace, part, 0..<keys, memory),
          into: MutableMatrixView(
            output + layout.resultPlace.index(of: part, row: tile.lowerBound, layout),
            rows: tile.count, columns: layout.headSize, rowStride: layout.size))
      }
    }
  }

  /// Computes the weights of the first keys for a tile of queries, [tile, keys].
  func computeWeights(
    of part: Int, _ tile: Range<Int>, _ keys: Int, _ memory: Memory,
    _ weights: UnsafeMutablePointer<Scalar>
  ) {
    multiplyPacking(
      view(queryPlace, part, tile, memory),
      view(keyPlace, part, 0..<keys, memory, transposed: true),
      into: MutableMatrixView(weights, rows: tile.count, columns: keys))
    let sequence = part / layout.heads
    Scalar._Kernels.attentionWeights(
      weights, scale: layout.scale,
      ignored: memory.ignored.map { $0.pointer + sequence * layout.keys },
      isCausal: layout.isCausal, first: tile.lowerBound, rows: tile.count, columns: keys)
  }

  /// Returns some rows of the queries, keys, or values of a head.
  func view(
    _ place: AttentionPlace, _ part: Int, _ rows: Range<Int>, _ memory: Memory,
    transposed: Bool = false
  ) -> MatrixView<Scalar> {
    MatrixView(
      memory.projections[place.projection].pointer
        + place.index(of: part, row: rows.lowerBound, layout),
      rows: rows.count, columns: layout.headSize, rowStride: place.stride, transposed: transposed)
  }

  /// Calls a closure with the addresses of the operands.
  func withMemory(_ body: (Memory) -> Void) {
    func read(_ addresses: [Source]) {
      guard addresses.count < projections.count else {
        return withOptionalPointer(to: ignored) {
          body(Memory(projections: addresses, ignored: SendablePointer($0)))
        }
      }
      projections[addresses.count].read { read(addresses + [SendablePointer($0)]) }
    }
    read([])
  }
}
