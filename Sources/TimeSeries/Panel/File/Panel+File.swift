import Safetensors

extension Panel {
  /// Reads a panel that ``write(to:)``, or a program in another language, wrote in the same format.
  /// Values at gaps and at missing values are ignored.
  ///
  /// - Throws: `PanelFileError` if the file can't be read, contains something else, has a newer
  ///   version, or contradicts itself. The error names the array, the series, and the date.
  public init(contentsOf path: String) throws(PanelFileError) {
    var reader = try PanelFileReader(path: path)
    self = try reader.panel()
  }

  /// Writes the panel to a safetensors file, completely or not at all. Reading the file returns a
  /// bitwise equal panel. For a slice, only the visible part is written.
  ///
  /// To open the file in Python:
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
  /// The metadata has `foresight.kind` (`panel`), `foresight.version`, and a JSON object,
  /// `foresight.configuration`. The object contains the calendar's start (in days since 1970-01-01,
  /// and the hour if steps are hours), count, and frequency. For each column, it has the name, the
  /// role, the kind, whether it is a level or shared, and the number of future steps for which it
  /// is known. `target` is the meaning of the values, `closing` lists the days on which the shop is
  /// closed, and `saleEnds` lists the indices of series that are no longer sold, each with the
  /// first step without sales.
  ///
  /// - Throws: `PanelFileError` if the file can't be written.
  public func write(to path: String) throws(PanelFileError) {
    do throws(SafetensorsError) {
      try PanelFileWriter(self).file.write(to: path)
    } catch {
      throw PanelFileError(file: path, fault: .container(error))
    }
  }
}
