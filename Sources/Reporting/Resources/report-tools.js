// Parts that sections share: elements, cards, choices, tables, and the tip at the pointer.
{
  const { t } = report;

  report.element = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined) element.setAttribute(key, value);
    });
    element.append(...children);
    return element;
  };
  const { element } = report;

  // A section of the page.
  report.section = (id, title) => {
    const section = element("section", { id, "aria-labelledby": `${id}-title` },
      element("h2", { id: `${id}-title` }, title));
    document.getElementById("report").append(section);
    return section;
  };

  // A figure in words.
  report.tile = (title, figure, ...notes) => element("div", { class: "tile" },
    element("h3", {}, title), element("p", { class: "figure" }, figure),
    ...notes.filter(Boolean).map(note => element("p", {}, note)));

  // A chart or a table with a title, a note, and buttons that export it. `csv` returns its rows.
  report.card = (section, { id, title, note, csv, controls = [], wide = true, isTable = false }) => {
    const body = element("div", { class: "chart" });
    const heading = element("h3", { id: `${id}-title` }, title);
    const buttons = element("div", { class: "exports" });
    const card = element("figure", { id, class: `card${wide ? "" : " half"}${isTable ? " of-table" : ""}`,
      "aria-labelledby": `${id}-title` },
    element("div", { class: "card-head" }, heading, buttons));
    const name = () => heading.textContent;
    const addButton = (kind, action) => buttons.append(element("button", {
      type: "button", class: "export", "data-kind": kind,
      "aria-label": t("exportAs", t(kind), name()), title: t("exportAs", t(kind), name()),
      onclick: action }, t(kind)));
    if (csv) addButton("csv", () => report.downloadCSV(csv(), id));
    if (!isTable) {
      addButton("svg", () => report.downloadSVG(body, id, name()));
      addButton("png", () => report.downloadPNG(body, id, name()));
    }
    if (controls.length) card.append(element("div", { class: "controls" }, ...controls));
    card.append(body);
    if (note) card.append(element("p", { class: "hint" }, note));
    section.append(card);
    return { card, body, heading };
  };

  report.choice = (id, label, options, value, action) => {
    const select = element("select", { id, onchange: () => action(select.value) },
      ...options.map(([key, text]) => element("option", { value: key }, text)));
    select.value = value;
    return element("span", { class: "choice" }, element("label", { for: id }, label), select);
  };

  // A table from rows of texts, the first of which is the header.
  report.table = (rows, caption, marks = () => false) => element("div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element("table", {}, element("caption", { class: "unseen" }, caption),
      element("thead", {}, element("tr", {},
        ...rows[0].map(text => element("th", { scope: "col" }, text)))),
      element("tbody", {}, ...rows.slice(1).map((row, place) => element("tr", {},
        ...row.map((text, column) => (column === 0
          ? element("th", { scope: "row" }, text)
          : element("td", marks(place, column) ? { class: "best" } : {}, text))))))));

  report.details = (summary, content) => {
    const details = element("details", { ontoggle: () => {
      if (details.open && details.children.length === 1) details.append(content());
    } }, element("summary", {}, summary));
    return details;
  };

  report.legend = entries => element("ul", { class: "legend" }, ...entries.map(entry =>
    element("li", { class: entry.style }, element("span", { class: "swatch" }),
      element("span", {}, entry.name))));

  report.say = text => { document.getElementById("announcement").textContent = text; };

  // Text of at most `count` characters.
  report.shortened = (text, count) => {
    const letters = [...text];
    return letters.length > count ? `${letters.slice(0, count - 1).join("")}…` : text;
  };

  // The width of a text in a chart, in pixels.
  const ruler = document.createElement("canvas").getContext("2d");
  report.textWidth = (text, size = 12) => {
    ruler.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
    return ruler.measureText(text).width;
  };

  // As much of a text as fits into a width.
  report.fitted = (text, width, size = 12) => {
    let count = [...text].length;
    if (count > 200) count = 200;
    while (count > 1 && report.textWidth(report.shortened(text, count), size) > width) count -= 1;
    return report.shortened(text, count);
  };

  // The place for the labels of an axis on the left, which are at most a third of the width.
  report.leftMargin = (labels, width) => Math.min(width / 3,
    Math.max(width < 500 ? 38 : 50, d3.max(labels, label => report.textWidth(label)) + 12));

  // Draws a chart now and whenever its width changes.
  report.drawing = (body, draw) => {
    let width = 0;
    const redraw = () => {
      width = Math.floor(body.clientWidth);
      if (width > 0) draw(width);
    };
    new ResizeObserver(() => {
      if (Math.floor(body.clientWidth) !== width) redraw();
    }).observe(body);
    redraw();
    return redraw;
  };

  // The tip that follows the pointer.
  const tip = element("div", { class: "tip", hidden: "", role: "presentation" });
  report.showTip = (x, y, ...content) => {
    if (!tip.isConnected) document.body.append(tip);
    tip.replaceChildren(...content);
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = x + 16 + box.width > innerWidth ? x - 16 - box.width : x + 16;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 12, innerHeight - box.height - 4))}px`;
  };
  report.hideTip = () => { tip.hidden = true; };

  report.svg = (body, width, height, label, role = "img") => d3.select(body).append("svg")
    .attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height)
    .attr("role", role).attr("aria-label", label);
}
