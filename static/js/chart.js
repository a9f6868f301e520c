/* Draws every <div data-chart="id of a json_script">: {data: [...], layout: {...}}, in the page's own type and colours, with Danish numbers. */
"use strict";

(() => {
  const MONTHS = ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"];
  const DAYS = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"];
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const danish = {
    moduleType: "locale",
    name: "da",
    dictionary: { "Download plot as a PNG": "Hent som billede", "Reset axes": "Vis det hele", "Autoscale": "Vis det hele" },
    format: {
      days: DAYS,
      shortDays: DAYS.map((day) => day.slice(0, 3)),
      months: MONTHS,
      shortMonths: MONTHS.map((month) => month.slice(0, 3)),
      date: "%d.%m.%Y",
      decimal: ",",
      thousands: ".",
    },
  };

  const axis = (own) => ({
    automargin: true,
    gridcolor: token("--line"),
    linecolor: token("--line-strong"),
    zerolinecolor: token("--line-strong"),
    fixedrange: true,
    exponentformat: "none",
    separatethousands: true,
    ...own,
  });

  const layoutFor = (own) => ({
    font: { family: '"IBM Plex Sans", sans-serif', size: 14, color: token("--ink") },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    colorway: ["#0c4f63", "#bf7a10", "#4a93a6", "#8a5a78", "#6b7b2c", "#7d8a91"],
    margin: { l: 16, r: 16, t: 16, b: 16 },
    height: 320,
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
    hoverlabel: { font: { family: '"IBM Plex Sans", sans-serif' } },
    dragmode: false,
    ...own,
    separators: ",.",
    xaxis: axis(own.xaxis),
    yaxis: axis(own.yaxis),
  });

  const draw = (place) => {
    const parsed = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const figure = typeof parsed === "string" ? JSON.parse(parsed) : parsed;
    const config = { responsive: true, displayModeBar: false, locale: "da", scrollZoom: false, doubleClick: false };
    return window.Plotly.newPlot(place, figure.data, layoutFor(figure.layout || {}), config);
  };

  /* Without a drawing the figures must be in sight. */
  const showTable = (place) => {
    place.classList.add("chart-plot-failed");
    place.removeAttribute("role");
    place.removeAttribute("aria-label");
    const table = place.closest(".chart").querySelector("details");
    if (table) table.open = true;
  };

  /* A page that seldom draws has not loaded the library; the first drawing fetches it. */
  let library;
  const loaded = (place) => {
    if (window.Plotly) return Promise.resolve();
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = place.dataset.library;
      script.onload = () => { window.Plotly.register(danish); resolve(); };
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  };

  const drawIn = (part) => {
    part.querySelectorAll("[data-chart]:not([data-drawn])").forEach((place) => {
      place.dataset.drawn = "yes";
      loaded(place).then(() => draw(place)).catch(() => showTable(place));
    });
  };

  const everyPlot = (then) => document.querySelectorAll("[data-drawn]:not(.chart-plot-failed)").forEach(then);

  /* Paper is narrower than the screen: draw to the paper's width, and back. */
  window.addEventListener("beforeprint", () => everyPlot((place) => window.Plotly.relayout(place, { autosize: false, width: 640 })));
  window.addEventListener("afterprint", () => everyPlot((place) => window.Plotly.relayout(place, { autosize: true, width: null })));

  if (window.Plotly) window.Plotly.register(danish);
  document.addEventListener("htmx:load", (event) => drawIn(event.detail.elt));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => drawIn(document));
  else drawIn(document);
})();
