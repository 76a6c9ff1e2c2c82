/// The products of a convolution that give its output or the gradient of its input.
struct ConvolutionPass<Scalar: TensorScalar>: Sendable {
  let layout: ConvolutionLayout
  /// The weight, [O, C / groups, K], with the taps of an image's kernel row by row.
  let weight: Tensor<Scalar>

  /// Returns the output for an input.
  ///
  /// - Parameters:
  ///   - input: The input, [B, T, C] or [B, H, W, C].
  ///   - bias: The bias, [O]; nil for none.
  ///   - epilogue: The function that is applied to each tile while it is in the cache.
  ///   - shape: The shape of the output.
  func output(
    of input: Tensor<Scalar>, bias: Tensor<Scalar>?, _ epilogue: _Epilogue, shape: Shape
  ) -> Tensor<Scalar> {
    Tensor(shape) { output in
      write(layout.outputs, of: input, bias: bias, epilogue, transposed: true, to: output)
    }
  }

  /// Returns the gradient of an input for the gradient of the output.
  func inputGradient(of gradient: Tensor<Scalar>, shape: Shape) -> Tensor<Scalar> {
    Tensor(shape) { target in
      for sums in layout.inputGradients {
        write(sums, of: gradient, bias: nil, .linear, transposed: false, to: target)
      }
    }
  }

  /// Writes sums over taps to their targets.
  ///
  /// - Parameter transposed: A Boolean value that indicates whether the sums are over the inputs of
  ///   the weight rather than over its outputs.
  private func write(
    _ sums: TapSums, of source: Tensor<Scalar>, bias: Tensor<Scalar>?, _ epilogue: _Epilogue,
    transposed: Bool, to target: UnsafeMutablePointer<Scalar>
  ) {
    let weights = packedWeights(sums, transposed: transposed)
    source.read { source in
      withOptionalPointer(to: bias) { bias in
        let (source, target) = (SendablePointer(source), SendablePointer(target))
        let bias = SendablePointer(bias)
        parallelFor(sums.tiling.tileCount) { index in
          let tile = sums.tiling.tile(index)
          compute(tile, of: sums, weights, source.pointer, bias?.pointer, into: target.pointer)
          finish(tile, of: sums, epilogue, target.pointer)
        }
      }
    }
  }

  /// Computes the targets of a tile.
  private func compute(
    _ tile: TapTiling.Tile, of sums: TapSums, _ weights: [PackedMatrix<Scalar>],
    _ source: UnsafePointer<Scalar>, _ bias: UnsafePointer<Scalar>?,
    into target: UnsafeMutablePointer<Scalar>
  ) {
    Tensor<Scalar>.withScratch(count: sums.copySize) { copy in
      for (group, weights) in weights.enumerated() {
        let (start, reading) = sums.reading(tile, group: group, of: source, copyingTo: copy)
        let first = target + sums.firstTarget(of: tile, group: group)
        for image in 0..<tile.images.count {
          weights.multiply(
            (tile.rows.count, reading.targetRowStride, sums.targetRowStride),
            of: start + image * reading.imageStride, in: reading.pieces,
            rowCount: tile.columns.count, bias: bias.map { $0 + group * sums.groupTargets },
            into: first + image * sums.targetImageStride, rowStride: sums.targetStride)
        }
      }
    }
  }

  /// Applies a function to the targets of a tile, which must be neighbors in memory.
  private func finish(
    _ tile: TapTiling.Tile, of sums: TapSums, _ epilogue: _Epilogue,
    _ target: UnsafeMutablePointer<Scalar>
  ) {
    guard epilogue != .linear else { return }
    let first = target + sums.firstTarget(of: tile, group: 0)
    for image in 0..<tile.images.count {
      for row in 0..<tile.rows.count {
        Scalar._Kernels.biasActivation(
          nil, first + image * sums.targetImageStride + row * sums.targetRowStride,
          rows: tile.columns.count, columns: sums.targetSize, epilogue)
      }
    }
  }

  /// Returns the weights of each group for the taps of some sums, [taps · sources, targets].
  private func packedWeights(_ sums: TapSums, transposed: Bool) -> [PackedMatrix<Scalar>] {
    let (inputs, outputs) = (layout.groupInputs, layout.groupOutputs)
    let taps = sums.rows.taps.flatMap { row in
      sums.columns.taps.map { row.index * layout.columns.kernelSize + $0.index }
    }
    return weight.transposed([2, 0, 1]).read { weights in
      (0..<layout.groups).map { group in
        PackedMatrix(
          stacking: taps.map { tap in
            MatrixView(
              weights + (tap * layout.outputSize + group * outputs) * inputs, rows: outputs,
              columns: inputs, transposed: transposed)
          }, columns: sums.groupTargets)
      }
    }
  }
}
