import Foundation
import NeuralNetwork

/// The memory that the process has taken from the system, in total or between two readings.
struct SystemMemory {
  /// The numbers of tensor buffers and bytes that the pool allocated from the system.
  private(set) var poolBufferCount, poolByteCount: Int
  /// The number of bytes of private memory that the kernel has mapped for the process, by `malloc`
  /// or otherwise; nil if the system does not report it.
  private(set) var mappedByteCount: Int?
  /// The number of pages that the kernel provided on first access.
  private(set) var pageFaultCount: Int

  static var now: SystemMemory {
    var usage = rusage()
    getrusage(ownProcess, &usage)
    return SystemMemory(
      poolBufferCount: TensorMemory.systemBufferCount, poolByteCount: TensorMemory.systemByteCount,
      mappedByteCount: mappedBytes, pageFaultCount: usage.ru_minflt + usage.ru_majflt)
  }

  /// RUSAGE_SELF, which Linux's headers declare with a type that getrusage does not accept.
  private static let ownProcess: Int32 = 0

  /// Returns the difference from an earlier reading.
  func since(_ before: SystemMemory) -> SystemMemory {
    var difference = self
    difference.poolBufferCount -= before.poolBufferCount
    difference.poolByteCount -= before.poolByteCount
    difference.pageFaultCount -= before.pageFaultCount
    difference.mappedByteCount = mappedByteCount.flatMap { now in
      before.mappedByteCount.map { now - $0 }
    }
    return difference
  }

  /// The data segment and private mappings, from the sixth number of Linux's /proc/self/statm, in
  /// pages.
  private static var mappedBytes: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let fields = text.split(separator: " ")
    return fields.count > 5 ? Int(fields[5]).map { $0 * sysconf(Int32(_SC_PAGESIZE)) } : nil
  }
}
