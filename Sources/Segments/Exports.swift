@_exported public import FactorizationMachines
@_exported public import Forecasts
