#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes all bytes to a file, and continues after interruptions by signals.
///
/// - Returns: 0, or the number of the system's error.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
  var done = 0
  while done < bytes.count {
    // A single call writes at most 2 GiB.
    let rest = min(bytes.count - done, 1 << 30)
    let count = write(descriptor, bytes.baseAddress! + done, rest)
    if count > 0 {
      done += count
    } else if count == 0 {
      return EIO
    } else if errno != EINTR {
      return errno
    }
  }
  return 0
}
