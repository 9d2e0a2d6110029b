// A chart keeps the size it has on the screen, and paper is narrower: for printing every chart is scaled to its place.
(() => {
  const charts = () => document.querySelectorAll(".js-plotly-plot .svg-container");

  addEventListener("beforeprint", () => {
    for (const chart of charts()) {
      const [wide, high] = [chart.offsetWidth, chart.offsetHeight];
      chart.style.setProperty("--wide", `${wide}px`);
      chart.style.setProperty("--shape", `${wide} / ${high}`);
      for (const layer of chart.querySelectorAll(".main-svg")) layer.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    }
  });
  addEventListener("afterprint", () => {
    for (const chart of charts()) {
      for (const layer of chart.querySelectorAll(".main-svg")) layer.removeAttribute("viewBox");
    }
  });
})();
