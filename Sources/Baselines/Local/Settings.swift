/// Returns the season length of a local model. Stops the program if it is less than 1.
func checkedSeason(_ seasonLength: Int?, of type: String) -> Int? {
  if let seasonLength, seasonLength < 1 {
    fatalError("\(type): expected a seasonLength of at least 1, got \(seasonLength)")
  }
  return seasonLength
}

/// Returns the window length of a moving average. Stops the program if it is less than 1.
func checkedWindow(_ windowLength: Int, of type: String) -> Int {
  guard windowLength >= 1 else {
    fatalError("\(type): expected a windowLength of at least 1, got \(windowLength)")
  }
  return windowLength
}
