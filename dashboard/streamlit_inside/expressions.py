"""Expressions in Streamlit's own scripts that are replaced when the scripts are served, because there is no setting.

- Tables sort texts by character codes, search in tables and lists needs the exact accents, and only a pointer can press
  the heading of a column. static/vietnamese.js has the functions that are used instead.
- The CSV button of tables is removed: its file has English headings, neither period nor version, and a name that begins
  with "=" becomes a formula. The pages offer workbooks of their own.
- The small charts of key figures get names; the file uploader and the chosen options get a role beside their names; a
  long SQL statement can be scrolled by keyboard.
- The frontend gets the settings of its host from the script; it no longer asks the server for them.
"""

from dataclasses import dataclass

# The settings that the frontend would ask the server for. They do not allow any other page to control ours.
_AS_SERVED = "{allowedOrigins:[location.origin],useExternalAuthToken:!1,enableCustomParentMessages:!1,metricsUrl:``}"


@dataclass(frozen=True)
class Change:
    """In the one script that matches the pattern: an expression that it has once, and its replacement."""

    script: str
    found: str
    put: str


CHANGES = (
    Change("DataFrame.*.js", "o.localeCompare(s)", "vietnamese.compare(o,s)"),
    Change("DataFrame.*.js", r"new RegExp(e.replace(/([$()*+.?[\\\]^{|}-])/g,`\\$1`),`i`)", "vietnamese.finder(e)"),
    Change(
        "DataFrame.*.js",
        "onKeyDown:e=>{Ce&&(e.ctrlKey",
        "onKeyDown:e=>{let t=vietnamese.column(e);if(pt(at[t])&&!Dt){e.cancel();Ut(()=>ot(t,`auto`));return}"
        "Ce&&(e.ctrlKey",
    ),
    Change("DataFrame.*.js", "V&&s(Pe,{label:`Download as CSV`", "!1&&s(Pe,{label:`Download as CSV`"),
    Change("index.[!e]*.js", "RD(o,uD,p.signal)", f"({{data:{_AS_SERVED}}})"),
    Change("useSyncComboBoxEnterTargetFocus.*.js", "yn=e=>e.toLowerCase()", "yn=vietnamese.fold"),
    Change(
        "FileUploader.*.js",
        '...e({tabIndex:-1}),"data-testid":`stFileUploaderDropzone`',
        '...e({tabIndex:-1}),role:`group`,"data-testid":`stFileUploaderDropzone`',
    ),
    Change("Multiselect.*.js", "n(be,{tabIndex:!q&&t===st?0:-1", "n(be,{role:`group`,tabIndex:!q&&t===st?0:-1"),
    Change(
        "Metric.*.js",
        "n(`div`,{ref:K,children:[r(s,{styles:[ae]}),r(L,{ref:a,",
        'n(`div`,{ref:K,role:`img`,"aria-label":`Over the years: ${vietnamese.bare(h)}`,'
        'children:[r(s,{styles:[ae]}),r(L,{ref:a,"aria-hidden":!0,',
    ),
    Change(
        "StreamlitSyntaxHighlighter.*.js",
        '"data-testid":`stCode`,tabIndex:l?0:void 0,children:[s(d,{wrapLines',
        '"data-testid":`stCode`,children:[s(d,{tabIndex:l?0:void 0,wrapLines',
    ),
)
