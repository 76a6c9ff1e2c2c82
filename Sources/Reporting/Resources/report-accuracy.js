// The errors of past forecasts.
{
  const { data, t, element } = report;

  const drawScores = section => {
    const { metrics, models } = data.accuracy;
    const card = element("div", { class: "card" }, element("h3", {}, t("scores")),
      report.table([[t("model"), ...metrics.map(metric => metric.name)],
        ...models.map(model => [model.name, ...model.scores])], t("scores"),
      (row, column) => models[row].best.includes(column - 1)),
      report.details(t("definitions"), () => element("dl", {}, ...metrics.flatMap(metric =>
        [element("dt", {}, metric.name), element("dd", { lang: "en" }, metric.definition)]))));
    section.append(card);
  };

  // Actual and predicted values over the past windows, for the chosen series or group.
  const drawWindows = section => {
    const [first] = data.windows.map(window => window.first);
    const end = d3.max(data.windows, window => window.first + window.count) - 1;
    const lead = Math.max(2, Math.round((end - first + 1) / 6));
    let of = "group";
    const row = () => (of === "group" ? report.group() : report.chosenSeries());
    const chart = () => {
      const lines = [
        { key: "actual", name: t("actual"), style: "actual", values: report.history(row()) },
        { key: "forecast", name: data.accuracy.models[0].name, style: "forecast",
          values: report.past(row(), 0) },
        ...(data.baseline ? [{ key: "baseline", name: data.baseline, style: "baseline",
          values: report.past(row(), 1) }] : [])];
      return { label: `${t("windows")}: ${report.rowName(row())}`, lines, bands: [], events: [],
        range: () => [Math.max(0, first - lead), end], height: 300, rows: [first, end + 1],
        shades: data.windows.map(window => [window.first, window.first + window.count - 1]) };
    };
    const { body, card, heading } = report.card(section, { id: "windows-chart", title: "",
      note: t("windowsHelp"), csv: () => report.lineRows(chart()) });
    const holder = element("div", { class: "controls" });
    body.before(holder);
    const draw = () => {
      heading.textContent = t("windows");
      holder.replaceChildren(report.choice("windows-of", t("by"), [
        ["group", report.rowName(report.group())],
        ["series", report.shortened(report.chosenSeries().name, 60)]], of, value => {
        of = value;
        draw();
      }));
      const current = chart();
      body.replaceChildren(report.legend(current.lines));
      report.lineChart(body, current);
    };
    draw();
    report.on(["group", "series"], draw);
    return card;
  };

  const errorLegend = () => report.legend([{ style: "bar-key model", name: data.accuracy.models[0].name },
    ...(data.baseline ? [{ style: "bar-key other", name: data.baseline }] : [])]);

  const drawErrors = (section, id, title, errors, name, axisName) => {
    if (errors.length < 2) return;
    const { body } = report.card(section, { id, title, wide: false, csv: () => [
      [axisName || t("name"), data.accuracy.models[0].name, data.baseline || "", t("bias")],
      ...errors.map(one => [name(one.key), one.wape, one.baseline, one.bias])] });
    body.append(errorLegend());
    const holder = element("div", {});
    body.append(holder);
    report.columnBars(holder, { label: `${title}. ${t("wape")}`, unit: "percent", axisName,
      groups: errors.map(one => ({ key: one.key, name: name(one.key), values: [
        { value: one.wape ?? null, style: "model", label: data.accuracy.models[0].name },
        ...(data.baseline ? [{ value: one.baseline ?? null, style: "other", label: data.baseline }]
          : [])] })) });
  };

  const seasonName = key => {
    const number = Number(key);
    switch (data.accuracy.seasonUnit) {
      // 2024-01-01 was a Monday.
      case "weekday": return report.dateText(Date.UTC(2024, 0, number), { weekday: "short" });
      case "month": return report.dateText(Date.UTC(2024, number - 1, 1), { month: "short" });
      default: return String(number);
    }
  };

  const drawCalibration = section => {
    const levels = data.accuracy.calibration;
    if (!levels.length) {
      section.append(element("div", { class: "card half" }, element("h3", {}, t("calibration")),
        element("p", { class: "hint" }, t("calibrationNone"))));
      return;
    }
    const { body } = report.card(section, { id: "calibration", title: t("calibration"), wide: false,
      note: t("calibrationHelp"),
      csv: () => [[t("promised"), t("observed")], ...levels.map(one => [one.level, one.share])] });
    report.drawing(body, width => {
      body.replaceChildren();
      const height = 264;
      const svg = report.svg(body, width, height, `${t("calibration")} ${levels.map(one =>
        `${report.percent(one.level, 1)}: ${report.percent(one.share, 1)}`).join(", ")}`);
      const x = d3.scaleLinear().range([56, width - 22]);
      const y = d3.scaleLinear().range([height - 44, 30]);
      const ticks = [0, 0.25, 0.5, 0.75, 1];
      ticks.forEach(tick => {
        svg.append("line").attr("class", "grid").attr("x1", x(0)).attr("x2", x(1))
          .attr("y1", y(tick)).attr("y2", y(tick));
        svg.append("text").attr("class", "tick").attr("x", 48).attr("y", y(tick) + 4)
          .attr("text-anchor", "end").text(report.percent(tick));
        svg.append("text").attr("class", "tick").attr("x", x(tick)).attr("y", height - 26)
          .attr("text-anchor", "middle").text(report.percent(tick));
      });
      svg.append("text").attr("class", "note").attr("x", width - 16).attr("y", height - 6)
        .attr("text-anchor", "end").text(t("promised"));
      svg.append("text").attr("class", "note").attr("x", 2).attr("y", 12).text(t("observed"));
      svg.append("path").attr("class", "line baseline-2").attr("d", `M${x(0)} ${y(0)}L${x(1)} ${y(1)}`);
      svg.append("path").datum(levels).attr("class", "line forecast")
        .attr("d", d3.line().x(one => x(one.level)).y(one => y(one.share)));
      svg.append("g").selectAll("circle").data(levels).enter().append("circle")
        .attr("class", "dot forecast").attr("r", 5).attr("cx", one => x(one.level))
        .attr("cy", one => y(one.share)).append("title")
        .text(one => `${report.percent(one.level, 1)}: ${report.percent(one.share, 1)}`);
    });
  };

  const drawRanking = (section, id, title, rows) => {
    const table = report.table([[t("name"), t("mase"), t("wape"), t("why")],
      ...rows.map(row => [report.shortened(row.name, 60), row.scores.mase.toFixed(2),
        report.percent(row.scores.wape, 0),
        row.scores.reasons.map(key => t("reason")[key]).join(", ")])], title);
    table.querySelectorAll("tbody th").forEach((cell, place) => {
      const row = rows[place];
      cell.replaceChildren(element("button", { type: "button", class: "link", title: row.name,
        onclick: () => {
          report.set({ series: data.series.indexOf(row) });
          document.getElementById("series").scrollIntoView();
        } }, element("bdi", {}, report.shortened(row.name, 48))));
    });
    section.append(element("div", { class: "card ranking", id }, element("h3", {}, title), table,
      element("p", { class: "hint" }, t("rankHelp"))));
  };

  report.drawAccuracy = () => {
    if (!data.accuracy) return;
    const section = report.section("accuracy", t("errors"));
    drawScores(section);
    drawWindows(section);
    const halves = element("div", { class: "halves" });
    section.append(halves);
    drawErrors(halves, "error-steps", t("byStep"), data.accuracy.steps, key => key, t("stepsAhead"));
    drawErrors(halves, "error-seasons", t("bySeason")[data.accuracy.seasonUnit],
      data.accuracy.seasons, seasonName, "");
    data.accuracy.groups.forEach((errors, place) => drawErrors(halves, `error-group-${place}`,
      t("byGroup", data.groupings[place].name), errors.slice(0, 24), key => key, ""));
    drawCalibration(halves);
    const scored = data.series.filter(row => row.scores && (row.scores.mase ?? null) !== null)
      .sort((a, b) => a.scores.mase - b.scores.mase);
    if (scored.length > 3) {
      const count = Math.min(8, Math.floor(scored.length / 2));
      drawRanking(section, "best", t("best"), scored.slice(0, count));
      drawRanking(section, "worst", t("worst"), scored.slice(-count).reverse());
    }
  };
}
