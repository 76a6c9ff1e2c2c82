import CZlibShim

/// The bytes that a gzip file holds, decompressed piece by piece as they are read.
///
/// A file of several members, as `cat a.gz b.gz` makes one, gives the bytes of all of them, one after
/// another (RFC 1952); zeros that pad the end are skipped, as `gzip` does. The checksum and the length
/// of every member are checked. Memory is constant, however far a few bytes expand.
public final class GzipByteSource: ByteSource {
  /// What errors call the source: the name of the compressed one.
  public var name: String { compressed.name }

  private let compressed: any ByteSource
  /// On the heap, since zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// Whether the bytes so far end where a member ends.
  private var isBetweenMembers = false
  /// Whether a member has ended.
  private var hasMember = false

  /// The decompressed bytes of `compressed`.
  public init(_ compressed: any ByteSource) {
    self.compressed = compressed
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 bits of window, the largest; 16 more asks for the gzip wrapping.
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

  /// Reads on where all input is used up, and begins a new member after one that ended; false at the
  /// end.
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
    // Nothing has come out of what should be a further member.
    if hasMember, stream.pointee.total_out == 0 { return "other bytes follow its end" }
    return stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
  }
}
