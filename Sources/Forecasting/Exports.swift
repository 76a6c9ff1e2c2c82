@_exported public import Baselines
@_exported public import Features
@_exported public import Forecasts
