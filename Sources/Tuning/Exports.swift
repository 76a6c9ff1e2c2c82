@_exported public import Forecasting
