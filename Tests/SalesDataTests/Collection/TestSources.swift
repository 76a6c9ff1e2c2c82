import CZlibShim
import Foundation
import SalesData
import SalesTestSupport

/// Two weeks of order lines among the package's examples.
let linesPath = packagePath + "/Examples/data/online-retail-lines.csv.gz"

/// The path of a file of development data beside the package, or nil where it is not there, or where a
/// build without optimisation would take minutes to read it.
func sharedData(_ name: String) -> String? {
  #if DEBUG
    return nil
  #else
    let path = packagePath + "/../shared/data/" + name
    return FileManager.default.isReadableFile(atPath: path) ? path : nil
  #endif
}

/// Gives its bytes a few at a time, as a slow connection does.
final class PiecewiseByteSource: ByteSource {
  let name = "sales.csv"
  private var rest: ArraySlice<UInt8>
  private let size: Int

  init(_ bytes: [UInt8], size: Int) {
    rest = bytes[...]
    self.size = size
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = rest.prefix(min(size, buffer.count))
    buffer.copyBytes(from: piece)
    rest = rest.dropFirst(piece.count)
    return piece.count
  }
}

/// Gives a text, and then another again and again, without holding what it gives.
final class RepeatingByteSource: ByteSource {
  let name = "sales.csv"
  private(set) var bytesRead = 0
  private let start: [UInt8]
  private let piece: [UInt8]
  private let count: Int

  init(_ start: String, _ piece: String, count: Int) {
    self.start = Array(start.utf8)
    self.piece = Array(piece.utf8)
    self.count = count
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let size = min(buffer.count, count - bytesRead)
    for place in 0..<size {
      let offset = bytesRead + place
      buffer[place] =
        offset < start.count ? start[offset] : piece[(offset - start.count) % piece.count]
    }
    bytesRead += size
    return size
  }
}

/// Bytes compressed into one member of a gzip file.
func gzipped(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  let size = Int32(MemoryLayout<z_stream>.size)
  guard
    deflateInit2_(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
      == Z_OK
  else { fatalError("zlib does not start") }
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
  input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { fatalError("deflate does not end") }
    }
  }
  return Array(output.prefix(Int(stream.total_out)))
}

/// The records of a text, each with its line.
func records(
  _ bytes: [UInt8], _ format: DelimitedFormat = DelimitedFormat()
) throws(TableError) -> (columns: [String], rows: [[String]], lines: [Int]) {
  let source = try DelimitedRecordSource(MemoryByteSource(bytes, name: "t.csv"), format: format)
  var record = Record()
  var rows: [[String]] = []
  var lines: [Int] = []
  while try source.next(&record) {
    rows.append((0..<record.fieldCount).map { String(decoding: record[$0], as: UTF8.self) })
    lines.append(record.line)
  }
  return (source.columns, rows, lines)
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers in every run.
struct SplitMix {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
