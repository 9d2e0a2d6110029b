"""What the dashboard and its tests take from inside Streamlit, beyond its documented API. Nothing outside this room does so.

Each item below is a reliance: what it is (where it stands here), why the public API does not do, and the version it was seen in.
The test of the same name in tests/dashboard/test_streamlit_inside.py fails when a version of Streamlit no longer has it.

- parts: `data-testid` names of elements (parts.py, words.js, static/style.css). Only elements of ours can carry a key; menus,
  toolbars, tables and messages have no documented name. 1.67.0
- classes: `.stApp` and `.stElementContainer` (parts.py, static/print.js, static/style.css). The ground of a page and the box around
  an element have no key. 1.67.0
- roles: ARIA roles of parts without a testid (parts.py, words.js). As for parts. 1.67.0
- states: attributes that say whether a script runs, what is stale, what is chosen (parts.py, static/style.css). A browser is told
  them in no other way; tests wait for them. 1.67.0
- words: the English words of controls, by which they are found and replaced (words.js). There are no translations. 1.67.0
- history: pages and filters reach the URL by `history.pushState` and `history.replaceState` (history.js, words.js). The API has no
  event for a change of the URL and always adds a step. 1.67.0
- files: where the built scripts lie, and the name of the script that draws charts (built.py). Nothing preloads it. 1.67.0
- document: `<html lang="en">`, `</head>` and `window.__streamlit` of the one HTML document (built.py). Language, styles and
  scripts of a page cannot be set, nor where it finds its server. 1.67.0
- expressions: pieces of the built scripts that are replaced while they are served (expressions.py). There are no settings
  for how tables sort and search, nor for names and roles that are read aloud. 1.67.0
- places: paths of the server, the name of the WebSocket's protocol, cookie and header of uploads (places.py). No setting closes a
  path or counts what is sent; tests speak to the server without a browser. 1.67.0
- held: the files that the server keeps for a session (held.py). It has no limit for a session, only for a file. 1.67.0
- kinds: types of containers, uploaded files and deleted files (kinds.py). Functions that return or take them are annotated with
  them, and only its type tells a deleted file. 1.67.0
- messages: what page and server say on the WebSocket (messages.py). Tests and benchmarks are readers without a browser. 1.67.0
- trying: the body of `st.html` in `AppTest` (trying.py). It has no property for it. 1.67.0
- main_module: a page that `AppTest` runs stays behind as `sys.modules["__main__"]` (tests/conftest.py). It is not cleaned up. 1.67.0
"""

from pathlib import Path

SEEN_IN = "1.67.0"  # the version for which all of this was looked at
WORDS, HISTORY = (Path(__file__).with_name(name) for name in ("words.js", "history.js"))
