import ArgumentParser
import Forecasting
import Foundation
import Reporting

/// `foresight doctor`: says what is installed, and how to fix what is missing.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Checks the installation, and says how to fix what is missing.",
    discussion: """
      There is a line for each of: the version, the processor, the instruction set that the kernels use, \
      the threads, the memory, the kernels' results compared with plain loops, the libraries, and the \
      directory for results. A line starts with ok, warning (it works, but not as well as it could), \
      missing (nothing depends on it), or error. The exit status is 1 if there is an error.

      foresight doctor --output /srv/forecasts

      FORESIGHT_THREADS sets the number of threads, like --threads. OPENBLAS_CORETYPE, such as Haswell, \
      chooses the code of OpenBLAS. OPENBLAS_NUM_THREADS and OMP_NUM_THREADS have no effect.

      To complete commands, options, and their values in the shell, add a line to ~/.bashrc for bash:

      source <(foresight --generate-completion-script bash)

      To ~/.config/fish/config.fish for fish:

      foresight --generate-completion-script fish | source

      For zsh, write a file to a directory of $fpath, such as ~/.zfunc:

      foresight --generate-completion-script zsh > ~/.zfunc/_foresight
      """)

  @Option(
    help: "The directory for results, which is checked but not created.", completion: .directory)
  var output = "forecast-output"

  @Flag(help: "Print the findings as JSON.")
  var json = false

  @OptionGroup
  var threads: ThreadOption

  func run() throws {
    threads.apply()
    let findings =
      [Finding("version", "foresight \(Foresight.configuration.version)")]
      + MachineDiagnosis.findings(threads: threads.threads) + KernelCheck.findings
      + LibraryDiagnosis.findings
      + [outputDirectory]
    let isWorking = !findings.contains { $0.status == .error }
    if json {
      print(Report(isWorking: isWorking, findings: findings).json, terminator: "")
    } else {
      for finding in findings { print(Self.line(finding)) }
    }
    guard isWorking else { throw ExitCode(1) }
  }

  private var outputDirectory: Finding {
    do throws(OutputError) {
      _ = try OutputDirectory(output, files: ["next.csv"])
      return Finding("output", "\(output) can be written")
    } catch {
      return Finding("output", "\(error)", .error, fix: "name another directory with --output")
    }
  }

  /// Returns the line of a finding, in columns.
  private static func line(_ finding: Finding) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(width - text.count, 0))
    }
    return padded(finding.status.rawValue, 9) + padded(finding.name, 13) + finding.value
      + (finding.fix.map { "; fix: \($0)" } ?? "")
  }

  private struct Report: Encodable {
    let isWorking: Bool
    let findings: [Finding]
  }
}
