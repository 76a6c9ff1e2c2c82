import ArgumentParser
import Forecasting
import Foundation

/// The argument for a model of an earlier run.
struct SavedModelArgument: ParsableArguments {
  @Argument(
    help: "A model of foresight forecast, or the directory that contains it.",
    completion: .file(extensions: ["safetensors"]))
  var model: String

  /// Reads the model.
  func read() throws -> any FittedNetwork { try KnownTypes.builtIn.network(contentsOf: path) }

  private var path: String {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: model, isDirectory: &isDirectory)
    return exists && isDirectory.boolValue ? model + "/model.safetensors" : model
  }
}
