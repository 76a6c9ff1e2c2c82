// The contributions of inputs to the forecast of one series.
{
  const { data, t } = report;
  const most = 12;

  const heatMap = (body, label, inputs, columns) => report.drawing(body, width => {
    body.replaceChildren();
    const rowHeight = 24;
    const names = inputs.map(one => report.featureName(one.name));
    const left = Math.min(d3.max(names, name => report.textWidth(name, 13)) + 14, width * 0.4);
    const height = inputs.length * rowHeight + 28;
    const cell = (width - left) / columns.length;
    const values = inputs.map(one => report.numbers(one.overTime));
    const largest = d3.max(values, row => d3.max(row, Math.abs)) || 1;
    const svg = report.svg(body, width, height, label);
    const rows = svg.append("g").selectAll("g").data(values).enter().append("g")
      .attr("transform", (_, place) => `translate(0 ${place * rowHeight})`);
    rows.append("text").attr("class", "row-name").attr("x", left - 8).attr("y", 16)
      .attr("text-anchor", "end").text((_, place) => report.fitted(names[place], left - 10, 13));
    rows.selectAll("rect").data((row, place) => row.map((value, step) => ({ value, step, place })))
      .enter().append("rect").attr("class", one => (one.value < 0 ? "heat down" : "heat"))
      .attr("x", one => left + one.step * cell).attr("width", Math.max(0.5, cell - 0.5)).attr("y", 1)
      .attr("height", rowHeight - 2)
      .style("fill-opacity", one => Math.sqrt(Math.abs(one.value) / largest).toFixed(3))
      .on("pointermove", one => report.showTip(d3.event.clientX, d3.event.clientY,
        `${names[one.place]}, ${columns[one.step]}: ${report.signed(one.value)}`))
      .on("pointerleave", report.hideTip);
    [0, columns.length - 1].forEach(step => svg.append("text").attr("class", "tick")
      .attr("x", step ? width : left).attr("y", height - 8)
      .attr("text-anchor", step ? "end" : "start").text(columns[step]));
  });

  report.drawContributions = () => {
    const { contributions } = data;
    if (!contributions) return;
    const { inputs, name, window } = contributions;
    const section = report.section("contributions", t("contributions", report.shortened(name, 60)));
    const chart = { label: t("contributions", name), bands: [], events: [], shades: [],
      range: () => [0, data.stepCount - 1], lines: [
        { key: "forecast", name: t("forecast"), style: "forecast",
          values: report.numbers(contributions.forecast) },
        { key: "baseline", name: t("nothingChanges"), style: "baseline",
          values: report.numbers(contributions.baseline) }] };
    const line = report.card(section, { id: "contribution-forecast", title: t("forecast"),
      note: t("nothingChangesHelp"), csv: () => report.lineRows(chart) });
    line.body.append(report.legend(chart.lines));
    report.lineChart(line.body, chart);
    const rows = inputs.slice(0, most).map(one => ({ key: one.name,
      name: report.featureName(one.name), value: one.mean }));
    const bars = report.card(section, { id: "contribution-means", title: t("contributionMeans"),
      csv: () => [[t("name"), report.perStep()],
        ...inputs.map(one => [report.featureName(one.name), one.mean])] });
    report.rowBars(bars.body, { label: t("contributionMeans"), rows, format: report.signed });
    const shown = inputs.slice(0, most);
    const map = report.card(section, { id: "contribution-steps", title: t("contributionSteps"),
      note: t("contributionStepsHelp"),
      csv: () => [[t("name"), ...window], ...shown.map(one =>
        [report.featureName(one.name), ...report.numbers(one.overTime)])] });
    heatMap(map.body, t("contributionSteps"), shown, window);
  };
}
