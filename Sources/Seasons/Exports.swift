@_exported public import Forecasts
