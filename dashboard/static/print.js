// A chart keeps the size it has on the screen, and paper is narrower: for printing every chart is scaled to its place.
(() => {
  const charts = () => document.querySelectorAll(".js-plotly-plot .svg-container");

  const HIGHEST = 900; // what a sheet has room for below the title of a panel

  const isDark = () => {
    const [red, green, blue] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/[\d.]+/g).map(Number);
    return red + green + blue < 384;
  };

  addEventListener("beforeprint", () => {
    document.documentElement.classList.toggle("from-dark", isDark());
    for (const chart of charts()) {
      const [wide, high] = [chart.offsetWidth, chart.offsetHeight];
      chart.style.setProperty("--widest", `${(HIGHEST * wide) / high}px`);
      chart.style.setProperty("--shape", `${wide} / ${high}`);
      for (const layer of chart.querySelectorAll(".main-svg")) layer.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    }
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("from-dark");
    for (const chart of charts()) {
      for (const layer of chart.querySelectorAll(".main-svg")) layer.removeAttribute("viewBox");
    }
  });
})();
