"""What the dashboard and its tests take from inside Streamlit, beyond its documented API. No other room does that.

Each item is a reliance: what it is and in which file, why the public API is not enough, and the version of Streamlit in
which it was seen. The test with the name of the item (tests/dashboard/test_streamlit_inside.py) fails as soon as a
version of Streamlit no longer has it.

- parts: the `data-testid` names of elements (parts.py, words.js, static/style.css). Only elements of ours can have a
  key; menus, toolbars, tables and messages have no documented name. 1.67.0
- classes: `.stApp` and `.stElementContainer` (parts.py, static/print.js, static/style.css). The background of a page
  and the box around an element have no key. 1.67.0
- roles: the ARIA roles of parts without a testid (parts.py, words.js). Their reason is that of parts. 1.67.0
- states: attributes that say whether a script runs, what is stale and what is chosen (parts.py, static/style.css).
  The browser has no other sign of these states; tests wait for them. 1.67.0
- words: the English words of Streamlit's controls, which are replaced (words.js). Streamlit has no translations.
  1.67.0
- history: `history.pushState` and `history.replaceState`, by which pages and filters reach the URL (history.js,
  words.js). The API has no event for a change of the URL and always adds a step. 1.67.0
- files: the folder of the built scripts, and the name of the script that draws charts (built.py). Streamlit does not
  preload it. 1.67.0
- document: `<html lang="en">`, `</head>` and `window.__streamlit` of the one HTML document (built.py). The API cannot
  set the language, styles and scripts of the document, nor where it finds its server. 1.67.0
- expressions: pieces of the built scripts that are served replaced (expressions.py). There are no settings for how
  tables sort and search, nor for names and roles that a screen reader needs. 1.67.0
- places: paths of the server, the protocol of its WebSocket, cookie and header of uploads (places.py). No setting
  closes a path or limits the uploads of a session; tests talk to the server without a browser. 1.67.0
- held: the files that the server keeps for a session (held.py). Streamlit limits a file, not a session. 1.67.0
- kinds: the types of containers, uploaded files and deleted files (kinds.py). Signatures need the first two; a
  deleted file is only known by its type. 1.67.0
- messages: the messages on the WebSocket (messages.py). Tests and benchmarks read pages without a browser. 1.67.0
- trying: the body of `st.html` in `AppTest` (trying.py). `AppTest` has no property for it. 1.67.0
- main_module: the page that `AppTest` leaves behind as `sys.modules["__main__"]` (tests/conftest.py). `AppTest` does
  not put back the module that was there. 1.67.0
"""

from pathlib import Path

SEEN_IN = "1.67.0"  # the version for which all of this was looked at
WORDS, HISTORY = (Path(__file__).with_name(name) for name in ("words.js", "history.js"))
