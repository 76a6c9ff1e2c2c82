/// An architecture with a dropout rate.
public protocol DropoutChoice: ForecastArchitecture {
  /// The dropout rate in training, from 0 to less than 1.
  var dropout: Double { get set }
}

extension RecurrentArchitecture: DropoutChoice {}
extension MLPArchitecture: DropoutChoice {}
extension TiDEArchitecture: DropoutChoice {}
extension NHiTSArchitecture: DropoutChoice {}
extension TCNArchitecture: DropoutChoice {}
extension DeepARArchitecture: DropoutChoice {}
