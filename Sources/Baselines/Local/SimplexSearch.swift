/// A search for the minimum of a function within bounds, by the method of Nelder and Mead.
///
/// The search requests the value at one point at a time, so that the values of many searches can be
/// computed together:
///
///     while !search.isFinished { search.tell(value(at: search.point)) }
///
/// Coefficients depend on the dimension n: expansion 1 + 2 / n, contraction 3 / 4 − 1 / (2 n),
/// shrinkage 1 − 1 / n. The search ends when the standard deviation of the values of the simplex is
/// below 1e-4, or after 1,000 steps, as in statsforecast, whose results it reproduces.
///
/// Sources: Nelder & Mead 1965, A simplex method for function minimization; Gao & Han 2012, Implementing the
/// Nelder-Mead simplex algorithm with adaptive parameters.
struct SimplexSearch {
  private enum Stage {
    case vertex(Int)
    case reflection
    case expansion
    case outsideContraction
    case insideContraction
    case shrinkage(Int)
    case finished
  }

  private static let tolerance = 1e-4
  private static let stepLimit = 1000

  /// The point whose value is requested, n numbers.
  private(set) var point: [Double] = []
  private var dimension = 0
  private var lower: [Double] = []
  private var upper: [Double] = []
  /// The n + 1 vertices, row-major `[n + 1, n]`.
  private var simplex: [Double] = []
  private var values: [Double] = []
  private var centroid: [Double] = []
  private var reflected: [Double] = []
  private var reflectedValue = 0.0
  private var steps = 0
  private var best = 0
  private var worst = 0
  private var secondWorst = 0
  private var stage = Stage.finished

  /// A Boolean value that indicates whether the search has ended.
  var isFinished: Bool { if case .finished = stage { true } else { false } }

  /// The point with the smallest value found.
  var minimum: ArraySlice<Double> { simplex[best * dimension..<(best + 1) * dimension] }
  /// The smallest value found.
  var minimumValue: Double { values[best] }

  /// Starts a search at a point, reusing the buffers of the previous search. Bounds may be
  /// infinite.
  mutating func start(at first: [Double], lower: [Double], upper: [Double]) {
    dimension = first.count
    self.lower = lower
    self.upper = upper
    let clamped = first.indices.map { min(max(first[$0], lower[$0]), upper[$0]) }
    simplex.removeAll(keepingCapacity: true)
    for vertex in 0...dimension {
      simplex.append(contentsOf: clamped)
      guard vertex < dimension else { continue }
      let moved = clamped[vertex] == 0 ? 1e-4 : clamped[vertex] * 1.05
      simplex[vertex * dimension + vertex] = min(max(moved, lower[vertex]), upper[vertex])
    }
    values = [Double](repeating: 0, count: dimension + 1)
    centroid = clamped
    reflected = clamped
    point = Array(simplex[0..<dimension])
    steps = 0
    best = 0
    stage = .vertex(0)
  }

  /// Continues the search with the value at ``point``.
  mutating func tell(_ value: Double) {
    switch stage {
    case .vertex(let vertex):
      values[vertex] = value
      if vertex < dimension {
        ask(vertex: vertex + 1)
        stage = .vertex(vertex + 1)
      } else {
        reflect()
      }
    case .reflection: chooseAfterReflection(value)
    case .expansion:
      if value < reflectedValue { accept(value) } else { acceptReflection() }
    case .outsideContraction:
      if value <= reflectedValue { accept(value) } else { shrink(from: 0) }
    case .insideContraction:
      if value < values[worst] { accept(value) } else { shrink(from: 0) }
    case .shrinkage(let vertex):
      values[vertex] = value
      shrink(from: vertex + 1)
    case .finished: break
    }
  }

  private mutating func chooseAfterReflection(_ value: Double) {
    reflectedValue = value
    swap(&reflected, &point)
    if values[best] <= value, value < values[secondWorst] {
      acceptReflection()
    } else if value < values[best] {
      ask(1 + 2 / Double(dimension), times: reflected)
      stage = .expansion
    } else if values[secondWorst] <= value, value < values[worst] {
      ask(0.75 - 0.5 / Double(dimension), times: reflected)
      stage = .outsideContraction
    } else {
      ask(0.5 / Double(dimension) - 0.75, times: reflected)
      stage = .insideContraction
    }
  }

  private mutating func acceptReflection() {
    swap(&reflected, &point)
    accept(reflectedValue)
  }

  /// Replaces the worst vertex by the point.
  private mutating func accept(_ value: Double) {
    for place in 0..<dimension { simplex[worst * dimension + place] = point[place] }
    values[worst] = value
    finishStep()
  }

  private mutating func finishStep() {
    steps += 1
    if steps == Self.stepLimit { stage = .finished } else { reflect() }
  }

  /// Computes the centroid of all vertices except the worst, and requests the value at the
  /// reflection of that one, or ends the search if the values hardly differ.
  private mutating func reflect() {
    rank()
    if spread < Self.tolerance {
      stage = .finished
      return
    }
    let dimension = dimension
    let worst = worst
    simplex.withUnsafeBufferPointer { simplex in
      centroid.withUnsafeMutableBufferPointer { centroid in
        for place in 0..<dimension { centroid[place] = simplex[place] }
        for vertex in 1...dimension {
          let row = vertex * dimension
          for place in 0..<dimension { centroid[place] += simplex[row + place] }
        }
        for place in 0..<dimension {
          centroid[place] =
            (centroid[place] - simplex[worst * dimension + place])
            / Double(dimension)
        }
      }
    }
    for place in 0..<dimension {
      let distance = centroid[place] - simplex[worst * dimension + place]
      point[place] = clamped(centroid[place] + distance, place)
    }
    stage = .reflection
  }

  /// Requests the value at the point that is `factor` times the way from the centroid to another
  /// point.
  private mutating func ask(_ factor: Double, times other: [Double]) {
    for place in 0..<dimension {
      let distance = other[place] - centroid[place]
      point[place] = clamped(centroid[place] + factor * distance, place)
    }
  }

  private mutating func ask(vertex: Int) {
    for place in 0..<dimension { point[place] = simplex[vertex * dimension + place] }
  }

  /// Moves the vertices from the given one on toward the best, one at a time, and requests their
  /// values.
  private mutating func shrink(from first: Int) {
    let vertex = first == best ? first + 1 : first
    guard vertex <= dimension else { return finishStep() }
    let factor = 1 - 1 / Double(dimension)
    for place in 0..<dimension {
      let center = simplex[best * dimension + place]
      let moved = center + factor * (simplex[vertex * dimension + place] - center)
      simplex[vertex * dimension + place] = clamped(moved, place)
    }
    ask(vertex: vertex)
    stage = .shrinkage(vertex)
  }

  /// Finds the best, the worst, and the second worst vertex. Among equal vertices, the first is
  /// better.
  private mutating func rank() {
    var (best, worst, second) = (0, 0, -1)
    for vertex in 1...dimension {
      if values[vertex] < values[best] { best = vertex }
      if values[vertex] >= values[worst] {
        (worst, second) = (vertex, worst)
      } else if second < 0 || values[vertex] >= values[second] {
        second = vertex
      }
    }
    (self.best, self.worst, secondWorst) = (best, worst, second)
  }

  private var spread: Double {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }

  private func clamped(_ value: Double, _ place: Int) -> Double {
    min(max(value, lower[place]), upper[place])
  }
}
