import Forecasting
import Foundation
import Reporting
import Testing

/// The page's script in a real browser, on machines that have one.
@Suite(.enabled(if: Browser.path != nil, "no Chromium or Chrome on this machine"))
struct BrowserTests {
  @Test func showsTheTotalFirst() throws {
    let dom = try Browser.dom(of: SamplePage.page().html())
    #expect(dom.contains("class=\"scripted\""))
    #expect(try Browser.shownSeries(dom) == [""])
  }

  @Test(arguments: [SamplePage.plain, SamplePage.hostile, SamplePage.quoted])
  func anAddressChoosesASeries(id: String) throws {
    let fragment = try #require(
      id.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    let dom = try Browser.dom(of: SamplePage.page().html(), fragment: fragment)
    #expect(try Browser.shownSeries(dom) == [id])
  }

  @Test(arguments: ["none", "%E0%A4%A"]) func anUnknownAddressShowsTheTotal(fragment: String) throws
  {
    let dom = try Browser.dom(of: SamplePage.page().html(), fragment: fragment)
    #expect(try Browser.shownSeries(dom) == [""])
  }

  @Test func theListChoosesASeriesAndPutsItInTheAddress() throws {
    let dom = try Browser.dom(
      of: SamplePage.page().html(),
      driving: """
        const choice = document.getElementById("choice");
        choice.selectedIndex = 1;
        choice.dispatchEvent(new Event("change"));
        document.body.dataset.address = decodeURIComponent(location.hash);
        """)
    // The largest series comes first.
    #expect(try Browser.shownSeries(dom) == [SamplePage.hostile])
    #expect(
      text(dom, from: "data-address=\"", to: "\"").map(Browser.unescaped)
        == "#" + SamplePage.hostile)
  }

  @Test func arrowKeysReadTheChartOut() throws {
    let dom = try Browser.dom(
      of: SamplePage.page().html(), fragment: SamplePage.plain,
      driving: """
        const chart = document.querySelector("figure:not([hidden]) svg");
        const press = key => chart.dispatchEvent(new KeyboardEvent("keydown", { key }));
        chart.dispatchEvent(new Event("focus"));
        press("ArrowRight");
        press("ArrowLeft");
        """)
    // 2024-03-06, the day before the last: 15 · 37 mod 11, and a week before 8 · 37 mod 11.
    let announced = try #require(
      text(
        dom, from: "aria-live=\"polite\">", to: "</p>", after: "data-series=\"\(SamplePage.plain)\""
      )
    )
    #expect(
      Browser.unescaped(announced)
        == "Wed, 6 Mar 2024, Actual 5, Seasonal naive 10, <i>naive</i> 0")
  }

  @Test func thePointerReadsTheNearestDayOutAndClearsItAgain() throws {
    let drive = """
      const chart = document.querySelector("figure:not([hidden]) svg");
      const box = chart.getBoundingClientRect();
      const at = x => ({ clientX: box.left + x / 960 * box.width, clientY: box.top + 50 });
      chart.dispatchEvent(new PointerEvent("pointermove", at(56 + 892 / 16 * 2.3)));
      document.body.dataset.read = document.querySelector("figure:not([hidden]) .step").textContent
        + ": " + document.querySelector("figure:not([hidden]) .value").textContent;
      chart.dispatchEvent(new PointerEvent("pointerleave"));
      document.body.dataset.left = document.querySelector("figure:not([hidden]) .step").textContent;
      """
    let dom = try Browser.dom(
      of: SamplePage.page().html(), fragment: SamplePage.plain, driving: drive)
    #expect(text(dom, from: "data-read=\"", to: "\"") == "Thu, 22 Feb 2024: 8")
    #expect(text(dom, from: "data-left=\"", to: "\"") == "units a day")
  }
}

/// Chromium or Chrome without a window.
private enum Browser {
  static let path = ["chromium", "chromium-browser", "google-chrome"].lazy
    .flatMap { name in
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map {
        "\($0)/\(name)"
      }
    }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The page's elements after its script has run, and then `script`.
  static func dom(of page: String, fragment: String = "", driving script: String = "") throws
    -> String
  {
    let directory = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let file = directory + "/page.html"
    try OutputFile(path: file).write(
      page.replacing("</body>", with: "<script>{\(script)}</script></body>"))

    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--user-data-dir=\(directory)/profile", "--dump-dom", "file://\(file)#\(fragment)",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let written = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: written, as: UTF8.self)
  }

  /// The series whose figures show.
  static func shownSeries(_ dom: String) throws -> [String] {
    dom.matches(of: /<figure class="series" data-series="([^"]*)"( hidden="")?>/)
      .filter { $0.2 == nil }.map { unescaped(String($0.1)) }
  }

  /// A browser's own escapes taken back.
  static func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}
