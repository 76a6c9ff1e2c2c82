import Forecasting

extension Sequence<PartialDependence> {
  /// Returns the curves as CSV by RFC 4180, with a row for each column, setting, and series. The rows
  /// of the mean of all series have an empty id and come first.
  public func csv(idColumn: String = "unique_id") -> String {
    var text = "column,setting,\(csvField(idColumn)),mean_forecast\n"
    for dependence in self {
      let means = dependence.means
      for (place, setting) in dependence.settings.enumerated() {
        let start = "\(csvField(dependence.column)),\(csvField(setting.description)),"
        text += "\(start),\(means[place].plainDecimal)\n"
        for (index, id) in dependence.ids.enumerated() {
          let value = dependence.curves[index * dependence.settings.count + place]
          text += "\(start)\(csvField(id)),\(value.plainDecimal)\n"
        }
      }
    }
    return text
  }
}
