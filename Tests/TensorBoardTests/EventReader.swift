import Foundation
import TestSupport
import Testing

/// What TensorBoard's own reader finds in a directory.
struct ReadEvents: Decodable {
  struct Scalar: Decodable, Equatable {
    let step: Int
    let value: Double
  }

  struct Histogram: Decodable {
    let step: Int
    let min, max, num, sum, sum_squares: Double
    let limits, counts: [Double]
  }

  let scalars: [String: [Scalar]]
  let histograms: [String: [Histogram]]
  let texts: [String: String]
  /// The tags and the plugins after TensorBoard has converted the events to its present form.
  let plugins: [String: String]

  init(_ directory: String) throws {
    // A pipe would not hold all of it.
    let output = try TemporaryDirectory()
    try Python.run(["-c", Self.script, directory, output.path("events.json")])
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    self = try decoder.decode(
      ReadEvents.self, from: Data(contentsOf: URL(filePath: output.path("events.json"))))
  }

  private static let script = """
    import glob, json, math, sys
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
    everything = {"scalars": 0, "histograms": 0, "tensors": 0}
    events = EventAccumulator(sys.argv[1], size_guidance=everything)
    events.Reload()
    tags = events.Tags()
    def number(x): return x if math.isfinite(x) else str(x)
    plugins = {}
    for path in sorted(glob.glob(sys.argv[1] + "/events*")):
        for event in EventFileLoader(path).Load():
            for value in event.summary.value:
                if value.HasField("metadata"):
                    plugins[value.tag] = value.metadata.plugin_data.plugin_name
    json.dump({
        "scalars": {tag: [{"step": e.step, "value": number(e.value)} for e in events.Scalars(tag)]
                    for tag in tags["scalars"]},
        "histograms": {tag: [{"step": e.step, "min": h.min, "max": h.max, "num": h.num,
                              "sum": h.sum, "sum_squares": h.sum_squares,
                              "limits": list(h.bucket_limit), "counts": list(h.bucket)}
                             for e in events.Histograms(tag) for h in [e.histogram_value]]
                       for tag in tags["histograms"]},
        "texts": {tag: events.Tensors(tag)[0].tensor_proto.string_val[0].decode()
                  for tag in tags["tensors"]},
        "plugins": plugins}, open(sys.argv[2], "w"))
    """
}

let hasTensorBoard = Python.has("tensorboard")

let needsTensorBoard: Comment =
  """
  needs a Python with Tests/requirements.txt, as python3 on the PATH or named by FORESIGHT_PYTHON
  """
