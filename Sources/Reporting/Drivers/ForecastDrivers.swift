/// An explanation of a network's forecasts for a page: the importance of its inputs, the effects of
/// single features, and a decision tree that imitates it, with its fidelity.
///
/// ```swift
/// var page = ReportPage(title: "Sales", panel: panel, windows: windows, next: next)
/// page.drivers = try ForecastDrivers(of: model, on: panel)
/// ```
///
/// `foresight explain` writes it as `explanation.json`, which `foresight report --explanation` reads.
public struct ForecastDrivers: Sendable, Equatable, Codable {
  /// The name of the network.
  public let model: String
  /// The past windows that the importance was measured on.
  public let basis: Basis
  /// The error of the forecasts of these windows, as a share of the sales, or nil without sales.
  public let error: Double?
  /// The importance of each group of inputs, the largest first.
  public let groups: [Importance]
  /// The importance of each input, the largest first.
  public let inputs: [Importance]
  /// The forecasts for other values of columns that are known ahead, such as the price.
  public let effects: [Effect]
  /// The tree, or nil if there are too few forecasts to fit one.
  public let tree: Tree?
  /// The linear model, or nil if there are too few forecasts to fit one.
  public let linear: Linear?

  /// Past windows.
  public struct Basis: Sendable, Equatable, Codable {
    /// The number of windows, and of the series that they are from.
    public let windows, series: Int
    /// The labels of the first and the last step that a window is forecast from.
    public let first, last: String
    /// A Boolean value that indicates whether the network wasn't trained on the windows.
    public let areHeldOut: Bool
  }

  /// The importance of an input or a group.
  public struct Importance: Sendable, Equatable, Codable {
    /// The name of the input, and the group that it belongs to.
    public let name, group: String
    /// The increase of the error as a share of the sales if the input is exchanged between windows, and
    /// its standard error; nil if the input is the same in all windows.
    public let increase, standardError: Double?
  }

  /// The mean forecast of a step of a series for several values of a column in all future steps.
  public struct Effect: Sendable, Equatable, Codable {
    /// The name of the column.
    public let column: String
    /// The values, S.
    public let settings: [Setting]
    /// The mean forecasts, [S].
    public let means: [Double]
  }

  /// A value of a column.
  public struct Setting: Sendable, Equatable, Codable {
    /// The number, or the factor of the planned numbers.
    public let number: Double?
    /// A Boolean value that indicates whether `number` is a factor.
    public let isFactor: Bool
    /// The category.
    public let category: String?
  }

  /// A decision tree whose predictions are in units of the usual sales of a series.
  public struct Tree: Sendable, Equatable {
    /// The nodes, of which the first one is the root. The answers of a node follow it.
    public let nodes: [Node]
    /// The agreement with the network on forecasts that the tree wasn't fitted to.
    public let fidelity: Fidelity
  }

  /// A node of a tree.
  public struct Node: Sendable, Equatable, Codable {
    /// The mean forecast of the node, in units of the usual sales, and the number of its forecasts.
    public let mean: Double
    public let count: Int
    /// The question, or nil for a leaf.
    public let split: Split?
  }

  /// A question of a tree.
  public struct Split: Sendable, Equatable, Codable {
    /// The name of the feature.
    public let feature: String
    /// A Boolean value that indicates whether the feature is either true or false.
    public let isFlag: Bool
    /// The largest value on the lower side.
    public let threshold: Double
    /// The indices of the nodes up to the threshold and above it.
    public let lower, upper: Int
  }

  /// A linear model in units of the usual sales of a series.
  public struct Linear: Sendable, Equatable, Codable {
    /// The features with the largest coefficients, the largest first.
    public let features: [Coefficient]
    /// The agreement with the network on forecasts that the model wasn't fitted to.
    public let fidelity: Fidelity
  }

  /// A coefficient of a linear model.
  public struct Coefficient: Sendable, Equatable, Codable {
    /// The name of the feature.
    public let feature: String
    /// A Boolean value that indicates whether the feature is either true or false.
    public let isFlag: Bool
    /// The change of the forecast if a flag is true instead of false, or if another feature is larger by
    /// one standard deviation.
    public let change: Double
  }

  /// The agreement of a simple model with the network.
  public struct Fidelity: Sendable, Equatable, Codable {
    /// R² in units of the usual sales, or nil if all forecasts are equal.
    public let r2: Double?
    /// The number of forecasts that it was measured on.
    public let count: Int
  }
}

extension ForecastDrivers {
  /// The drivers as JSON, from which they can be decoded again.
  public var json: String { JSON(encoding: self).text + "\n" }
}

extension ForecastDrivers.Tree: Codable {
  private enum Key: CodingKey { case nodes, fidelity }

  /// Decodes a tree, and checks that the answers of each node follow it, so that it has no cycle.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    nodes = try container.decode([ForecastDrivers.Node].self, forKey: .nodes)
    fidelity = try container.decode(ForecastDrivers.Fidelity.self, forKey: .fidelity)
    let isTree = nodes.enumerated().allSatisfy { place, node in
      guard let split = node.split else { return true }
      return [split.lower, split.upper].allSatisfy { $0 > place && $0 < nodes.count }
    }
    guard isTree, !nodes.isEmpty else {
      throw DecodingError.dataCorruptedError(
        forKey: .nodes, in: container, debugDescription: "the nodes are no tree")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(nodes, forKey: .nodes)
    try container.encode(fidelity, forKey: .fidelity)
  }
}
