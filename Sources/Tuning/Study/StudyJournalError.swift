/// An error of the file in which a study records its evaluations.
public enum StudyJournalError: Error, Equatable {
  /// There is a journal already, but the study is not meant to resume.
  case exists(path: String)
  /// The journal belongs to another study.
  case otherStudy(path: String, part: String, recorded: String, expected: String)
  /// A line is not one that a study writes.
  case invalidLine(path: String, line: Int, reason: String)
  /// A recorded trial has other values than the study would choose.
  case otherValues(path: String, line: Int, trial: Int)
  /// Another process writes the journal.
  case inUse(path: String)
  /// The file can't be read or written.
  case inaccessible(path: String, reason: String)
}

extension StudyJournalError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .exists(let path):
      "\(path): is the journal of an earlier search; resume it, or name another file"
    case .otherStudy(let path, let part, let recorded, let expected):
      "\(path): belongs to another search: its \(part) is \(recorded), but here it is \(expected); use "
        + "the same data and settings to resume it, or name another file"
    case .invalidLine(let path, let line, let reason):
      "\(path):\(line): is not a line of a search's journal: \(reason); remove the file to start again"
    case .otherValues(let path, let line, let trial):
      "\(path):\(line): trial \(trial) has other values than this search chooses; the journal is from "
        + "another version, so remove it to start again"
    case .inUse(let path):
      "\(path): another process writes it; wait for its end, or name another file"
    case .inaccessible(let path, let reason):
      "\(path): cannot be used: \(reason)"
    }
  }
}
