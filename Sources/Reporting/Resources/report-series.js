// Any series: a search, the chart of the chosen one, and its values.
{
  const { data, t, element } = report;
  const most = 50;
  // The steps of the history in the table of a series: as many as were forecast before.
  const tableLead = Math.max(data.horizon,
    data.windows.length ? data.historyCount - data.windows[0].first : 0);

  // The indices of the series whose name or id contains a text, those that start with it first.
  report.find = text => {
    const wanted = text.trim().toLowerCase();
    const places = d3.range(data.series.length);
    if (!wanted) return places;
    const rank = index => {
      const { name, id } = data.series[index];
      const texts = [name.toLowerCase(), id.toLowerCase()];
      if (texts.some(one => one.startsWith(wanted))) return 0;
      return texts.some(one => one.includes(wanted)) ? 1 : 2;
    };
    const ranks = places.map(rank);
    return places.filter(index => ranks[index] < 2).sort((a, b) => ranks[a] - ranks[b] || a - b);
  };

  const searchBox = () => {
    const status = element("span", { class: "hint", role: "status" });
    const list = element("ul", { id: "matches", role: "listbox", "aria-label": t("series"), hidden: "" });
    let active = 0;
    let found = [];
    const isOpen = () => !list.hidden;
    const close = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const pick = index => {
      report.set({ series: index });
      input.value = "";
      close();
    };
    const mark = place => {
      active = Math.max(0, Math.min(found.length - 1, place));
      [...list.children].forEach((option, index) =>
        option.setAttribute("aria-selected", String(index === active)));
      if (list.children[active]) {
        input.setAttribute("aria-activedescendant", list.children[active].id);
        list.children[active].scrollIntoView({ block: "nearest" });
      }
    };
    const open = () => {
      const all = report.find(input.value);
      found = all.slice(0, most);
      status.textContent = all.length ? t("found", report.quantity(all.length)) : t("noneFound");
      list.replaceChildren(...found.map((index, place) => {
        const { name, id } = data.series[index];
        return element("li", { role: "option", id: `match-${place}`, onpointerdown: event => {
          event.preventDefault();
          pick(index);
        } }, element("bdi", {}, report.shortened(name, 80)),
        ...(id === name ? [] : [element("bdi", { class: "hint" }, report.shortened(id, 40))]));
      }));
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      mark(0);
    };
    const input = element("input", { type: "search", id: "search", role: "combobox",
      "aria-expanded": "false", "aria-controls": "matches", "aria-autocomplete": "list",
      autocomplete: "off", placeholder: t("search"), oninput: open, onfocus: open, onblur: close,
      onkeydown: event => {
        if (event.key === "ArrowDown" && !isOpen()) open();
        else if (event.key === "ArrowDown") mark(active + 1);
        else if (event.key === "ArrowUp") mark(active - 1);
        else if (event.key === "Enter" && isOpen()) pick(found[active]);
        else if (event.key === "Escape") close();
        else return;
        event.preventDefault();
      } });
    return element("div", { class: "search" },
      element("label", { for: "search" }, t("search")), input, list, status);
  };

  report.drawSeries = () => {
    if (!data.series.length) return;
    const section = report.section("series", t("series"));
    if (data.seriesCount > data.series.length) {
      section.append(element("p", { class: "hint" }, t("shownOf",
        report.quantity(data.series.length), report.quantity(data.seriesCount))));
    }
    const chart = () => report.rowChart(report.chosenSeries(), { range: () => report.state.range,
      setRange: range => report.set({ range }), withEvents: false });
    const { body, heading, card } = report.card(section, { id: "series-chart", title: "",
      csv: () => report.lineRows(chart()), controls: [searchBox()] });
    const facts = element("p", { class: "facts" });
    body.after(facts);
    let redraw = () => {};
    const draw = () => {
      const row = report.chosenSeries();
      const current = chart();
      heading.replaceChildren(element("bdi", {}, row.name),
        ...(row.id === row.name ? [] : [" ", element("bdi", { class: "hint" }, row.id)]));
      heading.title = row.name;
      body.replaceChildren(report.rowLegend(current));
      redraw = report.lineChart(body, current);
      const texts = [];
      if (row.total) {
        const { value, low, high } = report.periodValue(row, -1);
        texts.push(`${t("forecast")}: ${report.quantity(value)} `
          + `(${report.quantity(low)} – ${report.quantity(high)})`);
        const growth = report.growth(row, -1);
        if (growth !== null) texts.push(`${t("change")}: ${growth >= 0 ? "+" : ""}${report.percent(growth, 1)}`);
      }
      if (row.scores) {
        texts.push(`${t("wape")}: ${report.percent(row.scores.wape, 1)}`);
        texts.push(row.scores.reasons.map(key => t("reason")[key]).join(", "));
      }
      facts.textContent = texts.filter(Boolean).join(" · ");
      details.replaceWith(details = valueTable());
    };
    const valueTable = () => report.details(t("table"), () => report.table(
      report.lineRows({ ...chart(), rows: [Math.max(0, data.historyCount - tableLead),
        data.stepCount] }).map(row => row.map(cell =>
        (typeof cell === "number" || cell === null ? report.quantity(cell) : cell))), t("table")));
    let details = valueTable();
    card.append(details);
    draw();
    report.on(["series"], draw);
    report.on(["range"], () => redraw());
  };
}
