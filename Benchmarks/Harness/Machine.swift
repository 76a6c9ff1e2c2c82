import Foundation
import NeuralNetwork
import SIMDKernels

/// The machine on which the benchmarks run.
enum Machine {
  /// The processor's name, as the system reports it.
  static var processor: String {
    #if os(Linux)
      // Foundation reads files of /proc, whose reported size is 0, to their end.
      let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
      let name = line?.split(separator: ":", maxSplits: 1).last
      return name?.trimmingCharacters(in: .whitespaces) ?? "unknown"
    #else
      var size = 0
      guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0 else {
        return "unknown"
      }
      var name = [UInt8](repeating: 0, count: size)
      sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0)
      return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    #endif
  }

  static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The instruction set that the package's kernels use.
  static var instructionSet: String { String(cString: fs_instruction_set()) }

  /// Returns the header lines of a run.
  static func description(_ peaks: [GEMMPeak]) -> String {
    let figures = peaks.map {
      "\($0.gigaflops.digits(4)) GFLOP/s with \(threads($0.threadCount))"
    }
    return """
      processor        \(processor), \(processorCount) cores
      instruction set  \(instructionSet)
      OpenBLAS         \(OpenBLAS.configuration), core \(OpenBLAS.coreName)
      threads          \(peaks.map { "\($0.threadCount)" }.joined(separator: ", "))
      GEMM peak        \(figures.joined(separator: ", ")) (matmul 1024x1024x1024)
      """
  }

  private static func threads(_ count: Int) -> String {
    count == 1 ? "1 thread" : "\(count) threads"
  }
}
