/// The extents of a convolution of sequences or images.
struct ConvolutionLayout: Sendable {
  /// B, C, and O.
  let batch, inputSize, outputSize: Int
  let groups: Int
  /// The rows and the columns of images. The steps of sequences are columns of a single row.
  let rows, columns: ConvolutionAxis

  /// K, the number of taps of the kernel.
  var kernelSize: Int { rows.kernelSize * columns.kernelSize }
  /// The numbers of input and output channels of a group.
  var groupInputs: Int { inputSize / groups }
  var groupOutputs: Int { outputSize / groups }
  /// The number of outputs of all sequences or images, each of which has O channels.
  var outputCount: Int { batch * rows.outputExtent * columns.outputExtent }

  /// The sums of the outputs over the input.
  var outputs: TapSums {
    TapSums(
      batch: batch, rows: rows.outputs, columns: columns.outputs, sourceSize: inputSize,
      targetSize: outputSize, groups: groups)
  }

  /// The sums of the gradient of the input over that of the output, one for each phase of the strides.
  var inputGradients: [TapSums] {
    rows.inputGradients.flatMap { rows in
      columns.inputGradients.map { columns in
        TapSums(
          batch: batch, rows: rows, columns: columns, sourceSize: outputSize,
          targetSize: inputSize, groups: groups)
      }
    }
  }
}
