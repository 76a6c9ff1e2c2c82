import CZlibShim

/// A source of the contents of a gzip file, decompressed in chunks as they are read.
///
/// If a file has several members, like the output of `cat a.gz b.gz`, the source provides the
/// contents of all of them in order (RFC 1952). Like `gzip`, it skips zero padding at the end. It
/// checks the checksum and length of every member. Memory use is constant, even for extreme
/// compression ratios.
public final class GzipByteSource: ByteSource {
  /// The name of the source in errors, which is that of the compressed source.
  public var name: String { compressed.name }

  private let compressed: any ByteSource
  /// Heap-allocated, because zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// A Boolean value that indicates whether the bytes so far end with a complete member.
  private var isBetweenMembers = false
  /// A Boolean value that indicates whether at least one member has ended.
  private var hasMember = false

  /// Creates a source that decompresses the bytes of `compressed`.
  public init(_ compressed: any ByteSource) {
    self.compressed = compressed
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // A window of 15 bits is the largest. Adding 16 selects the gzip format.
    let status = inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      fatalError("GzipByteSource: expected zlib \(ZLIB_VERSION) to start, got status \(status)")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    stream.pointee.next_out = buffer.baseAddress!.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(clamping: buffer.count)
    let room = stream.pointee.avail_out
    while stream.pointee.avail_out == room {
      guard try hasInput() else { return 0 }
      let status = inflate(stream, Z_NO_FLUSH)
      switch status {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: (isBetweenMembers, hasMember) = (true, true)
      default: throw TableError(file: name, fault: .corruptGzip(reason: reason(status)))
      }
    }
    return Int(room - stream.pointee.avail_out)
  }

  /// Reads more input if all of it is used up, and starts a new member after one has ended. Returns
  /// `false` at the end.
  private func hasInput() throws(TableError) -> Bool {
    while true {
      if stream.pointee.avail_in == 0 {
        let count = try compressed.read(into: input)
        stream.pointee.next_in = input.baseAddress!.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
        guard count > 0 else {
          guard isBetweenMembers else { throw TableError(file: name, fault: .truncatedGzip) }
          return false
        }
      }
      guard isBetweenMembers else { return true }
      if stream.pointee.next_in.pointee == 0 {
        stream.pointee.next_in += 1
        stream.pointee.avail_in -= 1
      } else {
        inflateReset(stream)
        isBetweenMembers = false
      }
    }
  }

  private func reason(_ status: Int32) -> String {
    // No output was produced from what should be another member.
    if hasMember, stream.pointee.total_out == 0 { return "other bytes follow its end" }
    return stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
  }
}
