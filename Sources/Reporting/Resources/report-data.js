// The data of the page, what is selected, and the texts and numbers of the current language.
{
  const data = JSON.parse(document.querySelector("script[type='application/json']").textContent);
  report.data = data;
  data.stepCount = data.dates.length;
  data.horizon = data.stepCount - data.historyCount;
  data.times = data.dates.map(text =>
    new Date(text.length > 10 ? `${text}:00:00Z` : `${text}T00:00:00Z`));

  // Packed numbers are read when a chart shows them.
  const read = new Map();
  report.numbers = text => {
    if (!text) return [];
    let numbers = read.get(text);
    if (!numbers) {
      numbers = text.split(" ").map(one => (one === "-" ? null : Number(one)));
      read.set(text, numbers);
    }
    return numbers;
  };

  // The values of a row over all steps, with null where nothing is known.
  const atSteps = (first, values) => {
    const all = new Array(data.stepCount).fill(null);
    values.forEach((value, place) => { all[first + place] = value; });
    return all;
  };
  report.history = row => atSteps(row.start, report.numbers(row.history));
  report.forecast = row => atSteps(data.historyCount, report.numbers(row.forecast));
  report.quantiles = row =>
    (row.quantiles || []).map(packed => atSteps(data.historyCount, report.numbers(packed)));
  report.past = (row, model) => {
    const all = new Array(data.stepCount).fill(null);
    data.windows.forEach((window, place) => {
      const packed = row.past[place] && row.past[place][model];
      report.numbers(packed).forEach((value, step) => { all[window.first + step] = value; });
    });
    return all;
  };
  report.lastYear = row => {
    const history = report.history(row);
    return history.map((_, step) =>
      (step >= data.yearLength ? history[step - data.yearLength] : null));
  };
  report.levels = row => (data.sums.includes(row) ? data.sumLevels : data.seriesLevels);

  // The central intervals of a row's forecast, the widest first.
  report.intervals = row => {
    const levels = report.levels(row);
    const quantiles = report.quantiles(row);
    return levels.flatMap((level, low) => {
      const high = levels.findIndex(other => Math.abs(other - (1 - level)) < 1e-9);
      return level < 0.5 && high >= 0 && quantiles.length
        ? [{ probability: 1 - 2 * level, low: quantiles[low], high: quantiles[high] }] : [];
    });
  };

  // The value of a row in a period, or over the whole forecast, with its bounds.
  report.periodValue = (row, period) => {
    const [value, low, high] = report.numbers(period < 0 ? row.total : row.periods[period]);
    return { value, low, high };
  };
  report.periodSteps = period => {
    const first = data.historyCount + Math.max(0, period) * data.periodLength;
    return [first, period < 0 ? data.stepCount - 1 : first + data.periodLength - 1];
  };
  report.growth = (row, period) => {
    const [first, last] = report.periodSteps(period).map(step => step - data.yearLength - row.start);
    const before = first >= 0 ? report.numbers(row.history).slice(first, last + 1) : [];
    const known = before.filter(value => value !== null);
    const sum = d3.sum(known);
    return known.length * 2 > last - first + 1 && sum > 0
      ? report.periodValue(row, period).value / sum - 1 : null;
  };
  report.rowName = row => (row === data.sums[0] ? report.t("allItems") : row.name);

  // What the reader chose. A change is passed on to the charts that depend on it.
  const listeners = [];
  report.state = { lang: "en", group: 0, series: 0, period: -1, grouping: 0, sort: "forecast",
    range: null, theme: "auto" };
  report.on = (names, listener) => listeners.push({ names, listener });
  report.set = changes => {
    const changed = Object.keys(changes).filter(name => changes[name] !== report.state[name]);
    Object.assign(report.state, changes);
    listeners.slice().forEach(one => {
      if (one.names.some(name => changed.includes(name))) one.listener();
    });
  };
  report.forgetListeners = () => { listeners.length = 0; };
  report.group = () => data.sums[report.state.group];
  report.chosenSeries = () => data.series[report.state.series];

  // Texts and numbers.
  const locale = () => (report.state.lang === "zh" ? "zh-CN" : "en-GB");
  report.t = (key, ...parts) => {
    const text = report.texts[report.state.lang][key];
    return typeof text === "function" ? text(...parts) : text;
  };
  // `sign` is `exceptZero` for numbers that always have one.
  report.quantity = (value, sign = "auto") => {
    if (value === null || value === undefined) return "–";
    const size = Math.abs(value);
    const digits = Number.isInteger(value) || size >= 1000 ? 0 : size >= 0.1 ? 1 : 3;
    return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits, signDisplay: sign })
      .format(value);
  };
  report.decimal = (value, digits, sign = "auto") => new Intl.NumberFormat(locale(),
    { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: sign }).format(value);
  report.percent = (share, digits = 0, sign = "auto") => (share === null || share === undefined ? "–"
    : new Intl.NumberFormat(locale(), { style: "percent", minimumFractionDigits: digits,
      maximumFractionDigits: digits, signDisplay: sign })
      .format(share));
  report.signed = value => report.quantity(value, "exceptZero");
  report.signedPercent = (share, digits = 0) => report.percent(share, digits, "exceptZero");
  report.compact = value =>
    new Intl.NumberFormat(locale(), { notation: "compact", maximumFractionDigits: 2 }).format(value);
  report.dateText = (time, options) =>
    new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }).format(time);
  report.stepName = step => {
    const time = data.times[step];
    const day = { day: "numeric", month: "short", year: "numeric" };
    switch (data.frequency) {
      case "hour": return report.dateText(time, { ...day, hour: "2-digit", minute: "2-digit" });
      case "week": return report.t("weekOf", report.dateText(time, day));
      case "month": return report.dateText(time, { month: "long", year: "numeric" });
      case "quarter":
        return report.t("quarterOf", Math.floor(time.getUTCMonth() / 3) + 1, time.getUTCFullYear());
      case "year": return String(time.getUTCFullYear());
      default: return report.dateText(time, { weekday: "short", ...day });
    }
  };
  report.unitName = () => report.t("unitOf")[data.frequency] || data.frequency;
  report.perStep = () => report.t("per", data.unit, report.unitName());
}
