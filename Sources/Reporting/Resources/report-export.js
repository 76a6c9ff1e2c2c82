// Downloads of charts as CSV, SVG, and PNG.
{
  report.download = (blob, name) => {
    const link = report.element("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // Fields by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe.
  const field = value => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
  };
  report.csvText = rows => `${rows.map(row => row.map(field).join(",")).join("\r\n")}\r\n`;
  report.downloadCSV = (rows, name) => report.download(
    // The mark at the start tells spreadsheets that the text is UTF-8.
    new Blob(["\ufeff", report.csvText(rows)], { type: "text/csv;charset=utf-8" }), `${name}.csv`);

  const properties = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width",
    "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-size", "font-family",
    "font-weight", "text-anchor", "visibility"];

  // A copy of the chart that needs no style sheet, with the lines that are drawn on a canvas.
  report.standalone = (body, title) => {
    const svg = body.querySelector("svg");
    const copy = svg.cloneNode(true);
    const sources = [svg, ...svg.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((part, place) => {
      const style = getComputedStyle(sources[place]);
      properties.forEach(name => part.setAttribute(name, style.getPropertyValue(name)));
      ["class", "tabindex", "role"].forEach(name => part.removeAttribute(name));
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const page = getComputedStyle(document.documentElement);
    const make = (name, attributes) => {
      const part = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.entries(attributes).forEach(([key, value]) => part.setAttribute(key, value));
      return part;
    };
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    copy.setAttribute("viewBox", `0 -36 ${width} ${height + 36}`);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height + 36);
    const heading = make("text", { x: 10, y: -12, "font-size": 16, "font-weight": 600,
      "font-family": page.fontFamily, fill: getComputedStyle(document.body).color });
    heading.textContent = title;
    const paper = make("rect", { x: 0, y: -36, width, height: height + 36,
      fill: getComputedStyle(body.closest(".card")).backgroundColor });
    copy.prepend(paper, heading);
    const canvas = body.querySelector("canvas");
    if (canvas) {
      const image = make("image", { x: 0, y: 0, width, height, href: canvas.toDataURL() });
      paper.after(image);
    }
    return { text: new XMLSerializer().serializeToString(copy), width, height: height + 36 };
  };

  report.downloadSVG = (body, name, title) => report.download(
    new Blob([report.standalone(body, title).text], { type: "image/svg+xml" }), `${name}.svg`);

  report.pngBlob = (body, title) => new Promise((resolve, reject) => {
    const { text, width, height } = report.standalone(body, title);
    const image = new Image();
    image.onload = () => {
      const canvas = report.element("canvas", { width: width * 2, height: height * 2 });
      const context = canvas.getContext("2d");
      context.scale(2, 2);
      context.drawImage(image, 0, 0, width, height);
      canvas.toBlob(resolve, "image/png");
    };
    image.onerror = reject;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });
  report.downloadPNG = (body, name, title) =>
    report.pngBlob(body, title).then(blob => report.download(blob, `${name}.png`));
}
