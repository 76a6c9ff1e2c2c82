// Tables that are sorted by a click on a column.
{
  const { t, element } = report;
  const page = 50;

  // Numbers from small to large, texts from A to Z, and what is unknown last in both directions.
  const compare = (a, b, sign, collator) => {
    const isKnown = [a, b].map(value => value !== null && value !== undefined);
    if (!isKnown[0] || !isKnown[1]) return isKnown[1] - isKnown[0];
    return sign * (typeof a === "string" ? collator.compare(a, b) : a - b);
  };

  const alignment = column => (column.isText || column.isStart ? "start" : null);

  // Columns are { key, name, value, text, isText, isStart }: `value` returns what a row is sorted by and
  // what is downloaded, and `text` what is shown. Columns of texts are sorted from A to Z first. They,
  // and those with `isStart`, are aligned at the start. The first column names the row.
  // `rows` returns the rows. Returns a function that draws again.
  report.sortedTable = (body, { columns, rows, caption, sort = null }) => {
    let order = sort;
    let limit = page;
    const draw = focused => {
      const column = columns.find(one => one.key === (order && order.key));
      const collator = new Intl.Collator(report.state.lang, { numeric: true });
      const all = rows().slice();
      if (column) {
        const sign = order.isDescending ? -1 : 1;
        const values = new Map(all.map(row => [row, column.value(row)]));
        all.sort((a, b) => compare(values.get(a), values.get(b), sign, collator));
      }
      const head = columns.map(one => {
        const isChosen = one === column;
        const direction = !isChosen ? "none" : order.isDescending ? "descending" : "ascending";
        return element("th", { scope: "col", "aria-sort": direction, class: alignment(one) },
          element("button", { type: "button", class: "sort", "data-sort": one.key, onclick: () => {
            // Numbers start with the largest, texts with the first.
            order = { key: one.key, isDescending: isChosen ? !order.isDescending : !one.isText };
            draw(one.key);
          } }, one.name, element("span", { class: "arrow", "aria-hidden": "true" },
            isChosen ? (order.isDescending ? "\u00a0▼" : "\u00a0▲") : "\u00a0↕")));
      });
      const cell = (row, one, place) => element(place === 0 ? "th" : "td",
        { scope: place === 0 ? "row" : null, class: alignment(one) },
        one.text ? one.text(row) : report.quantity(one.value(row)));
      const table = element("table", {}, element("caption", { class: "unseen" }, caption),
        element("thead", {}, element("tr", {}, ...head)),
        element("tbody", {}, ...all.slice(0, limit).map(row => {
          const line = element("tr", {}, ...columns.map((one, place) => cell(row, one, place)));
          line.__data__ = row;
          return line;
        })));
      const more = all.length > limit ? [element("button", { type: "button", class: "more",
        onclick: () => { limit += page * 2; draw(); } },
      t("more", report.quantity(Math.min(page * 2, all.length - limit))))] : [];
      const scroll = element("div", { class: "scroll", tabindex: "0", role: "region",
        "aria-label": caption }, table);
      body.replaceChildren(scroll, ...more);
      if (focused) body.querySelector(`[data-sort="${focused}"]`).focus();
    };
    draw();
    return draw;
  };

  // A card with a table that is sorted and downloaded as CSV. `csv` returns rows in place of those of
  // the columns.
  report.tableCard = (section, { id, title, note, columns, rows, sort, csv }) => {
    const { body, card } = report.card(section, { id, title, note, isTable: true,
      csv: csv || (() => [columns.map(one => one.name),
        ...rows().map(row => columns.map(one => one.value(row) ?? null))]) });
    const draw = report.sortedTable(body, { columns, rows, caption: title, sort });
    return { body, card, draw };
  };

  // The name of a row: a button that shows its series, if the page has it.
  report.seriesLink = (name, index) => (index < 0
    ? element("bdi", { title: name }, report.shortened(name, 48))
    : element("button", { type: "button", class: "link", title: name, onclick: () => {
      report.set({ series: index });
      document.getElementById("series").scrollIntoView();
    } }, element("bdi", {}, report.shortened(name, 48))));
}
