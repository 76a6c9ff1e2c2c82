import ArgumentParser
import Foundation

extension CompletionKind {
  /// Completes a list of names that are separated by commas, such as `lstm,mlp`: its last name, from
  /// those that are not in it yet.
  static func list(of names: [String]) -> CompletionKind {
    .custom { _, _, prefix in
      let parts = prefix.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let chosen = Array(parts.dropLast())
      return names.filter { !chosen.contains($0) }.map { (chosen + [$0]).joined(separator: ",") }
    }
  }

  /// Completes the name of a time zone.
  static var timeZones: CompletionKind { .custom { _, _, _ in TimeZone.knownTimeZoneIdentifiers } }
}
