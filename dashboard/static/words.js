// Streamlit has no translations of its own controls. This puts Vietnamese words in the places listed below, and the English
// ones back when the reader switches (?lang=en). Texts of the pages are never touched.
(() => {
  const WORDS = {
    "Upload": "Chọn tệp",
    "Browse files": "Chọn tệp",
    "Add files": "Chọn tệp khác",
    "file upload": "chọn tệp",
    "Drag and drop file here": "Kéo tệp vào đây",
    "Drag and drop files here": "Kéo các tệp vào đây",
    "Print": "In trang",
    "Record screen": "Quay màn hình",
    "Stop recording": "Dừng quay",
    "About": "Giới thiệu",
    "Settings": "Cài đặt",
    "Appearance": "Giao diện",
    "Theme": "Giao diện",
    "System": "Theo máy",
    "Use system setting": "Theo máy",
    "Light": "Sáng",
    "Dark": "Tối",
    "Wide mode": "Trang rộng",
    "Fullscreen": "Toàn màn hình",
    "Close fullscreen": "Thôi toàn màn hình",
    "Download as CSV": "Tải về dạng CSV",
    "Search": "Tìm trong bảng",
    "Show/hide columns": "Hiện/ẩn cột",
    "Show data": "Xem số liệu",
    "Show chart": "Xem biểu đồ",
    "Clear selection": "Bỏ chọn",
    "Sort ascending": "Xếp tăng dần",
    "Sort descending": "Xếp giảm dần",
    "Format": "Định dạng",
    "Autosize": "Vừa độ rộng",
    "Pin column": "Ghim cột",
    "Unpin column": "Bỏ ghim cột",
    "Hide column": "Ẩn cột",
    "Statistics": "Thống kê",
    "Choose an option": "Chọn một mục",
    "Choose options": "Chọn",
    "No results": "Không tìm thấy",
    "Skip to main content": "Đến nội dung chính",
    "Running...": "Đang chạy…",
    "Stop": "Dừng",
    "Connecting": "Đang kết nối",
    "Connection error": "Mất kết nối",
    "Close": "Đóng",
    "Press Enter to apply": "Nhấn Enter để áp dụng",
    "Remove file": "Bỏ tệp",
    "View more": "Xem thêm",
  };
  const PLACES = [
    '[data-testid="stFileUploader"] :is(button, span, small, div, input)', '[data-testid="stFileUploader"] button p',
    '[data-testid="stMainMenu"] *', '[data-testid="stMainMenuPopover"] *', '[data-testid="stMainMenuList"] *',
    '[data-testid="stToolbar"] :is(button, span)', '[data-testid="stStatusWidget"] *',
    '[data-testid="stElementToolbar"] *', '[data-testid="stElementToolbarButton"] *', '[data-testid="stTooltipContent"] *', '[role="tooltip"] *',
    '[data-testid="stDataFrameColumnMenu"] *', '[data-testid="stDataFrameColumnVisibilityMenu"] *', '[data-testid="stDataFrameTooltipContent"] *',
    '[data-testid="stSelectbox"] *', '[data-testid="stMultiSelect"] *', '[role="listbox"] *', '[data-testid="InputInstructions"]',
    '[data-testid="stDialog"] :is(button, h1, h2, h3, label, p, span, div)', 'a[href="#main"]', '[data-testid="stSkipLink"]',
    '[role="menuitem"], [role="menuitem"] *',
  ].join(",");
  const BACK = Object.fromEntries(Object.entries(WORDS).map(([english, own]) => [own, english]));
  // Words around a number or a name: [English, Vietnamese], each as pattern and as what it becomes.
  const SHAPES = [
    [/^(\d+)MB per file( • .*)?$/, "$1MB per file$2", /^Tối đa (\d+) MB một tệp( • .*)?$/, "Tối đa $1 MB một tệp$2"],
    [/^Remove (.+\..+)$/, "Remove $1", /^Bỏ tệp (.+\..+)$/, "Bỏ tệp $1"],
    [/^Error: File must be (\d+)(?:\.0)?MB or smaller\.$/, "Error: File must be $1.0MB or smaller.",
      /^Tệp lớn hơn (\d+) MB nên chưa gửi được\.$/, "Tệp lớn hơn $1 MB nên chưa gửi được."],
    [/^(\d+)\.(\d)([KM]B)$/, "$1.$2$3", /^(\d+),(\d) ([KM]B)$/, "$1,$2 $3"],
  ];
  let waiting = false;

  function word(text, lang) {
    const plain = text.trim();
    const other = (lang === "vi" ? WORDS : BACK)[plain];
    if (other) return text.replace(plain, other);
    for (const [english, englishWords, own, ownWords] of SHAPES) {
      const [from, to] = lang === "vi" ? [english, ownWords] : [own, englishWords];
      if (from.test(plain)) return plain.replace(from, to);
    }
    return text;
  }

  function translate() {
    waiting = false;
    const lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "vi";
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
    for (const place of document.querySelectorAll(PLACES)) {
      for (const name of ["aria-label", "title", "placeholder"]) {
        const said = place.getAttribute(name);
        if (said && word(said, lang) !== said) place.setAttribute(name, word(said, lang));
      }
      for (const node of place.childNodes) {
        if (node.nodeType === Node.TEXT_NODE && word(node.data, lang) !== node.data) node.data = word(node.data, lang);
      }
    }
  }

  function soon() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(translate);
    }
  }

  new MutationObserver(soon).observe(document, { subtree: true, childList: true, characterData: true });
  for (const name of ["pushState", "replaceState"]) {
    const own = history[name].bind(history);
    history[name] = (...given) => { own(...given); soon(); };
  }
  addEventListener("popstate", soon);
})();
