import Safetensors
import Synchronization
public import Tensor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A writer of an event file, which TensorBoard shows while it is written.
///
/// ```swift
/// let log = try EventFileWriter(directory: directory + "/runs/a")
/// for step in 0..<100 {
///   try log.addScalar("loss", exp(-0.1 * Double(step)), step: step)
/// }
/// try log.addHistogram("weights", Tensor<Float>([0.5, -0.25, 1]), step: 99)
/// try log.addText("notes", "A *first* run.")
/// ```
///
/// `tensorboard --logdir runs` shows each directory below `runs` as a run. A tag such as `loss/training`
/// is shown in the group `loss`.
///
/// A writer creates a new file and never changes another one, so several runs can share a directory.
/// Each call appends a whole record without a buffer. If the program ends at any time, the events so
/// far can be read. A writer can be used from several threads.
public final class EventFileWriter: Sendable {
  /// The path of the file.
  public let path: String
  private let descriptor: Int32
  /// The number of bytes in whole records.
  private let byteCount = Mutex(0)

  /// Creates a file in a directory, which is created if it does not exist.
  ///
  /// - Throws: An ``EventFileError`` if the file can't be created.
  public init(directory: String) throws(EventFileError) {
    try EventDirectory.make(directory)
    (path, descriptor) = try Self.openNew(in: directory)
    try append(.fileVersion, step: 0)
  }

  deinit { close(descriptor) }

  /// Adds a number, which TensorBoard shows as a point of a curve.
  ///
  /// The file keeps it in single precision. It may be infinite or NaN.
  ///
  /// - Throws: An ``EventFileError`` if the file can't be written.
  public func addScalar(_ tag: String, _ value: Double, step: Int) throws(EventFileError) {
    try append(.summary([.scalar(tag: tag, Float(value))]), step: step)
  }

  /// Adds several numbers of one step, by tag.
  ///
  /// - Throws: An ``EventFileError`` if the file can't be written.
  public func addScalars(
    _ values: KeyValuePairs<String, Double>, step: Int
  ) throws(EventFileError) {
    try append(
      .summary(values.map { .scalar(tag: $0.key, Float($0.value)) }), step: step)
  }

  /// Adds the distribution of a tensor's elements.
  ///
  /// Elements that are infinite or NaN are not in the histogram. If there are any, their number is added
  /// as the scalar `TAG/non_finite`. See ``EventHistogram`` for the buckets.
  ///
  /// - Throws: An ``EventFileError`` if the file can't be written.
  public func addHistogram<Scalar: TensorScalar>(
    _ tag: String, _ values: Tensor<Scalar>, step: Int
  ) throws(EventFileError) {
    try addHistogram(tag, EventHistogram(values), step: step)
  }

  /// Adds a histogram that was made before, with the number of elements that are not finite.
  ///
  /// - Throws: An ``EventFileError`` if the file can't be written.
  public func addHistogram(
    _ tag: String, _ histogram: EventHistogram, step: Int
  ) throws(EventFileError) {
    var values = [SummaryValue.histogram(tag: tag, histogram)]
    if histogram.nonFiniteCount > 0 {
      values.append(.scalar(tag: tag + "/non_finite", Float(histogram.nonFiniteCount)))
    }
    try append(.summary(values), step: step)
  }

  /// Adds a text, which TensorBoard shows as Markdown.
  ///
  /// - Throws: An ``EventFileError`` if the file can't be written.
  public func addText(_ tag: String, _ text: String, step: Int = 0) throws(EventFileError) {
    try append(.summary([.text(tag: tag, text)]), step: step)
  }

  private func append(_ content: Event.Content, step: Int) throws(EventFileError) {
    let event = Event(time: Self.secondsSince1970, step: step, content: content)
    let record = EventRecord.framed(event.message.bytes)
    try byteCount.withLock { (count: inout Int) throws(EventFileError) in
      do throws(EventFileError) {
        try write(record)
        count += record.count
      } catch {
        // Readers stop at a record that is not whole. What follows it would be lost.
        ftruncate(descriptor, off_t(count))
        throw error
      }
    }
  }

  private func write(_ bytes: [UInt8]) throws(EventFileError) {
    let failure = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
    guard failure == 0 else {
      throw .notWritable(path: path, reason: String(cString: strerror(failure)))
    }
  }

  /// Creates a file with a name that contains `tfevents` and sorts by time, as TensorBoard expects:
  /// `events.out.tfevents.1700000000.host.4711.0`.
  private static func openNew(
    in directory: String
  ) throws(EventFileError) -> (path: String, descriptor: Int32) {
    let prefix = "\(directory)/events.out.tfevents.\(Int(secondsSince1970)).\(hostName).\(getpid())"
    var attempt = 0
    while true {
      let path = "\(prefix).\(attempt)"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_APPEND, 0o666)
      if descriptor >= 0 { return (path, descriptor) }
      guard errno == EEXIST else {
        throw .notWritable(path: path, reason: String(cString: strerror(errno)))
      }
      attempt += 1
    }
  }

  private static var secondsSince1970: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static var hostName: String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      // The last element stays 0 if the name was cut off.
      buffer.initialize(repeating: 0)
      guard gethostname(buffer.baseAddress!, 255) == 0, buffer[0] != 0 else { return "localhost" }
      return String(cString: buffer.baseAddress!)
    }
  }
}
