import Foundation
import NeuralNetwork

/// What the process has taken from the system, or took between two looks.
struct SystemMemory {
  /// Buffers and bytes of tensors that the pool did not have and the system gave.
  private(set) var poolBufferCount, poolByteCount: Int
  /// Bytes of private memory that the kernel has mapped for the process, by `malloc` or anybody else;
  /// nil where the system does not say.
  private(set) var mappedByteCount: Int?
  /// Pages that the kernel had to provide when they were first touched.
  private(set) var pageFaultCount: Int

  static var now: SystemMemory {
    var usage = rusage()
    getrusage(ownProcess, &usage)
    return SystemMemory(
      poolBufferCount: TensorMemory.systemBufferCount, poolByteCount: TensorMemory.systemByteCount,
      mappedByteCount: mappedBytes, pageFaultCount: usage.ru_minflt + usage.ru_majflt)
  }

  /// RUSAGE_SELF, which Linux's headers declare with another type than getrusage takes.
  private static let ownProcess: Int32 = 0

  /// What was taken after an earlier look.
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

  /// The data segment and private mappings, the sixth number of Linux's /proc/self/statm, in pages.
  private static var mappedBytes: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let fields = text.split(separator: " ")
    return fields.count > 5 ? Int(fields[5]).map { $0 * sysconf(Int32(_SC_PAGESIZE)) } : nil
  }
}
