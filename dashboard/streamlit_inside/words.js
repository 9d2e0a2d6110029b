// Streamlit has no translations of its own controls. This puts Vietnamese words in the places listed below, and the English
// ones back when the reader switches (?lang=en). Texts of the pages are never touched.
(() => {
  const WORDS = {
    "Upload": "Chọn tệp",
    "Add files": "Chọn tệp khác",
    "file upload": "chọn tệp",
    "Drag and drop a file here": "Kéo tệp vào đây",
    "Drag and drop files here": "Kéo các tệp vào đây",
    "App pages": "Các trang",
    "Main menu": "Trình đơn",
    "Print": "In trang",
    "About": "Giới thiệu",
    "Settings": "Cài đặt",
    "Theme": "Giao diện",
    "System": "Theo máy",
    "Use system setting": "Theo máy",
    "Light": "Sáng",
    "Dark": "Tối",
    "Fullscreen": "Toàn màn hình",
    "Close fullscreen": "Thôi toàn màn hình",
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
    "Stopping...": "Đang dừng…",
    "Connecting": "Đang kết nối",
    "Connection error": "Mất kết nối",
    "Connection closed": "Đã ngắt kết nối",
    "Connection timed out": "Quá thời gian kết nối",
    "Network error": "Lỗi mạng",
    "Download failed": "Chưa tải được",
    "Please wait...": "Xin chờ…",
    "Loading...": "Đang tải…",
    "Open": "Mở",
    "Close": "Đóng",
    "Dismiss": "Đóng",
    "progress": "tiến độ",
    "Copy version to clipboard": "Chép số phiên bản",
    "Copied": "Đã chép",
    "Press Enter to apply": "Nhấn Enter để áp dụng",
    "Press Enter to submit form": "Nhấn Enter để gửi",
    "Clear entry": "Xóa chữ đã gõ",
    "Clear value": "Bỏ chọn",
    "Clear all": "Bỏ chọn tất cả",
    "Select all": "Chọn tất cả",
    "(index)": "(số thứ tự)",
    "Copy column name": "Chép tên cột",
    "text": "chữ",
    "Dataframe column menu": "Việc với cột",
    "Type to search": "Gõ để tìm",
    "Close Search": "Đóng ô tìm",
    "Next Result": "Kết quả sau",
    "Previous Result": "Kết quả trước",
    "Scrollable table": "Bảng cuộn được",
    "Selectbox options": "Các mục",
    "Multiselect options": "Các mục chọn được",
    "Selected values": "Các mục đã chọn",
    "Copy to clipboard": "Chép",
    "Choose date": "Chọn ngày",
    "No data": "Không có số liệu",
    "No content": "Trống",
    "bar_chart icon": "biểu đồ",
    "table_rows icon": "bảng",
    "Help": "Giải thích",
    "Over the years": "Qua các năm",
    "Page not found": "Không có trang này",
    "The page that you have requested does not seem to exist. Running the app's main page.": "Địa chỉ vừa mở không có trang nào. Đây là trang đầu.",
  };
  const ITSELF = ":scope";
  const PLACES = { // data-testid or role -> what lies in it that may hold words
    stFileUploader: "button, span, small, div, button p", stMainMenuPopover: "*", stToolbar: "button, span", stStatusWidget: "*",
    stElementToolbar: "*", stTooltipContent: "*", tooltip: "*", stDataFrameColumnMenu: "*", stDataFrameColumnVisibilityMenu: "*",
    stDataFrame: "label", "search-result-area": ITSELF, stSelectbox: "*", stMultiSelect: "*", stDateInput: "*", listbox: "*", log: "*", InputInstructions: ITSELF,
    stDialog: "button, h1, h2, h3, label, p, span, div", stSkipToContent: ITSELF, stTopNavSection: "p", stButtonGroup: "button span",
  };
  const NAMES = ["aria-label", "title", "placeholder", "aria-description"];
  const NAMED = NAMES.map((name) => `[${name}]`).join(",");
  const BACK = Object.fromEntries(Object.entries(WORDS).map(([english, own]) => [own, english]));
  // What Streamlit puts numbers and names into: [English, Vietnamese], each as what to find and what to say.
  const PATTERNS = [
    [/^(\d+)MB per file( • .*)?$/, "$1MB per file$2", /^Tối đa (\d+) MB một tệp( • .*)?$/, "Tối đa $1 MB một tệp$2"],
    [/^(\S+) files are not allowed\.$/, "$1 files are not allowed.", /^Không nhận tệp (\S+)\.$/, "Không nhận tệp $1."],
    [/^(\d+) options? available\.$/, "$1 options available.", /^Có (\d+) mục\.$/, "Có $1 mục."],
    [/^(\d+) results?$/, "$1 results", /^Có (\d+) kết quả$/, "Có $1 kết quả"],
    [/^over (\d+)$/, "over $1", /^hơn (\d+) kết quả$/, "hơn $1 kết quả"],
    [/^(\d+) of (\d+)$/, "$1 of $2", /^thứ (\d+) trong (\d+)$/, "thứ $1 trong $2"],
    [/^(\d+) more$/, "$1 more", /^(\d+) trang nữa$/, "$1 trang nữa"],
    [/^Help for (.+)$/, "Help for $1", /^Giải thích: (.+)$/, "Giải thích: $1"],
    [/^month, (.+)$/, "month, $1", /^tháng, (.+)$/, "tháng, $1"],
    [/^day, (.+)$/, "day, $1", /^ngày, (.+)$/, "ngày, $1"],
    [/^year, (.+)$/, "year, $1", /^năm, (.+)$/, "năm, $1"],
    [/^Made with Streamlit v/, "Made with Streamlit v", /^Dựng bằng Streamlit bản /, "Dựng bằng Streamlit bản "],
    [/^Remove (.+\..+)$/, "Remove $1", /^Bỏ tệp (.+\..+)$/, "Bỏ tệp $1"],
    [/^Remove (.+)$/, "Remove $1", /^Bỏ (?!tệp|chọn|ghim)(.+)$/, "Bỏ $1"],
    [/^Select (\d+) matches$/, "Select $1 matches", /^Chọn cả (\d+) mục$/, "Chọn cả $1 mục"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "You can only select up to $1 options. Remove an option first.",
      /^Chọn nhiều nhất (\d+) mục\. Hãy bỏ một mục trước\.$/, "Chọn nhiều nhất $1 mục. Hãy bỏ một mục trước."],
    [/^Error: File must be (\d+)(?:\.0)?MB or smaller\.$/, "Error: File must be $1.0MB or smaller.",
      /^Tệp lớn hơn (\d+) MB nên chưa gửi được: bỏ ảnh, trang và dòng không dùng rồi lưu lại\.$/,
      "Tệp lớn hơn $1 MB nên chưa gửi được: bỏ ảnh, trang và dòng không dùng rồi lưu lại."],
    [/^(?:(?:Error: )?AxiosError: Request failed with status code 413|Too much was sent from this page: .+)$/,
      "Too much was sent from this page: reload it, then choose the file again.",
      /^(?:(?:Error: )?AxiosError: Request failed with status code 413|Trang này đã nhận quá nhiều tệp: .+)$/,
      "Trang này đã nhận quá nhiều tệp: tải lại trang rồi chọn lại tệp."],
    [/^(?:Error: )?AxiosError: (.+)$/, "AxiosError: $1",
      /^Chưa gửi được tệp: bỏ tệp này rồi chọn lại\. \((.+)\)$/, "Chưa gửi được tệp: bỏ tệp này rồi chọn lại. ($1)"],
    [/^(\d+)\.(\d)([KM]B)$/, "$1.$2$3", /^(\d+),(\d) ([KM]B)$/, "$1,$2 $3"],
  ];
  let waiting = false, last = 0;

  function word(text, lang) {
    const plain = text.trim();
    const known = lang === "vi" ? WORDS : BACK;
    if (known[plain]) return text.replace(plain, known[plain]);
    const [first, ...rest] = plain.split(": "); // "Search: title of the table"
    if (rest.length && known[first]) return text.replace(first, known[first]);
    for (const [english, toEnglish, own, toOwn] of PATTERNS) {
      const [found, said] = lang === "vi" ? [english, toOwn] : [own, toEnglish];
      if (found.test(plain)) return plain.replace(found, said);
    }
    return text;
  }

  function translate() {
    waiting = false;
    last = performance.now();
    const lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "vi";
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
    for (const icon of document.querySelectorAll('[role="img"][aria-label$=" icon"]')) {
      if (!WORDS[icon.ariaLabel]) icon.ariaHidden = "true"; // words stand beside it
    }
    for (const place of document.querySelectorAll(NAMED)) {
      for (const name of NAMES) {
        const said = place.getAttribute(name);
        if (said && word(said, lang) !== said) place.setAttribute(name, word(said, lang));
      }
    }
    for (const root of document.querySelectorAll("[data-testid], [role]")) {
      const inside = PLACES[root.dataset.testid] ?? PLACES[root.getAttribute("role")];
      if (!inside) continue;
      for (const place of inside === ITSELF ? [root] : root.querySelectorAll(inside)) {
        for (const node of place.childNodes) {
          if (node.nodeType === Node.TEXT_NODE && word(node.data, lang) !== node.data) node.data = word(node.data, lang);
        }
      }
    }
  }

  // At once after a pause, else ten times a second: a page that draws itself changes in every frame.
  function soon() {
    if (!waiting) {
      waiting = true;
      setTimeout(translate, Math.max(0, last + 100 - performance.now()));
    }
  }

  const outsideCharts = ({ target }) => !(target.closest ? target : target.parentElement)?.closest(".js-plotly-plot");
  const changed = (records) => { if (records.some(outsideCharts)) soon(); };
  new MutationObserver(changed).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: NAMES });
  for (const name of ["pushState", "replaceState"]) {
    const own = history[name].bind(history);
    history[name] = (...given) => { own(...given); soon(); };
  }
  addEventListener("popstate", soon);
})();
