// Forecast bars by category and item, and by period.
{
  const { data, t, element } = report;
  const page = 12;

  // The grouping that the choice "items" stands for.
  const items = -1;

  const growthNote = growth => (growth === null ? null
    : `${t("change")}: ${growth >= 0 ? "+" : ""}${report.percent(growth, 1)}`);

  // The rows of the bars: categories of the grouping, or the items of the chosen group.
  const candidates = () => {
    const { grouping, group, period } = report.state;
    const chosen = report.group();
    const rows = grouping !== items && group === 0
      ? data.sums.map((row, index) => ({ row, group: index }))
        .filter(one => one.row.grouping === grouping)
      : data.series.map((row, index) => ({ row, series: index }))
        .filter(one => {
          if (group === 0) return true;
          const siblings = data.sums.filter(row => row.grouping === chosen.grouping);
          return one.row.categories[chosen.grouping] === siblings.indexOf(chosen);
        });
    return rows.map(one => ({ ...one, ...report.periodValue(one.row, period),
      // Last year's sales of thousands of series take a moment to read.
      get growth() { return report.growth(one.row, period); },
      error: one.row.scores ? one.row.scores.wape : null }));
  };

  // What rows are sorted by, from large to small. Names are sorted from A to Z.
  const keys = { forecast: one => one.value, growth: one => one.growth ?? -Infinity,
    error: one => one.error ?? -Infinity };
  const sorted = (rows, sort) => {
    if (sort === "name") {
      const { compare } = new Intl.Collator(report.state.lang);
      return rows.sort((a, b) => compare(a.row.name, b.row.name));
    }
    const values = new Map(rows.map(one => [one, keys[sort](one)]));
    return rows.sort((a, b) => d3.descending(values.get(a), values.get(b)));
  };

  const periodName = period => {
    const [first, last] = report.periodSteps(period);
    const short = { day: "numeric", month: "short" };
    if (["month", "quarter", "year"].includes(data.frequency)) return report.stepName(first);
    return `${report.dateText(data.times[first], short)} – ${report.dateText(data.times[last], short)}`;
  };

  report.drawForecast = () => {
    if (!data.horizon || !data.series.length) return;
    const section = report.section("forecast", t("bars"));
    let limit = page;
    let rows = [];
    const controls = element("div", { class: "controls" });
    const { body, card, heading } = report.card(section, { id: "forecast-bars", title: "",
      note: t("barHelp"), csv: () => [
        [t("id"), t("name"), t("forecast"), t("lower", report.percent(0.8)),
          t("upper", report.percent(0.8)), t("change")],
        ...rows.map(one => [one.row.id, report.rowName(one.row), one.value, one.low, one.high,
          one.growth])] });
    body.before(controls);
    const more = element("button", { type: "button", class: "more", onclick: () => {
      limit += page * 2;
      draw();
    } });
    body.after(more);

    const choose = ({ key }) => {
      const one = rows[key];
      limit = page;
      if (one.series !== undefined) {
        report.set({ series: one.series });
        report.say(`${t("selected")}: ${one.row.name}`);
      } else report.set({ group: one.group });
    };

    const drawControls = () => {
      const { grouping, group, sort, period } = report.state;
      const options = [...data.groupings.map((one, index) => [String(index), one.name]),
        [String(items), t("items")]];
      controls.replaceChildren(
        ...(data.groupings.length ? [report.choice("by", t("by"), options, String(grouping), value => {
          limit = page;
          report.set({ grouping: Number(value), group: 0 });
        })] : []),
        report.choice("sort", t("sortBy"), [["forecast", t("sortForecast")],
          ["growth", t("sortGrowth")], ["name", t("sortName")],
          ...(data.accuracy ? [["error", t("sortError")]] : [])], sort,
        value => report.set({ sort: value })),
        report.choice("period", t("periodLabel"), [["-1", t("whole")],
          ...data.sums[0].periods.map((_, index) => [String(index), periodName(index)])],
        String(period), value => report.set({ period: Number(value) })),
        ...(group > 0 ? [element("button", { type: "button", class: "back", onclick: () =>
          report.set({ group: 0 }) }, `← ${t("back")}`)] : []));
    };

    let stop = () => {};
    const draw = () => {
      drawControls();
      const { group, series, sort } = report.state;
      rows = sorted(candidates(), sort);
      heading.textContent = group > 0 ? report.rowName(report.group())
        : report.state.grouping === items ? t("items") : data.groupings[report.state.grouping].name;
      more.hidden = rows.length <= limit;
      more.textContent = t("more", Math.min(page * 2, rows.length - limit));
      const holder = element("div", {});
      body.replaceChildren(holder);
      stop = report.rowBars(holder, { label: heading.textContent, choose,
        rows: rows.slice(0, limit).map((one, key) => ({ key, name: report.rowName(one.row),
          value: one.value, low: one.low, high: one.high, note: growthNote(one.growth),
          isChosen: one.series !== undefined && one.series === series })) });
      return stop;
    };
    draw();
    report.on(["group", "grouping", "sort", "period", "series"], draw);
    drawPeriods(section, periodName);
  };

  const drawPeriods = (section, name) => {
    const values = () => report.group().periods.map((_, period) => ({ period,
      ...report.periodValue(report.group(), period) }));
    const { body, heading } = report.card(section, { id: "forecast-periods", title: "",
      csv: () => [[t("periodLabel"), t("forecast"), t("lower", report.percent(0.8)),
        t("upper", report.percent(0.8))],
      ...values().map(one => [name(one.period), one.value, one.low, one.high])] });
    const draw = () => {
      heading.textContent = t("byPeriod", report.rowName(report.group()));
      const holder = element("div", {});
      body.replaceChildren(holder);
      report.columnBars(holder, { label: heading.textContent, chosen: report.state.period,
        groups: values().map(one => ({ key: one.period, name: name(one.period).split(" – ")[0],
          fullName: name(one.period), values: [one] })),
        choose: group => {
          const isChosen = group.key === report.state.period;
          const [first, last] = report.periodSteps(group.key);
          report.set(isChosen ? { period: -1, range: report.defaultRange() }
            : { period: group.key, range: [Math.max(0, first - 2 * (last - first + 1)), last] });
        } });
    };
    draw();
    report.on(["group", "period"], draw);
  };
}
