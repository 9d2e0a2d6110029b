"""Selectors of the parts of Streamlit's pages, for style sheets, scripts in the browser and tests."""

from enum import StrEnum


class Part(StrEnum):
    """A part of a page as a CSS selector; `testid` is its name in Streamlit's frontend."""

    testid: str

    def __new__(cls, testid: str) -> "Part":
        part = str.__new__(cls, f'[data-testid="{testid}"]')
        part._value_ = str(part)
        part.testid = testid
        return part

    # The page and what lies around it
    APP = "stApp"
    APP_SKELETON = "stAppSkeleton"
    APP_VIEW = "stAppViewContainer"
    HEADER = "stHeader"
    MAIN = "stMain"
    MAIN_BLOCK = "stMainBlockContainer"
    MAIN_MENU = "stMainMenuPopover"
    MAIN_MENU_BUTTON = "stMainMenuButton"
    MAIN_MENU_SCREENCAST = "stMainMenuItem-recordScreencast"
    NAVIGATION = "stTopNav"
    NAVIGATION_LINK = "stTopNavLink"
    NAVIGATION_MENU = "stTopNavSection"
    NAVIGATION_MENU_LINK = "stTopNavDropdownLink"
    SKIP_LINK = "stSkipToContent"
    STATUS = "stStatusWidget"
    TOOLBAR = "stToolbar"
    DIALOG = "stDialog"

    # What elements lie in
    ELEMENT = "stElementContainer"
    ELEMENT_TOOLBAR = "stElementToolbar"
    FULLSCREEN_FRAME = "stFullScreenFrame"
    LAYOUT = "stLayoutWrapper"
    SKELETON = "stSkeleton"
    SPINNER = "stSpinner"

    # Words and messages
    ALERT_ERROR = "stAlertContentError"
    ALERT_SUCCESS = "stAlertContentSuccess"
    CAPTION = "stCaptionContainer"
    CODE = "stCode"
    EXCEPTION = "stException"
    HEADING = "stHeading"
    ICON = "stIconMaterial"
    INPUT_HINT = "InputInstructions"
    MARKDOWN = "stMarkdownContainer"
    METRIC = "stMetric"
    METRIC_CHANGE = "stMetricDelta"
    METRIC_LABEL = "stMetricLabel"
    PROGRESS = "stProgress"
    TOOLTIP = "stTooltipContent"
    TOOLTIP_ICON = "stTooltipIcon"

    # Charts and tables
    CHART = "stPlotlyChart"
    TABLE = "stDataFrame"
    TABLE_CANVAS = "data-grid-canvas"
    TABLE_COLUMN_MENU = "stDataFrameColumnMenu"
    TABLE_COLUMNS_SHOWN = "stDataFrameColumnVisibilityMenu"
    TABLE_SEARCH = "search-input"
    TABLE_SEARCH_RESULT = "search-result-area"

    # What is pressed, chosen and sent
    BUTTON = "stButton"
    BUTTON_GROUP = "stButtonGroup"
    CHECKBOX = "stCheckbox"
    DATE_INPUT = "stDateInput"
    DOWNLOAD_BUTTON = "stDownloadButton"
    EXPANDER = "stExpander"
    MULTISELECT = "stMultiSelect"
    PAGE_LINK = "stPageLink"
    POPOVER = "stPopover"
    POPOVER_BODY = "stPopoverBody"
    SELECTBOX = "stSelectbox"
    UPLOADER = "stFileUploader"
    UPLOADER_DROPZONE = "stFileUploaderDropzone"
    UPLOADER_INPUT = "stFileUploaderDropzoneInput"
    UPLOADER_INSTRUCTIONS = "stFileUploaderDropzoneInstructions"


ROLES = ("tooltip", "listbox", "log")  # of parts without a testid that have words of Streamlit's (words.js)
APP_CLASS = ".stApp"
CLASSES = (APP_CLASS, ".stElementContainer")  # besides those of keys (.st-key-…), which are documented
# States, as attributes of parts.
AT_REST = f'{Part.APP}[data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
STALE = '[data-stale="true"]'  # an element of an earlier run
CHOSEN_SEGMENT = '[data-variant="segmented_control"][data-selected]'
