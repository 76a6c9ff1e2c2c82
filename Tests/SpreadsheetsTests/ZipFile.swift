import CZlibShim

/// Bytes of a ZIP archive whose files are stored or deflated.
enum ZipFile {
  static func bytes(_ files: KeyValuePairs<String, String>, isDeflated: Bool = true) -> [UInt8] {
    bytes(files.map { ($0.key, Array($0.value.utf8)) }, isDeflated: isDeflated)
  }

  static func bytes(_ files: [(path: String, contents: [UInt8])], isDeflated: Bool = true)
    -> [UInt8]
  {
    var (local, directory): ([UInt8], [UInt8]) = ([], [])
    for (path, contents) in files {
      let data = isDeflated ? deflated(contents) : contents
      let common =
        number(20, 2) + number(0, 2) + number(isDeflated ? 8 : 0, 2) + number(0, 4)
        + number(Int(crc32(0, contents, UInt32(contents.count))), 4) + number(data.count, 4)
        + number(contents.count, 4) + number(path.utf8.count, 2) + number(0, 2)
      directory +=
        number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 10) + number(local.count, 4)
        + path.utf8
      local += number(0x0403_4B50, 4) + common + path.utf8 + data
    }
    return local + directory + number(0x0605_4B50, 4) + number(0, 4) + number(files.count, 2)
      + number(files.count, 2) + number(directory.count, 4) + number(local.count, 4) + number(0, 2)
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 < 8 ? value >> (8 * $0) : 0) }
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    // Negative bits of the window select deflate without a header.
    precondition(
      deflateInit2_(
        &stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1000)
    let room = output.count
    let count = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
        (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(room))
        precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
        return room - Int(stream.avail_out)
      }
    }
    return Array(output[..<count])
  }
}
