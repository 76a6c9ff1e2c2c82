import SIMDKernels
import Tensor

/// A training step: the gradient of a batch, and the update of the parameters that it touches.
///
/// The rows of a batch are processed in parallel, and then its columns. The gradient of a column is
/// added in the order of the rows, so results are the same at every number of threads.
struct BatchStep {
  let loss: FactorizationLoss
  let optimizer: FactorizationOptimizer
  let linearRegularization: Float
  let factorRegularization: Float
  private let data: LabeledRows
  private let parameters: PackedParameters

  /// The place of each column among those of the batch, or −1.
  private var places: [Int32]
  /// The columns of the batch, in the order of their first entries, and the first occurrence of each.
  private var touched: [Int32] = []
  private var firsts: [Int] = []
  /// The row of the batch, the value, and the index among all entries of each occurrence, by column.
  private var occurrenceRows: [Int32] = []
  private var occurrenceValues: [Float] = []
  private var occurrenceEntries: [Int] = []
  private var sums: [Float]
  private var slopes: [Float]
  private var losses: [Double]
  private var gradient: [Float] = []
  private var step = 0

  init(
    _ trainer: FactorizationTrainer, _ data: LabeledRows, _ parameters: PackedParameters
  ) {
    (loss, optimizer) = (trainer.loss, trainer.optimizer)
    linearRegularization = Float(trainer.linearRegularization)
    factorRegularization = Float(trainer.factorRegularization)
    self.data = data
    self.parameters = parameters
    places = Array(repeating: -1, count: data.rows.columnCount)
    let count = min(trainer.batchSize, data.count)
    sums = Array(repeating: 0, count: max(1, count * parameters.rank))
    slopes = Array(repeating: 0, count: count)
    losses = Array(repeating: 0, count: count)
  }

  /// Trains on a batch of rows. Returns the sum of their losses, weighted.
  mutating func callAsFunction(_ batch: ArraySlice<Int>, _ rows: RowsView) -> Double {
    step += 1
    collectColumns(batch, rows)
    computeSlopes(batch, rows)
    computeGradients(batch, rows)
    update()
    var sum = 0.0
    var slope = 0.0
    for place in 0..<batch.count {
      sum += losses[place]
      slope += Double(slopes[place])
    }
    updateBias(along: Float(slope))
    return sum
  }

  /// Lists the occurrences of each column of the batch, in the order of the rows.
  private mutating func collectColumns(_ batch: ArraySlice<Int>, _ rows: RowsView) {
    touched.removeAll(keepingCapacity: true)
    firsts.removeAll(keepingCapacity: true)
    for row in batch {
      for entry in rows.entries(of: row) {
        let column = Int(rows.columns.pointer[entry])
        if places[column] < 0 {
          places[column] = Int32(touched.count)
          touched.append(Int32(column))
          firsts.append(0)
        }
        firsts[Int(places[column])] += 1
      }
    }
    var total = 0
    for place in firsts.indices { (firsts[place], total) = (total, total + firsts[place]) }
    if occurrenceRows.count < total {
      occurrenceRows = Array(repeating: 0, count: total)
      occurrenceValues = Array(repeating: 0, count: total)
      occurrenceEntries = Array(repeating: 0, count: total)
    }
    for (place, row) in batch.enumerated() {
      for entry in rows.entries(of: row) {
        let column = Int(places[Int(rows.columns.pointer[entry])])
        let target = firsts[column]
        firsts[column] += 1
        occurrenceRows[target] = Int32(place)
        occurrenceValues[target] = rows.values.pointer[entry]
        occurrenceEntries[target] = entry
      }
    }
    // Each first occurrence has moved to the one of the next column.
    firsts.insert(0, at: 0)
    for column in touched { places[Int(column)] = -1 }
    let count = touched.count * parameters.width
    if gradient.count < count { gradient = Array(repeating: 0, count: count) }
  }

  /// Computes the loss of each row and its derivative with respect to the score, divided by the
  /// number of rows.
  private mutating func computeSlopes(_ batch: ArraySlice<Int>, _ rows: RowsView) {
    let (view, loss, rank) = (parameters.view, loss, parameters.rank)
    let (first, count, labels, weights) = (batch.startIndex, batch.count, data.labels, data.weights)
    sums.withUnsafeMutableBufferPointer { sums in
      slopes.withUnsafeMutableBufferPointer { slopes in
        losses.withUnsafeMutableBufferPointer { losses in
          let (sums, slopes, losses) = (
            SendablePointer(sums), SendablePointer(slopes), SendablePointer(losses)
          )
          parallelFor((count + Self.chunk - 1) / Self.chunk) { index in
            for place in index * Self.chunk..<min(count, (index + 1) * Self.chunk) {
              let row = batch[first + place]
              let score = view.score(
                of: row, rows, sums: sums.pointer.baseAddress! + place * rank)
              let weight = Double(weights?[row] ?? 1)
              let (value, slope) = loss.valueWithSlope(score, label: labels[row])
              losses.pointer[place] = weight * value
              slopes.pointer[place] = Float(weight * slope / Double(count))
            }
          }
        }
      }
    }
  }

  /// Computes the gradients of all parameters of the batch's columns.
  private mutating func computeGradients(_ batch: ArraySlice<Int>, _ rows: RowsView) {
    let (firsts, touched, width) = (firsts, touched, parameters.width)
    let terms = GradientTerms(
      parameters: parameters.view, rows: rows, batch: batch, weights: data.weights,
      linearRegularization: linearRegularization, factorRegularization: factorRegularization)
    gradient.withUnsafeMutableBufferPointer { gradient in
      slopes.withUnsafeBufferPointer { slopes in
        sums.withUnsafeBufferPointer { sums in
          occurrenceRows.withUnsafeBufferPointer { rowsOfColumns in
            occurrenceValues.withUnsafeBufferPointer { values in
              occurrenceEntries.withUnsafeBufferPointer { entries in
                guard let target = gradient.baseAddress, let sumsStart = sums.baseAddress,
                  let rowsStart = rowsOfColumns.baseAddress, let valuesStart = values.baseAddress,
                  let entriesStart = entries.baseAddress, let slopesStart = slopes.baseAddress
                else { return }
                let memory = GradientTerms.Memory(
                  slopes: SendablePointer(slopesStart), sums: SendablePointer(sumsStart),
                  rows: SendablePointer(rowsStart), values: SendablePointer(valuesStart),
                  entries: SendablePointer(entriesStart))
                let gradient = SendablePointer(target)
                parallelFor((touched.count + Self.chunk - 1) / Self.chunk) { index in
                  let end = min(touched.count, (index + 1) * Self.chunk)
                  for place in index * Self.chunk..<end {
                    terms.write(
                      to: gradient.pointer + place * width, column: Int(touched[place]),
                      occurrences: firsts[place]..<firsts[place + 1], memory)
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Updates the parameters of the batch's columns.
  private func update() {
    let (optimizer, touched, width, step) = (optimizer, touched, parameters.width, step)
    let elements = SendablePointer(parameters.elements)
    let states = parameters.states.map { SendablePointer($0) }
    gradient.withUnsafeBufferPointer { gradient in
      guard let start = gradient.baseAddress else { return }
      let gradient = SendablePointer(start)
      parallelFor((touched.count + Self.chunk - 1) / Self.chunk) { index in
        for place in index * Self.chunk..<min(touched.count, (index + 1) * Self.chunk) {
          let offset = 1 + Int(touched[place]) * width
          optimizer.update(
            elements.pointer + offset, along: gradient.pointer + place * width,
            states: (
              states.first.map { $0.pointer + offset },
              states.dropFirst().first.map { $0.pointer + offset }
            ), count: width, step: step)
        }
      }
    }
  }

  private func updateBias(along slope: Float) {
    withUnsafePointer(to: slope) { slope in
      optimizer.update(
        parameters.elements, along: slope,
        states: (parameters.states.first, parameters.states.dropFirst().first), count: 1,
        step: step)
    }
  }

  /// The number of rows or columns of a piece of work for one thread.
  private static let chunk = 64
}
