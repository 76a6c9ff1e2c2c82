/// A head that suits the values of a panel, and the reason for the choice.
///
/// | values | mean alone | with quantiles |
/// |---|---|---|
/// | some are negative | ``PointHead`` with the squared error | ``QuantileHead`` |
/// | whole numbers, a tenth or more are 0 | ``TweedieHead`` | ``NegativeBinomialHead`` |
/// | other numbers, a tenth or more are 0 | ``TweedieHead`` | ``TweedieHead`` |
/// | fewer zeros | ``PointHead`` with the squared error | ``QuantileHead`` |
///
/// All of these heads forecast the mean, so that sums over series and steps are correct.
///
/// A network that draws sample paths needs a distribution:
///
/// | values | head |
/// |---|---|
/// | whole numbers from 0 to 10,000 | ``NegativeBinomialHead`` |
/// | others of at least 0, a tenth or more are 0 | ``TweedieHead`` with a learned dispersion |
/// | others | ``GaussianHead`` |
public struct HeadChoice: Sendable {
  /// The head.
  public let head: any ForecastHead
  /// The reason, a sentence without its period.
  public let reason: String

  /// Chooses a head for the observed values of a panel.
  ///
  /// - Parameters:
  ///   - panel: The training part.
  ///   - levels: The levels of the quantiles to forecast, in ascending order, or empty for the mean
  ///     alone.
  ///   - drawsPaths: A Boolean value that indicates whether the network draws sample paths from the
  ///     head's distribution.
  public init(for panel: Panel, levels: [Double] = [], drawsPaths: Bool = false) {
    let values = ValueCounts(panel)
    let findings = values.findings
    if drawsPaths {
      let (head, distributions) = values.distributions(levels)
      self.head = head
      reason = findings + ", so paths are drawn from " + distributions
      return
    }
    guard values.areSparse else {
      if levels.isEmpty {
        head = PointHead(.squared)
        reason = findings + ", so the mean is trained on the squared error"
      } else {
        head = QuantileHead(levels: levels)
        reason =
          findings
          + ", so the mean is trained on the squared error, and quantiles on the pinball loss"
      }
      return
    }
    if levels.isEmpty || !values.areWhole {
      head = TweedieHead(levels: levels)
      reason =
        findings
        + ", so the mean is trained on the Tweedie loss, which covers zeros and positive values"
    } else {
      head = NegativeBinomialHead(levels: levels)
      reason = findings + ", so forecasts are negative binomial distributions of counts"
    }
  }
}

/// The numbers of observed values of each kind.
private struct ValueCounts {
  private(set) var count = 0
  private(set) var zeroCount = 0
  private(set) var negativeCount = 0
  private(set) var areWhole = true
  private(set) var largest = 0.0

  init(_ panel: Panel) {
    for series in panel.eachSeries {
      let observed = series.observed
      for (place, value) in zip(series.values.indices, series.values) where observed[place] {
        count += 1
        zeroCount += value == 0 ? 1 : 0
        negativeCount += value < 0 ? 1 : 0
        areWhole = areWhole && value == value.rounded()
        largest = max(largest, value)
      }
    }
  }

  /// A Boolean value that indicates whether at least a tenth of the values are 0, and none is
  /// negative.
  var areSparse: Bool { count > 0 && negativeCount == 0 && zeroCount * 10 >= count }

  /// A Boolean value that indicates whether all values are whole numbers from 0 to 10,000.
  var areCounts: Bool { count > 0 && negativeCount == 0 && areWhole && largest <= 10_000 }

  /// Returns the head of a network that draws sample paths, and the name of its distributions.
  func distributions(_ levels: [Double]) -> (head: any DistributionHead, name: String) {
    if areCounts {
      return (NegativeBinomialHead(levels: levels), "negative binomial distributions of counts")
    }
    if areSparse {
      return (
        TweedieHead(levels: levels, dispersion: .learned),
        "Tweedie distributions, which cover zeros and positive values"
      )
    }
    return (GaussianHead(levels: levels), "normal distributions")
  }

  /// The facts that the choice depends on, as the start of a sentence.
  var findings: String {
    if count == 0 { return "no value is observed" }
    if negativeCount > 0 {
      return
        "\(negativeCount) of \(count.counted("value")) \(negativeCount == 1 ? "is" : "are") negative"
    }
    let share = Int((100 * Double(zeroCount) / Double(count)).rounded(.down))
    return "\(share) % of the \(areWhole ? "whole " : "")values are 0 and none is negative"
  }
}

extension ForecastHead {
  /// Checks that the head can be trained on the signs of a panel's observed values.
  func checkSigns(of panel: Panel) throws(ForecastError) {
    guard isForNonnegativeValues else { return }
    for series in panel.eachSeries {
      let observed = series.observed
      for (place, value) in zip(series.values.indices, series.values)
      where value < 0 && observed[place] {
        let step = series.steps.lowerBound + place - series.values.startIndex
        throw .negativeValue(
          id: series.id, date: panel.calendar.date(at: step), value: value,
          head: "\(type(of: self))")
      }
    }
  }
}
