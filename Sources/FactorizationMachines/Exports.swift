@_exported public import Safetensors
@_exported public import SalesData
@_exported public import Tabular
