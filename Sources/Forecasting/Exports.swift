@_exported public import Baselines
@_exported public import Forecasts
