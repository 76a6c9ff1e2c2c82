import Safetensors

extension Panel {
  /// Reads a panel that ``write(to:)`` has written, or that a program in another language has
  /// written alike. What stands at a gap, or where a value is missing, is not looked at.
  ///
  /// - Throws: `PanelFileError` if the file cannot be read, holds something else or a newer
  ///   version, or contradicts itself, down to the array, the series and the date.
  public init(contentsOf path: String) throws(PanelFileError) {
    var reader = try PanelFileReader(path: path)
    self = try reader.panel()
  }

  /// Writes the panel as a safetensors file, whole or not at all; reading it gives the same panel
  /// to the last bit. Of a slice, only what the slice shows is written.
  ///
  /// Python opens it so:
  ///
  /// ```python
  /// import numpy as np, safetensors.numpy
  /// p = safetensors.numpy.load_file("panel.safetensors")
  /// series = np.split(p["values"], p["offsets"][1:-1])    # an array for each series
  /// ```
  ///
  /// | array | what it holds |
  /// |---|---|
  /// | `values`, `states` | of all series, one after another: float32, or float64 where single precision does not hold each value, 0 at gaps; uint8, 0 for a gap, 1 for an observed value, 2 for a stock-out |
  /// | `offsets` | where each series begins in them, and the end of the last |
  /// | `starts`, `dates` | the first step of each series; the first day of each step, for `.astype("datetime64[D]")` |
  /// | `hours` | the hour of the day at which each step begins, 0 to 23; only if steps are hours |
  /// | `ids`, `idOffsets` | the identities as UTF-8, and where each begins |
  /// | `static/NAME` | a value for each series |
  /// | `past/NAME` | a value for each of `values` |
  /// | `known/NAME`, `known.offsets/NAME` | from each series' first step to the last that is known; without offsets it is the same for all series, from step 0 on |
  /// | `ROLE.missing/NAME` | bool, where a number of the column is missing; not there if none is |
  /// | `ROLE.names/NAME`, `ROLE.nameOffsets/NAME` | the categories of a column that holds int32, number 0 being the unknown one |
  ///
  /// Numbers of columns are float32 or float64 by the same rule.
  ///
  /// The metadata hold `foresight.kind` (`panel`), `foresight.version` and, as JSON in
  /// `foresight.configuration`, the calendar's start (in days since 1970-01-01, and the hour if steps are hours), count and
  /// frequency, and of each column its name, role, kind, whether it is a level or shared, and how
  /// many steps of the future are known. `target` is what the values are, `closing` has the days on which the shop is closed, and
  /// `saleEnds` the places of series that are not sold any more, each with the step from which on.
  ///
  /// - Throws: `PanelFileError` if the file cannot be written.
  public func write(to path: String) throws(PanelFileError) {
    do throws(SafetensorsError) {
      try PanelFileWriter(self).file.write(to: path)
    } catch {
      throw PanelFileError(file: path, fault: .container(error))
    }
  }
}
