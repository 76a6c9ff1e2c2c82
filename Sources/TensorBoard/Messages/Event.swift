/// A TensorBoard event: what one record of an event file contains.
///
/// The numbers of the fields are those of TensorFlow's `event.proto` and `summary.proto`.
struct Event {
  /// The content of an event.
  enum Content {
    /// The version of the file, which its first record states.
    case fileVersion
    /// Named values.
    case summary([SummaryValue])
  }

  /// The time, in seconds since 1970.
  let time: Double
  /// The training step.
  let step: Int
  let content: Content

  /// The encoded event.
  var message: ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, time)
    if step != 0 { message.add(2, step) }
    switch content {
    case .fileVersion: message.add(3, "brain.Event:2")
    case .summary(let values):
      var summary = ProtobufMessage()
      for value in values { summary.add(1, value.message) }
      message.add(5, summary)
    }
    return message
  }
}

/// A value with its tag, which names it in TensorBoard.
enum SummaryValue {
  case scalar(tag: String, Float)
  case histogram(tag: String, EventHistogram)
  /// A text in Markdown.
  case text(tag: String, String)

  /// The encoded `Summary.Value`.
  var message: ProtobufMessage {
    var message = ProtobufMessage()
    switch self {
    case .scalar(let tag, let value):
      message.add(1, tag)
      message.add(2, value)
    case .histogram(let tag, let histogram):
      message.add(1, tag)
      message.add(5, Self.message(histogram))
    case .text(let tag, let text):
      message.add(1, tag)
      message.add(8, Self.tensor(text))
      message.add(9, Self.metadata(plugin: "text"))
    }
    return message
  }

  /// Returns a `HistogramProto`.
  private static func message(_ histogram: EventHistogram) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, histogram.minimum)
    message.add(2, histogram.maximum)
    message.add(3, Double(histogram.count))
    message.add(4, histogram.sum)
    message.add(5, histogram.sumOfSquares)
    message.add(6, packed: histogram.limits)
    message.add(7, packed: histogram.counts.map(Double.init))
    return message
  }

  /// Returns a `TensorProto` of shape [1] that contains a text.
  private static func tensor(_ text: String) -> ProtobufMessage {
    var extent = ProtobufMessage()
    extent.add(1, 1)
    var shape = ProtobufMessage()
    shape.add(2, extent)
    var tensor = ProtobufMessage()
    tensor.add(1, 7)  // DT_STRING
    tensor.add(2, shape)
    tensor.add(8, text)
    return tensor
  }

  /// Returns the `SummaryMetadata` of a tensor that a plugin shows.
  private static func metadata(plugin name: String) -> ProtobufMessage {
    var plugin = ProtobufMessage()
    plugin.add(1, name)
    var metadata = ProtobufMessage()
    metadata.add(1, plugin)
    metadata.add(4, 2)  // DATA_CLASS_TENSOR
    return metadata
  }
}
