/// An error that explains why a panel can't be forecast from.
public enum ForecastError: Error, Equatable {
  /// No series is as long as a window, which needs `needed` steps. The longest has `longest` steps.
  case noWindow(longest: Int, needed: Int)
  /// Holding out the horizon leaves no history.
  case historyTooShort(steps: Int, horizon: Int)
  /// A series has no observed value.
  case nothingObserved(id: String)
  /// A value is negative, but the head only forecasts values of at least 0.
  case negativeValue(id: String, date: CalendarDate, value: Double, head: String)
  /// The horizon is longer than the one that the model was trained for.
  case horizonTooLong(_ horizon: Int, trainedFor: Int)
  /// The panel has another frequency than the one that the model was trained on, and `seasonLength`
  /// is the model's season length.
  case otherFrequency(_ frequency: Frequency, trainedFor: Frequency, seasonLength: Int)
  /// The season length differs from the one that the model was trained with.
  case otherSeason(_ seasonLength: Int, trainedFor: Int)
  /// The panel's values have another meaning than those that the model was trained on.
  case otherTarget(_ target: String, trainedFor: String)
  /// The head of an autoregressive network isn't a distribution that paths can be drawn from.
  case notSampled(head: String)
  /// The model returned an infinity or NaN: it has diverged.
  case notFinite(id: String, date: CalendarDate)
  /// The model forecasts a value that is more than a thousand times the largest value of the
  /// series' history: it has diverged.
  case outOfRange(id: String, date: CalendarDate, value: Double, largest: Double)
  /// After training, the mean absolute error, in window scales, is far above that of an untrained
  /// network on the same windows: training has diverged.
  case diverged(error: Double, untrained: Double, learningRate: Double)
}

extension ForecastError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noWindow(let longest, let needed):
      "no series is long enough for a window: the longest has \(longest) steps, and a window needs "
        + "\(needed); shorten its history or its horizon"
    case .historyTooShort(let steps, let horizon):
      "the data span \(steps) steps, so nothing is left to forecast from when the last \(horizon) "
        + "are held out; shorten the horizon"
    case .nothingObserved(let id):
      "series \(id.debugDescription) has no observed value to forecast from; leave it out"
    case .negativeValue(let id, let date, let value, let head):
      "series \(id.debugDescription) has the value \(value.plainDecimal) on \(date), but \(head) forecasts only "
        + "values of at least 0; train with a head for values of any sign, such as PointHead, or "
        + "remove the negative values"
    case .horizonTooLong(let horizon, let trained):
      "the horizon is \(horizon) steps, but the model was trained for \(trained); use a horizon of at "
        + "most \(trained), or train a model for \(horizon)"
    case .otherFrequency(let found, let trained, let seasonLength):
      "the model was trained on steps of \(trained.withArticle), with a season of "
        + "\(seasonLength.counted(trained.unit)), but the data have steps of \(found.withArticle); use "
        + "or train a model for such steps"
    case .otherSeason(let asked, let trained):
      "the season length is \(asked) steps, but the model was trained with one of \(trained); leave "
        + "the season length out, or train a model with it"
    case .otherTarget(let found, let trained):
      "the model was trained to forecast \(trained), but the data are \(found); use or train a model "
        + "for \(found)"
    case .notSampled(let head):
      "no sample paths can be drawn from \(head); train the network with a distribution, such as "
        + "NegativeBinomialHead or GaussianHead"
    case .notFinite(let id, let date):
      "the forecast of series \(id.debugDescription) for \(date) is not a finite number: the model "
        + "has diverged; train it with a lower learning rate"
    case .outOfRange(let id, let date, let value, let largest):
      "the forecast of series \(id.debugDescription) for \(date) is \(value), but the values of its "
        + "history have magnitudes of at most \(largest): the model has diverged; train it with a lower "
        + "learning rate"
    case .diverged(let error, let untrained, let learningRate):
      "training has diverged: on the training windows, the mean absolute error is \(error) times "
        + "the scale, but was \(untrained) times before training; lower the learning rate, which is "
        + "\(learningRate)"
    }
  }
}
