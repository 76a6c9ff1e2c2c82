import NeuralNetwork

/// The places of an input among the channels and the categories of a network.
///
/// Channels are those of ``ForecastInputs``: the numeric ones, followed by the vectors of the
/// categories, and by those of their interactions. An input at past and future steps has as many
/// channels at both, in the same order.
package struct InputChannels: Sendable, Equatable {
  /// The channels of a past step, of a future step, and of a series.
  package var history: [Int] = []
  package var future: [Int] = []
  package var statics: [Int] = []
  /// The columns of categories at past steps, at future steps, and of series.
  package var historyCategories: [Int] = []
  package var futureCategories: [Int] = []
  package var staticCategories: [Int] = []
}

extension InputEncoding {
  /// Returns the places of columns.
  package func channels(of columns: Set<String>) -> InputChannels {
    let interacting = interactionFields.categories
    func places(_ part: Columns, from first: Int) -> (channels: [Int], categories: [Int]) {
      part.places(of: columns, from: first, interacting, interactionSize)
    }
    let past = places(history, from: firstHistoryChannel)
    let ahead = places(future, from: firstFutureChannel)
    let ofSeries = places(statics, from: 0)
    return InputChannels(
      history: past.channels, future: ahead.channels, statics: ofSeries.channels,
      historyCategories: past.categories, futureCategories: ahead.categories,
      staticCategories: ofSeries.categories)
  }

  /// The places of the past sales: the target, its mask, and what is computed from them in each
  /// window.
  package var pastSalesChannels: InputChannels {
    InputChannels(
      history: Array(0..<firstHistoryChannel), future: profileChannels + shareChannels)
  }

  /// The channels of a past step that contain the target of some steps earlier, with their lags.
  package var lagChannels: [(channel: Int, lag: Int)] {
    window.filter(\.isOfHistory).enumerated().map { (2 + $0.offset, $0.element.seasonLength!) }
  }

  /// The channels of a future step that contain a seasonal profile.
  package var profileChannels: [Int] {
    futureFeatures.filter { $0.element.seasonLength != nil }.map(\.offset)
  }

  /// The channels of a future step that describe the size of the past sales and their zeros.
  private var shareChannels: [Int] {
    futureFeatures.filter { $0.element == .zeroShare || $0.element == .logScale }.map(\.offset)
  }

  private var futureFeatures: [(offset: Int, element: WindowFeature)] {
    Array(window.filter { !$0.isOfHistory }.enumerated())
  }

  private var firstHistoryChannel: Int { 2 + window.count(where: \.isOfHistory) }
  private var firstFutureChannel: Int { futureFeatures.count }
}

extension InputEncoding.Columns {
  /// Returns the channels and the categories of columns.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns.
  ///   - first: The channel of the first column of the part.
  ///   - interacting: The categories that have further vectors for interactions.
  ///   - size: The length of these vectors.
  fileprivate func places(
    of columns: Set<String>, from first: Int, _ interacting: [InputEncoding.Category], _ size: Int
  ) -> (channels: [Int], categories: [Int]) {
    var channels: [Int] = []
    var next = first
    for number in numbers {
      if columns.contains(number.column) { channels += next..<next + number.channelCount }
      next += number.channelCount
    }
    var places: [Int] = []
    for (place, category) in categories.enumerated() {
      if columns.contains(category.column) {
        channels += next..<next + category.vectorLength
        places.append(place)
      }
      next += category.vectorLength
    }
    for category in categories where interacting.contains(where: { $0.column == category.column }) {
      if columns.contains(category.column) { channels += next..<next + size }
      next += size
    }
    return (channels, places)
  }
}
