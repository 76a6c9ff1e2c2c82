@_exported public import SalesData
