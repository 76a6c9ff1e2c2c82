import Forecasts

/// The area of a chart between its axes, with the parts that charts share.
struct PlotFrame {
  var width = 960.0
  var height = 340.0
  var left = 56.0
  var right = 948.0
  var top = 22.0
  var bottom = 308.0

  static let standard = PlotFrame()

  /// Returns the frame with space for the labels of a value axis on the left: seven and a half units for
  /// each character.
  func fitting(_ axis: ValueAxis) -> PlotFrame {
    var frame = self
    let longest = axis.ticks.map { axis.label($0).count }.max() ?? 0
    frame.left = max(left, 12 + 7.5 * Double(longest))
    return frame
  }

  /// Returns the horizontal place of a share of the width between the axes.
  func x(_ share: Double) -> Double { rounded(left + share * (right - left)) }

  /// Returns the vertical place of a share of the height, from the bottom up.
  func y(_ share: Double) -> Double { rounded(bottom - share * (bottom - top)) }

  func x(_ value: Double, _ axis: ValueAxis) -> Double { x(axis.share(of: value)) }

  func y(_ value: Double, _ axis: ValueAxis) -> Double { y(axis.share(of: value)) }

  /// Tenths of a pixel are precise enough and keep the page small.
  private func rounded(_ length: Double) -> Double { (length * 10).rounded() / 10 }
}

// MARK: - Parts

extension PlotFrame {
  /// Returns an `svg` element that contains the parts of a chart.
  func svg(_ title: String, _ parts: [HTML]) -> HTML {
    .element(
      "svg",
      [
        "viewBox": "0 0 \(width.svg) \(height.svg)", "role": "img", "aria-label": title,
        "tabindex": "0",
      ], [.element("title", text: title)] + parts)
  }

  /// Returns the horizontal grid lines of a value axis, with its labels on the left.
  func rows(_ axis: ValueAxis) -> [HTML] {
    axis.ticks.map { tick in
      let place = y(tick, axis)
      return HTML([
        .element(
          "line",
          [
            "class": tick == 0 ? "axis" : "grid", "x1": left.svg, "x2": right.svg, "y1": place.svg,
            "y2": place.svg,
          ]),
        label(axis.label(tick), x: left - 8, y: place + 4, anchor: "end"),
      ])
    }
  }

  /// Returns the vertical grid lines of a value axis, with its labels below.
  func columns(_ axis: ValueAxis) -> [HTML] {
    axis.ticks.map { tick in
      let place = x(tick, axis)
      return HTML([
        .element(
          "line",
          [
            "class": tick == 0 ? "axis" : "grid", "x1": place.svg, "x2": place.svg, "y1": top.svg,
            "y2": bottom.svg,
          ]),
        label(axis.label(tick), x: place, y: bottom + 20, anchor: "middle"),
      ])
    }
  }

  /// Returns a tick below the plot with a label.
  func tick(_ text: String, x place: Double) -> HTML {
    HTML([
      .element(
        "line",
        [
          "class": "axis", "x1": place.svg, "x2": place.svg, "y1": bottom.svg,
          "y2": (bottom + 5).svg,
        ]),
      label(text, x: place, y: bottom + 20, anchor: "middle"),
    ])
  }

  func label(_ text: String, x: Double, y: Double, anchor: String) -> HTML {
    .element(
      "text", ["class": "tick", "x": x.svg, "y": y.svg, "text-anchor": anchor], text: text)
  }

  /// Returns the names of the axes: the vertical one above the plot, the horizontal one below.
  func axisNames(x horizontal: String, y vertical: String) -> [HTML] {
    [
      vertical.isEmpty
        ? HTML([])
        : .element(
          "text", ["class": "note", "x": "4", "y": (top - 8).svg, "text-anchor": "start"],
          text: vertical),
      horizontal.isEmpty
        ? HTML([])
        : .element(
          "text",
          ["class": "note", "x": right.svg, "y": (bottom + 36).svg, "text-anchor": "end"],
          text: horizontal),
    ]
  }

  /// Returns a line through points as path data, which restarts after each missing point. An
  /// isolated point becomes a dot: a line of zero length with round caps.
  func path(_ points: [(x: Double, y: Double)?]) -> String {
    var path = ""
    var isDrawing = false
    for point in points {
      if let point {
        let text = "\(point.x.svg) \(point.y.svg)"
        path += isDrawing ? "L\(text)" : "M\(text)l0 0"
      }
      isDrawing = point != nil
    }
    return path
  }
}

extension Double {
  /// The length as SVG text, without unnecessary decimals.
  var svg: String {
    let text = fixed(1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
