(() => {
  "use strict";
  const figures = [...document.querySelectorAll("figure.series")];
  const choice = document.getElementById("choice");
  const show = index => {
    figures.forEach((figure, place) => { figure.hidden = place !== index; });
    choice.value = String(index);
  };
  const showAddressed = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { /* no series' address */ }
    show(Math.max(0, figures.findIndex(figure => figure.dataset.series === id)));
  };
  choice.addEventListener("change", () => {
    const index = Number(choice.value);
    show(index);
    history.replaceState(null, "", "#" + encodeURIComponent(figures[index].dataset.series));
  });
  addEventListener("hashchange", showAddressed);
  document.documentElement.classList.add("scripted");
  showAddressed();

  const quantity = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
  const isDay = text => /^\d{4}-\d\d-\d\d$/.test(text);
  const day = new Intl.DateTimeFormat("en-GB",
    { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

  const readOut = figure => {
    const svg = figure.querySelector("svg");
    const data = JSON.parse(figure.querySelector("script").textContent);
    const cursor = svg.querySelector(".cursor");
    const stepLabel = figure.querySelector(".legend .step");
    const values = [...figure.querySelectorAll(".legend .value")];
    const announcement = figure.querySelector(".announcement");
    const atRest = stepLabel.textContent;
    const dots = data.lines.map(line => {
      const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      dot.setAttribute("class", "dot " + line.style);
      dot.setAttribute("r", "4.5");
      dot.setAttribute("visibility", "hidden");
      svg.append(dot);
      return dot;
    });
    let current = data.dates.length - 1;

    const clear = () => {
      [cursor, ...dots].forEach(part => part.setAttribute("visibility", "hidden"));
      values.forEach(value => { value.textContent = ""; });
      stepLabel.textContent = atRest;
    };
    const moveTo = (place, isSpoken) => {
      current = Math.min(Math.max(place, 0), data.dates.length - 1);
      const x = data.x[current];
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
      cursor.setAttribute("visibility", "visible");
      const step = data.dates[current];
      stepLabel.textContent = isDay(step) ? day.format(new Date(step + "T00:00:00Z")) : step;
      const spoken = [stepLabel.textContent];
      data.lines.forEach((line, place) => {
        const value = line.values[current];
        const isKnown = value !== null;
        values[place].textContent = isKnown ? quantity.format(value) : "";
        dots[place].setAttribute("visibility", isKnown ? "visible" : "hidden");
        if (!isKnown) return;
        dots[place].setAttribute("cx", x);
        dots[place].setAttribute("cy", line.y[current]);
        spoken.push(line.name + " " + quantity.format(value));
      });
      if (isSpoken) announcement.textContent = spoken.join(", ");
    };
    svg.addEventListener("pointermove", event => {
      const point = new DOMPoint(event.clientX, event.clientY)
        .matrixTransform(svg.getScreenCTM().inverse());
      let nearest = 0;
      data.x.forEach((x, step) => {
        if (Math.abs(x - point.x) < Math.abs(data.x[nearest] - point.x)) nearest = step;
      });
      moveTo(nearest, false);
    });
    svg.addEventListener("pointerleave", clear);
    svg.addEventListener("focus", () => moveTo(current, true));
    svg.addEventListener("blur", clear);
    svg.addEventListener("keydown", event => {
      const moves = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7,
        Home: -Infinity, End: Infinity };
      if (!(event.key in moves)) return;
      event.preventDefault();
      moveTo(current + moves[event.key], true);
    });
  };
  figures.forEach(readOut);
})();
