// How texts of a table are ordered and found, and names in a picker: numbers as numbers, dates as dates, words by the Vietnamese
// alphabet, searched without accents. dashboard/streamlit_inside/expressions.py lets Streamlit's tables and pickers ask here.
window.vietnamese = (() => {
  const MISSING = "–";
  const words = new Intl.Collator("vi", { numeric: true });
  const date = /^(\d\d)\/(\d\d)\/(\d{4})(?: (\d\d):(\d\d))?$/;
  const form = { // digits with the separators of the page
    vi: [/^(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/, (text) => text.replaceAll(".", "").replace(",", ".")],
    en: [/^(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/, (text) => text.replaceAll(",", "")],
  };

  function number(text) {
    const [, sign, digits] = /^([+−±-]?)(.*?)%?$/.exec(text);
    const [looks, bare] = form[document.documentElement.lang] ?? form.vi;
    if (!looks.test(digits) && !/^\d+\.\d+$/.test(digits)) return NaN; // as a workbook holds it: 34.5
    return (sign === "−" || sign === "-" ? -1 : 1) * Number(looks.test(digits) ? bare(digits) : digits);
  }

  // [kind, value]: what is missing comes before numbers, numbers before dates, dates before words.
  function read(text) {
    const plain = text.trim();
    if (plain === "" || plain === MISSING) return [0, 0];
    const value = number(plain);
    if (!Number.isNaN(value)) return [1, value];
    const day = date.exec(plain);
    return day ? [2, Number(day[3] + day[2] + day[1] + (day[4] ?? "00") + (day[5] ?? "00"))] : [3, plain];
  }

  function compare(one, other) {
    const [kind, value] = read(String(one)), [otherKind, otherValue] = read(String(other));
    if (kind !== otherKind) return kind - otherKind;
    return kind === 3 ? words.compare(value, otherValue) : value - otherValue;
  }

  const fold = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
  const finder = (typed) => ({ test: (text) => fold(text).includes(fold(typed).trim()) });

  // S in a cell sorts its column, as pressing the heading does: up, down, as it was. Sorting leaves the cell, so the column is kept.
  let last = {};
  function column({ key, location, rawEvent, ctrlKey, metaKey, altKey }) {
    const table = rawEvent?.target;
    if (location !== undefined || last.table !== table) last = { table, column: location?.[0] };
    return key.toLowerCase() === "s" && !ctrlKey && !metaKey && !altKey ? last.column : undefined;
  }
  // A label as it is read: without the marks that take Markdown its meaning (dashboard/shell/markup.py).
  const bare = (label) => label.replace(/:gray\[\]/g, "").replace(/\\(.)/g, "$1");
  return { compare, fold, finder, column, bare };
})();
