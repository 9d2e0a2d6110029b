"""Expressions in Streamlit's own scripts that are served replaced: where it offers no setting.

- Tables compare texts letter by letter, their search and the pickers find accents only as they are typed, and headings are
  only pressed with a pointer. What stands in their place is in static/vietnamese.js.
- The button of a table for CSV is gone: headings in English, neither period nor version, and a name that begins with "=" becomes
  a formula. The pages have workbooks of their own.
- Small lines get names, the place for files and the choices taken get a role beside their names, and a long statement scrolls
  by keyboard.
- What the frontend asks the server about itself is answered in the script.
"""

from dataclasses import dataclass

# What Streamlit's frontend would ask the server for. The server tells it to nobody: nobody else may steer a page.
_AS_SERVED = "{allowedOrigins:[location.origin],useExternalAuthToken:!1,enableCustomParentMessages:!1,metricsUrl:``}"


@dataclass(frozen=True)
class Change:
    """In the one script whose name fits: what stands there once, and what is served instead."""

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
