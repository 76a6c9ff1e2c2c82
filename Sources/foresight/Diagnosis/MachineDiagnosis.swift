import Foundation
import SIMDKernels
import Tensor

/// The processor, the threads, and the memory that computations use.
enum MachineDiagnosis {
  /// - Parameter threads: The value of `--threads`, or nil if it was not given.
  static func findings(threads: Int?) -> [Finding] {
    [processor, kernels, self.threads(threads), memory]
  }

  private static var processor: Finding {
    let limit = ControlGroup.current.processorLimit
    let count = Processors.available
    let limited = limit.map { ", limited to the time of \($0.short) by the control group" } ?? ""
    return Finding(
      "processor", "\(Processors.name), \(count) available of \(Processors.online) online\(limited)"
    )
  }

  private static var kernels: Finding {
    let name = "kernels"
    let level = String(cString: fs_instruction_set())
    guard fs_is_optimized() != 0 else {
      return Finding(
        name, "\(level), built without optimization", .warning, fix: "swift build -c release")
    }
    let meaning = ["x86-64-v3": " (AVX2)", "x86-64-v4": " (AVX-512)"][level] ?? ""
    #if arch(x86_64)
      if level == "baseline" {
        return Finding(
          name, "\(level): the processor has no AVX2, so that training is slower", .warning,
          fix: "use a processor of x86-64-v3 or later")
      }
    #endif
    return Finding(name, level + meaning)
  }

  /// - Parameter option: The value of `--threads`, or nil if it was not given.
  private static func threads(_ option: Int?) -> Finding {
    let name = "threads"
    let count = Parallelism.threadCount
    let text = option == nil ? Environment["FORESIGHT_THREADS"] : nil
    if let text, Int(text).map({ $0 < 1 }) ?? true {
      return Finding(
        name, "\(count), since FORESIGHT_THREADS is \(text.debugDescription), which is no number",
        .warning, fix: "unset FORESIGHT_THREADS, or set it to a number of threads")
    }
    let source =
      option != nil
      ? "from --threads"
      : text != nil ? "from FORESIGHT_THREADS" : "one for each processor online"
    let value = "\(count), \(source); OpenBLAS uses one thread in each\(ignored)"
    let quota = ControlGroup.current.processorLimit ?? .infinity
    let limit = Int(min(Double(Processors.available), quota.rounded(.up)))
    guard count > limit else { return Finding(name, value) }
    return Finding(
      name, "\(value); more than can run at once (\(limit))", .warning,
      fix: "--threads \(limit) or FORESIGHT_THREADS=\(limit)")
  }

  /// The variables that are set but have no effect.
  private static var ignored: String {
    let set = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "GOTO_NUM_THREADS"]
      .filter { Environment[$0] != nil }
    return set.isEmpty ? "" : ", and ignores \(set.joined(separator: ", "))"
  }

  private static var memory: Finding {
    let bytes = ProcessInfo.processInfo.physicalMemory
    let available = Memory.availableBytes.map { ", \($0.gigabytes) available" } ?? ""
    let limit = ControlGroup.current.memoryLimit.flatMap { $0 < bytes ? $0 : nil }
    let limited = limit.map { ", limited to \($0.gigabytes) by the control group" } ?? ""
    return Finding("memory", bytes.gigabytes + available + limited)
  }
}

/// The processors of the machine.
enum Processors {
  /// The name of the processor, as the system reports it.
  static var name: String {
    SystemFile.value("model name", in: "/proc/cpuinfo") ?? "unknown processor"
  }

  static var online: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }

  /// The number of processors on which the process may run.
  static var available: Int {
    // The mask of the processors, in hexadecimal digits.
    guard let mask = SystemFile.value("Cpus_allowed", in: "/proc/self/status") else {
      return online
    }
    // It may have bits of processors that could be added.
    return min(mask.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }, online)
  }
}

enum Memory {
  /// The memory that a new program could use, or nil if the system does not tell.
  static var availableBytes: UInt64? {
    let text = SystemFile.value("MemAvailable", in: "/proc/meminfo")  // such as 123 kB
    return text?.split(separator: " ").first.flatMap { UInt64($0) }.map { $0 * 1024 }
  }
}

/// Files of `/proc` with lines of a name, a colon, and a value.
enum SystemFile {
  /// Returns the first value of a name, or nil if there is none.
  static func value(_ name: String, in path: String) -> String? {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 1) }
    return lines.first { $0.count == 2 && $0[0].trimmingCharacters(in: .whitespaces) == name }
      .map { $0[1].trimmingCharacters(in: .whitespaces) }
  }
}

extension UInt64 {
  /// The number of bytes in GB, with one digit.
  fileprivate var gigabytes: String { (Double(self) / 1e9).short + " GB" }
}

extension Double {
  /// The number with one digit after the point.
  fileprivate var short: String { "\((self * 10).rounded() / 10)" }
}
