internal import RealModule
import NeuralNetwork

/// Writes windows one after another into the arrays of a batch.
struct WindowWriter {
  private let layout: WindowLayout
  private var history: [Float] = []
  private var future: [Float] = []
  private var profiles: [Float] = []
  private var targets: [Float] = []
  private var mask: [Float] = []
  private var scales: [Float] = []

  init(_ layout: WindowLayout, count: Int) {
    self.layout = layout
    history.reserveCapacity(count * layout.inputLength * WindowLayout.historyFeatureCount)
    future.reserveCapacity(count * layout.horizon * WindowLayout.futureFeatureCount)
  }

  /// Adds the window of a series whose history ends before step `end`.
  ///
  /// - Parameter calendarFeatures: The features of every step of the calendar, and of a horizon after
  ///   it.
  mutating func append(_ series: Series, end: Int, calendarFeatures: [Float]) {
    let past = History(series, end: end, layout)
    appendHistory(past, end: end, calendarFeatures)
    let profile = past.profile(layout)
    appendFuture(past, profile, end: end, calendarFeatures)
    let known = series.window(end..<(end + layout.horizon))
    targets.append(contentsOf: known.values.map { Float(saturating: $0) / past.scale })
    mask.append(contentsOf: known.states.map { $0 == .observed ? 1 : 0 })
    profiles.append(contentsOf: profile)
    scales.append(past.scale)
  }

  private mutating func appendHistory(_ past: History, end: Int, _ calendarFeatures: [Float]) {
    for step in 0..<layout.inputLength {
      let value = past.compressed(step)
      let seasonBefore = step - layout.seasonLength
      history.append(value)
      history.append(past.states[step] == .observed ? 1 : 0)
      history.append(seasonBefore >= 0 ? past.compressed(seasonBefore) : 0)
      appendCalendar(end - layout.inputLength + step, calendarFeatures, to: &history)
    }
  }

  private mutating func appendFuture(
    _ past: History, _ profile: [Float], end: Int, _ calendarFeatures: [Float]
  ) {
    let zeroShare = past.zeroShare
    for step in 0..<layout.horizon {
      future.append(signedLog(profile[step]))
      future.append(Float(step + 1) / Float(layout.horizon))
      future.append(zeroShare)
      appendCalendar(end + step, calendarFeatures, to: &future)
    }
  }

  /// The calendar's features of a step; zeros before the calendar, where a window is masked.
  private func appendCalendar(_ step: Int, _ features: [Float], to target: inout [Float]) {
    let width = CalendarFeatures.count
    if step < 0 {
      target.append(contentsOf: repeatElement(0, count: width))
    } else {
      target.append(contentsOf: features[step * width..<(step + 1) * width])
    }
  }

  func batch() -> WindowBatch {
    let count = scales.count
    let outputs: Shape = [count, layout.horizon]
    return WindowBatch(
      history: Tensor(
        shape: [count, layout.inputLength, WindowLayout.historyFeatureCount], scalars: history),
      future: Tensor(
        shape: [count, layout.horizon, WindowLayout.futureFeatureCount], scalars: future),
      profile: Tensor(shape: outputs, scalars: profiles),
      targets: Tensor(shape: outputs, scalars: targets),
      targetMask: Tensor(shape: outputs, scalars: mask), scales: scales)
  }
}

/// The history of a window.
private struct History {
  let values: [Float]
  let states: [CellState]
  /// The mean size of the observed values, but not under a tenth of that since the series' start: a
  /// scale near zero would blow up what follows a quiet time.
  let scale: Float
  /// The share of observed values that are 0.
  let zeroShare: Float

  init(_ series: Series, end: Int, _ layout: WindowLayout) {
    let window = series.window((end - layout.inputLength)..<end)
    values = window.values.map { Float(saturating: $0) }
    states = window.states
    var sum: Float = 0
    var count: Float = 0
    var zeros: Float = 0
    for step in values.indices where states[step] == .observed {
      sum += abs(values[step])
      zeros += values[step] == 0 ? 1 : 0
      count += 1
    }
    let floored = max(count > 0 ? sum / count : 0, series.meanSize(before: end) / 10)
    scale = floored > 0 ? floored : 1
    zeroShare = count > 0 ? zeros / count : 0
  }

  /// The scaled value of a step, compressed so that outliers do not drown the rest; 0 where it
  /// is not observed.
  func compressed(_ step: Int) -> Float {
    states[step] == .observed ? signedLog(values[step] / scale) : 0
  }

  /// For each step to come the mean of the scaled values at its place in the season; where none was
  /// observed, the mean of all.
  func profile(_ layout: WindowLayout) -> [Float] {
    let season = layout.seasonLength
    var sums = [Float](repeating: 0, count: season)
    var counts = [Float](repeating: 0, count: season)
    for step in values.indices where states[step] == .observed {
      // Places count back from the end, so that step 0 to come has place 0.
      let place = (step - values.count) % season
      sums[place < 0 ? place + season : place] += values[step] / scale
      counts[place < 0 ? place + season : place] += 1
    }
    let total = counts.reduce(0, +)
    let mean = total > 0 ? sums.reduce(0, +) / total : 0
    return (0..<layout.horizon).map { step in
      let place = step % season
      return counts[place] > 0 ? sums[place] / counts[place] : mean
    }
  }
}

/// sign(x) · log(1 + |x|)
private func signedLog(_ x: Float) -> Float { x < 0 ? -Float.log(onePlus: -x) : .log(onePlus: x) }

extension Series {
  /// The mean absolute value of what was observed before a step, 0 if nothing was.
  fileprivate func meanSize(before end: Int) -> Float {
    var sum = 0.0
    var count = 0
    let known = max(0, min(end, steps.upperBound) - steps.lowerBound)
    for cell in values.indices.prefix(known) where observed[cell] {
      sum += abs(values[cell])
      count += 1
    }
    return count == 0 ? 0 : Float(sum / Double(count))
  }
}
