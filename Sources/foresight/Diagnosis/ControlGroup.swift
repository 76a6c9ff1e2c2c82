import Foundation

/// The limits that the control groups of the process and those above them set, in version 1 or 2 of
/// Linux's control groups.
struct ControlGroup {
  /// The number of processors whose time is available, or nil if there is no limit.
  let processorLimit: Double?
  /// The number of bytes of memory, or nil if there is no limit.
  let memoryLimit: UInt64?

  static let current = ControlGroup()

  private init() {
    let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    processorLimit = Self.folders(of: "cpu", in: groups).compactMap { folder in
      let numbers = Self.numbers(
        in: folder.isVersion1 ? ["cpu.cfs_quota_us", "cpu.cfs_period_us"] : ["cpu.max"],
        of: folder.path)
      guard numbers.count == 2, let quota = numbers[0], let period = numbers[1], quota > 0 else {
        return nil
      }
      return quota / period
    }.min()
    memoryLimit = Self.folders(of: "memory", in: groups).compactMap { folder in
      let file = folder.isVersion1 ? "memory.limit_in_bytes" : "memory.max"
      return Self.numbers(in: [file], of: folder.path).first.flatMap { $0.map { UInt64($0) } }
    }.min()
  }

  /// Returns the words of files as numbers, with nil for `max`.
  private static func numbers(in files: [String], of folder: String) -> [Double?] {
    files.flatMap { file in
      let text = (try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)) ?? ""
      return text.split(whereSeparator: \.isWhitespace).map { Double($0) }
    }
  }

  /// Returns the folders of a controller's groups, from the root to that of the process.
  ///
  /// - Parameters:
  ///   - controller: The name of the controller.
  ///   - groups: Lines such as `4:memory:/a/b` (version 1) and `0::/a/b` (version 2).
  private static func folders(
    of controller: String, in groups: String
  ) -> [(path: String, isVersion1: Bool)] {
    let lines = groups.split(separator: "\n").map {
      $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    }.filter { $0.count == 3 }
    let own = lines.first { $0[1].split(separator: ",").contains { $0 == controller } }
    guard let line = own ?? lines.first(where: { $0[0] == "0" }) else { return [] }
    let root = own == nil ? "/sys/fs/cgroup" : "/sys/fs/cgroup/\(controller)"
    let names = line[2].split(separator: "/").map(String.init)
    return (0...names.count).map {
      (([root] + names.prefix($0)).joined(separator: "/"), own != nil)
    }
  }
}
