extension PriceElasticities {
  /// Returns the elasticities as CSV by RFC 4180, with a row for each series and the mean of all series
  /// first, whose id is empty.
  ///
  /// - Parameters:
  ///   - idColumn: The name of the column of ids.
  ///   - response: The elasticities of a model's forecasts of the same series.
  public func csv(idColumn: String = "unique_id", response: PriceResponse? = nil) -> String {
    if let response, response.ids != series.map(\.id) {
      fatalError("PriceElasticities.csv: expected a response of the same series")
    }
    var text =
      "\(csvField(idColumn)),price_changes,elasticity,standard_error,lower,upper,"
      + "pooled,pooled_lower,pooled_upper,model,remark\n"
    let total = response?.ofTotal.map(\.plainDecimal) ?? ""
    text += ",," + Self.fields(nil) + "," + Self.interval(mean) + ",\(total),\n"
    for (place, one) in series.enumerated() {
      var (own, remark) = (EffectEstimate?.none, "")
      switch one.own {
      case .success(let estimate): own = estimate
      case .failure(let reason): remark = reason.description
      }
      let model = response?.elasticities[place].map(\.plainDecimal) ?? ""
      text +=
        "\(csvField(one.id)),\(one.priceChanges),\(Self.fields(own)),\(Self.interval(one.pooled)),"
        + "\(model),\(csvField(remark))\n"
    }
    return text
  }

  /// Returns the estimate, its standard error, and its interval, or empty fields.
  private static func fields(_ estimate: EffectEstimate?) -> String {
    guard let estimate else { return ",,," }
    return [
      estimate.value, estimate.standardError, estimate.interval.lowerBound,
      estimate.interval.upperBound,
    ].map(\.plainDecimal).joined(separator: ",")
  }

  /// Returns the estimate and its interval, or empty fields.
  private static func interval(_ estimate: EffectEstimate?) -> String {
    guard let estimate else { return ",," }
    return [estimate.value, estimate.interval.lowerBound, estimate.interval.upperBound]
      .map(\.plainDecimal).joined(separator: ",")
  }
}
