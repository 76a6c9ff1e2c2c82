// Draws the page in the current language and colors.
{
  const { data, t, element } = report;
  const stored = name => {
    try { return localStorage.getItem(`foresight-${name}`); } catch { return null; }
  };
  const store = (name, value) => {
    try { localStorage.setItem(`foresight-${name}`, value); } catch { /* a private window */ }
  };

  const setTheme = theme => {
    report.state.theme = theme;
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };

  const summary = () => {
    const dates = [data.historyCount, data.stepCount - 1].map(step =>
      report.stepName(Math.min(step, data.stepCount - 1)));
    const forecast = data.horizon
      ? t("summaryForecast", t("units", data.horizon, report.unitName()), ...dates)
      : t("summaryPast", data.windows.length);
    return t("summary", { count: report.quantity(data.seriesCount), forecast,
      first: report.stepName(0), last: report.stepName(data.historyCount - 1) });
  };

  const draw = () => {
    report.forgetListeners();
    report.hideTip();
    document.documentElement.lang = report.state.lang === "zh" ? "zh-Hans" : "en";
    document.getElementById("summary").textContent = data.season ? report.seasonSummary()
      : data.series.length ? summary() : t("driversSummary", data.drivers.model);
    document.getElementById("report").replaceChildren();
    const switches = document.getElementById("settings");
    switches.replaceChildren(
      report.choice("language", t("language"), [["en", "English"], ["zh", "中文"]],
        report.state.lang, lang => {
          report.state.lang = lang;
          store("language", lang);
          draw();
          document.getElementById("language").focus();
        }),
      report.choice("theme", t("theme"), ["auto", "light", "dark"].map(one => [one, t(one)]),
        report.state.theme, theme => {
          setTheme(theme);
          store("theme", theme);
          draw();
          document.getElementById("theme").focus();
        }),
      element("button", { type: "button", id: "print", onclick: () => print() }, t("print")));
    if (data.season) report.drawSeason();
    else {
      [report.drawHeadline, report.drawOverview, report.drawForecast, report.drawStock,
        report.drawSeries, report.drawDrivers, report.drawContributions, report.drawCustomers,
        report.drawAccuracy, report.drawQuality].forEach(drawSection => drawSection());
    }
    document.getElementById("footer").replaceChildren(element("p", {}, t("drawn")));
  };

  const wanted = stored("language") || (navigator.language.startsWith("zh") ? "zh" : "en");
  report.state.lang = wanted === "zh" ? "zh" : "en";
  report.state.range = report.defaultRange();
  report.state.grouping = data.groupings.length ? 0 : -1;
  setTheme(["light", "dark"].includes(stored("theme")) ? stored("theme") : "auto");
  document.documentElement.classList.add("scripted");
  draw();
  // Colors on canvases don't follow a change of the system's colors by themselves.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (report.state.theme === "auto") draw();
  });
}
