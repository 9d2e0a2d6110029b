@echo off
rem Windows: the same as "make run". Needs Python 3.11 or newer from python.org (with the "py" launcher).
setlocal
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
if not exist .venv\Scripts\python.exe (
    py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" || (echo Cần Python 3.11 trở lên ^(Python 3.11 or newer is needed^). & exit /b 2)
    py -3 -m venv .venv || exit /b 2
)
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check -r requirements.txt || exit /b 2
.venv\Scripts\python -m pipelines demo --if-empty || exit /b 2
.venv\Scripts\python -m dashboard
