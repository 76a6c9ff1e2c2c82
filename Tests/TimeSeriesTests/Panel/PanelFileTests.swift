import Foundation
import Safetensors
import SalesTestSupport
import Testing
import TestSupport
import TimeSeries

@Suite struct PanelFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func copy(_ panel: Panel) throws -> Panel {
    let path = directory.path("panel.safetensors")
    try panel.write(to: path)
    return try Panel(contentsOf: path)
  }

  /// A panel with stock-outs, texts of all alphabets, and columns in which numbers are missing.
  static let odd = Panel(
    calendar: RegularCalendar(
      start: CalendarDate(year: 2023, month: 12, day: 30)!, count: 3,
      frequency: .week(startingOn: .saturday)),
    series: [
      Series(
        id: "Tee 🍵\n/2", values: [1.1, -0.0, .leastNonzeroMagnitude],
        states: [.observed, .observed, .stockOut]),
      Series(id: "", start: 1, values: []),
      Series(id: "\"茶\"", start: 2, values: [Double(Float.greatestFiniteMagnitude)]),
    ]
  )
  .adding(static: "a/b", .categories(["", "é", nil], vocabulary: Vocabulary(["é", "ü/"])))
  .adding(past: "a", .numbers([nil, 2, 3, 4]))
  .adding(known: "missing/a", .numbers([1, 2, 3, 4, 5, 6, 7, 8, nil]), futureSteps: 1)

  @Test func readingGivesTheSamePanelToTheLastBit() throws {
    for panel in [SampleShop.panel, SampleShop.plain, Self.odd] {
      let read = try copy(panel)
      #expect(read == panel)
      for (left, right) in zip(read.allSeries, panel.allSeries) {
        #expect(left.values.map(\.bitPattern) == right.values.map(\.bitPattern))
      }
    }
  }

  @Test func aMonthReadBackIsTheMonth() throws {
    let february = SampleShop.panel.slice(7..<36)
    #expect(try copy(february) == february)
    #expect(try copy(SampleShop.panel).slice(7..<36) == february)
    let some = february.selecting([4, 0, 2])
    #expect(try copy(some) == some)
  }

  @Test func panelsOfNothingAreFiles() throws {
    let none = Panel(calendar: SampleShop.panel.calendar, series: [])
      .adding(level: "store", []).adding(past: "visits", .numbers([] as [Double]))
      .adding(known: "price", .numbers([] as [Double]), futureSteps: 2)
    #expect(try copy(none) == none)
    #expect(try copy(SampleShop.panel.slice(9..<9)) == SampleShop.panel.slice(9..<9))
  }

  @Test(arguments: FrequencyTests.all) func frequenciesAreKept(frequency: Frequency) throws {
    let panel = Panel(
      calendar: RegularCalendar(
        start: frequency.start(of: CalendarDate(year: -3, month: 5, day: 6)!), count: 3,
        frequency: frequency),
      series: [Series(id: "a", values: [1, nil, 3])])
    #expect(try copy(panel) == panel)
  }

  @Test func theSamePanelGivesTheSameBytes() throws {
    let paths = [directory.path("a"), directory.path("b")]
    let slice = SampleShop.panel.slice(3..<20).selecting([3, 0])
    try slice.write(to: paths[0])
    try SampleShop.rebuilt(slice).write(to: paths[1])
    #expect(
      try Data(contentsOf: URL(filePath: paths[0])) == Data(contentsOf: URL(filePath: paths[1])))
  }

  // MARK: - Python

  private static let documentation = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .appending(path: "Sources/TimeSeries/Panel/File/Panel+File.swift")

  /// The lines of Python that the documentation of `Panel.write(to:)` shows.
  private func documentedLines() throws -> String {
    let lines = try String(contentsOf: Self.documentation, encoding: .utf8)
      .split(separator: "\n").map { $0.drop { $0 == " " } }
    let begin = try #require(lines.firstIndex(of: "/// ```python"))
    let end = try #require(lines[begin...].firstIndex(of: "/// ```"))
    return lines[(begin + 1)..<end].map { $0.dropFirst("/// ".count) }.joined(separator: "\n")
      + "\n"
  }

  private static let hasPython: ConditionTrait = .enabled(
    if: Python.has("numpy", "safetensors.numpy"),
    "needs a Python with Tests/requirements.txt, as python3 on the PATH or named by FORESIGHT_PYTHON"
  )

  @Test(hasPython) func threeLinesOfPythonOpenIt() throws {
    try SampleShop.panel.write(to: directory.path("panel.safetensors"))
    let script =
      try documentedLines() + """
        import json
        from safetensors import safe_open
        texts = lambda name, offsets: [b.tobytes().decode() for b in np.split(p[name], p[offsets][1:-1])]
        assert len(series) == 5 and [len(s) for s in series] == [41, 38, 19, 17, 11]
        t = np.arange(15, 32)
        y = (7 * t * t + 12 * t + 15) % 13 - 1.5
        observed = (t + 6) % 7 != 3
        assert (series[3] == np.where(observed, y, 0).astype("float32")).all()
        states = np.split(p["states"], p["offsets"][1:-1])
        assert (states[3] == observed).all() and p["states"].dtype == np.uint8
        assert texts("ids", "idOffsets") == ["p0", "p1", "p2", "p3", "p4"]
        assert list(p["starts"]) == [0, 3, 0, 15, 30]
        dates = p["dates"].astype("datetime64[D]")
        assert str(dates[0]) == "2024-01-25" and str(dates[40]) == "2024-03-05"
        names = texts("static.names/category", "static.nameOffsets/category")
        assert [names[i] for i in p["static/category"]] == ["food", "home", "food", "", "home"]
        assert list(p["static.missing/weight"]) == [False, True, False, False, False]
        visits = np.split(p["past/visits"], p["offsets"][1:-1])
        assert list(visits[4]) == [5 * t for t in range(30, 41)]
        prices = np.split(p["known/price"], p["known.offsets/price"][1:-1])
        missing = np.split(p["known.missing/price"], p["known.offsets/price"][1:-1])
        assert len(prices[3]) == 55 - 15 and prices[3][1] == 5.75 and list(missing[3][:2]) == [1, 0]
        assert list(np.flatnonzero(p["known/event"])) == [7, 27, 47]
        assert not [name for name in p if name.endswith("missing/visits")]
        with safe_open("panel.safetensors", framework="numpy") as f: meta = f.metadata()
        assert meta["foresight.kind"] == "panel" and meta["foresight.version"] == "1"
        schema = json.loads(meta["foresight.configuration"])
        assert schema["frequency"] == "day" and schema["count"] == 41
        print([c["name"] for c in schema["columns"] if c["role"] == "known"])
        """
    try script.write(toFile: directory.path("open.py"), atomically: true, encoding: .utf8)
    let printed = try Python.run([directory.path("open.py")], in: directory.url)
    #expect(printed == "['price', 'event', 'payday']\n")
  }

  @Test(hasPython) func whatPythonWritesIsRead() throws {
    try SampleShop.panel.write(to: directory.path("panel.safetensors"))
    let script = """
      import numpy as np
      from safetensors import safe_open
      from safetensors.numpy import load_file, save_file
      p = load_file("panel.safetensors")
      with safe_open("panel.safetensors", framework="numpy") as f: meta = f.metadata()
      p["values"] = np.where(p["states"] == 1, 2 * p["values"], np.nan).astype("float32")
      save_file(p, "doubled.safetensors", meta)
      """
    try script.write(toFile: directory.path("double.py"), atomically: true, encoding: .utf8)
    try Python.run([directory.path("double.py")], in: directory.url)
    let read = try Panel(contentsOf: directory.path("doubled.safetensors"))
    let doubled = SampleShop.panel.mapSeries { series in
      Series(
        id: series.id, start: series.steps.lowerBound, values: series.values.map { 2 * $0 },
        states: Array(series.states))
    }
    #expect(read == doubled)
  }
}
