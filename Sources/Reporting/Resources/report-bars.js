// Charts of bars: horizontal ones that can be chosen, and vertical ones.
{
  // Horizontal bars with whiskers. `rows` are { key, name, value, low, high, note, isChosen, style }.
  // `format` returns the text of a value, and `axis` that of a tick.
  report.rowBars = (body, { label, rows, choose, format, axis = format || report.valueText }) => report.drawing(body, width => {
    const text = format || report.quantity;
    const focused = body.contains(document.activeElement)
      ? document.activeElement.getAttribute("data-key") : null;
    body.replaceChildren();
    const rowHeight = 30;
    const names = d3.max(rows, row => report.textWidth(row.name, 13)) || 0;
    const left = Math.min(width * (width < 700 ? 0.45 : 0.36), 280, Math.max(60, names + 14));
    const values = d3.max(rows, row => report.textWidth(text(row.value))) || 0;
    const right = width - values - 14;
    const height = rows.length * rowHeight + 34;
    const ends = rows.flatMap(row => [row.value, row.low, row.high])
      .filter(value => value !== null && value !== undefined);
    const [low, high] = [Math.min(0, d3.min(ends) || 0), Math.max(0, d3.max(ends) || 0)];
    const x = d3.scaleLinear().domain(low < high ? [low, high] : [0, 1]).nice()
      .range([left, right]);
    const svg = report.svg(body, width, height, label, choose ? "group" : "img");
    const tickWidth = d3.max(x.ticks(4), tick => report.textWidth(axis(tick)));
    const ticks = x.ticks(Math.max(2, Math.floor((right - left) / Math.max(90, tickWidth + 30))));
    svg.append("g").selectAll("line").data(ticks).enter().append("line")
      .attr("class", tick => (tick === 0 ? "axis" : "grid")).attr("x1", tick => x(tick))
      .attr("x2", tick => x(tick)).attr("y1", 0).attr("y2", height - 28);
    svg.append("g").selectAll("text").data(ticks).enter().append("text").attr("class", "tick")
      .attr("x", tick => x(tick)).attr("y", height - 10).attr("text-anchor", "middle")
      .text(axis);
    const bars = svg.append("g").selectAll("g").data(rows).enter().append("g")
      .attr("class", row => `row${row.isChosen ? " chosen" : ""}`).attr("data-key", row => row.key)
      .attr("transform", (_, place) => `translate(0 ${place * rowHeight})`);
    bars.append("rect").attr("class", "row-back").attr("width", width).attr("height", rowHeight);
    bars.append("text").attr("class", "row-name").attr("x", left - 8).attr("y", 19)
      .attr("text-anchor", "end").text(row => report.fitted(row.name, left - 10, 13));
    bars.append("rect").attr("class", row => `bar ${row.style || ""}`)
      .attr("x", row => Math.min(x(0), x(row.value))).attr("y", 6)
      .attr("width", row => Math.max(1, Math.abs(x(row.value) - x(0)))).attr("height", rowHeight - 12);
    bars.filter(row => row.low !== undefined && row.low !== null).append("path")
      .attr("class", "whisker").attr("d", row =>
        `M${x(row.low)} 15H${x(row.high)}M${x(row.low)} 11V19M${x(row.high)} 11V19`);
    bars.append("text").attr("class", "row-value").attr("y", 19)
      .attr("x", row => x(Math.max(row.value, row.high || 0, 0)) + 8)
      .text(row => text(row.value));
    const full = row => `${row.name}: ${text(row.value)}`
      + (row.low !== undefined && row.low !== null ? ` (${text(row.low)} – ${text(row.high)})` : "")
      + (row.note ? `, ${row.note}` : "");
    bars.on("pointermove", row => report.showTip(d3.event.clientX, d3.event.clientY, full(row)));
    bars.on("pointerleave", report.hideTip);
    if (!choose) return;
    bars.attr("role", "button").attr("tabindex", 0).attr("aria-label", full)
      .attr("aria-pressed", row => String(Boolean(row.isChosen)));
    bars.on("click", row => { report.hideTip(); choose(row); });
    bars.on("keydown", row => {
      if (d3.event.key !== "Enter" && d3.event.key !== " ") return;
      d3.event.preventDefault();
      choose(row);
    });
    if (focused !== null) {
      bars.filter(row => String(row.key) === focused).each((row, place, nodes) => {
        nodes[place].focus();
      });
    }
  });

  // Vertical bars, one or several for each group. `groups` are { key, name, values: [{ value, low,
  // high, style, label }] }.
  report.columnBars = (body, { label, groups, choose, chosen, unit, height = 240, axisName = "" }) =>
    report.drawing(body, width => {
      body.replaceChildren();
      const area = { left: 0, right: width - 8, top: 24, bottom: height - 44 };
      const ends = groups.flatMap(group => group.values.flatMap(one => [one.value, one.low, one.high]))
        .filter(value => value !== null && value !== undefined);
      const y = d3.scaleLinear().domain([Math.min(0, d3.min(ends) || 0), d3.max(ends) || 1]).nice()
        .range([area.bottom, area.top]);
      const text = value => (unit === "percent" ? report.percent(value, 1) : report.quantity(value));
      const svg = report.svg(body, width, height, label, choose ? "group" : "img");
      const ticks = y.ticks(4);
      const tickText = unit === "percent" ? tick => report.percent(tick) : report.valueText;
      area.left = report.leftMargin(ticks.map(tickText), width);
      svg.append("g").selectAll("line").data(ticks).enter().append("line")
        .attr("class", tick => (tick === 0 ? "axis" : "grid")).attr("x1", area.left)
        .attr("x2", area.right).attr("y1", tick => y(tick)).attr("y2", tick => y(tick));
      svg.append("g").selectAll("text").data(ticks).enter().append("text").attr("class", "tick")
        .attr("x", area.left - 8).attr("y", tick => y(tick) + 4).attr("text-anchor", "end")
        .text(tickText);
      svg.append("text").attr("class", "note").attr("x", area.right).attr("y", height - 4)
        .attr("text-anchor", "end").text(axisName);
      const band = d3.scaleBand().domain(groups.map(group => group.key))
        .range([area.left, area.right]).paddingInner(0.25).paddingOuter(0.1);
      const columns = svg.append("g").selectAll("g").data(groups).enter().append("g")
        .attr("class", group => `column${group.key === chosen ? " chosen" : ""}`)
        .attr("data-key", group => group.key)
        .attr("transform", group => `translate(${band(group.key)} 0)`);
      columns.append("rect").attr("class", "row-back").attr("y", area.top)
        .attr("width", band.bandwidth()).attr("height", area.bottom - area.top);
      const most = d3.max(groups, group => group.values.length) || 1;
      const slot = Math.min(band.bandwidth() / most, 56);
      const start = (band.bandwidth() - slot * most) / 2;
      const bars = columns.selectAll(".part").data(group => group.values).enter()
        .append("g").attr("class", "part")
        .attr("transform", (_, place) => `translate(${start + place * slot} 0)`);
      bars.filter(one => one.value !== null).append("rect").attr("class", one => `bar ${one.style || ""}`)
        .attr("x", slot * 0.08).attr("width", slot * 0.84).attr("y", one => Math.min(y(0), y(one.value)))
        .attr("height", one => Math.max(0.5, Math.abs(y(one.value) - y(0))));
      bars.filter(one => one.low !== undefined && one.low !== null).append("path")
        .attr("class", "whisker").attr("d", one => `M${slot / 2} ${y(one.low)}V${y(one.high)}`
          + `M${slot / 2 - 5} ${y(one.low)}h10M${slot / 2 - 5} ${y(one.high)}h10`);
      // Names that would overlap are left out.
      const longest = d3.max(groups, group => [...group.name].length * 7.2 + 8) || 1;
      const stride = Math.max(1, Math.ceil(longest / band.step()));
      columns.filter((_, place) => place % stride === 0).append("text").attr("class", "tick")
        .attr("x", band.bandwidth() / 2).attr("y", area.bottom + 18).attr("text-anchor", "middle")
        .text(group => group.name);
      const full = group => `${group.fullName || group.name}: ${group.values
        .filter(one => one.value !== null).map(one => (one.label ? `${one.label} ` : "")
          + text(one.value) + (one.low !== undefined && one.low !== null
          ? ` (${text(one.low)} – ${text(one.high)})` : "")).join(", ")}`;
      columns.on("pointermove", group =>
        report.showTip(d3.event.clientX, d3.event.clientY, full(group)));
      columns.on("pointerleave", report.hideTip);
      if (!choose) return;
      columns.attr("role", "button").attr("tabindex", 0).attr("aria-label", full)
        .attr("aria-pressed", group => String(group.key === chosen));
      columns.on("click", group => { report.hideTip(); choose(group); });
      columns.on("keydown", group => {
        if (d3.event.key !== "Enter" && d3.event.key !== " ") return;
        d3.event.preventDefault();
        choose(group);
      });
    });
}
