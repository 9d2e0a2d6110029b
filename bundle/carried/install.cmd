@echo off
rem Windows: install.cmd [FOLDER] [--notebooks]   (no network is used). Needs Python from python.org, with the "py" launcher.
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
set PYTHONDONTWRITEBYTECODE=1
for /f "tokens=2 delims=:, " %%v in ('findstr "python" "%~dp0bundle.json"') do set WANTED=%%~v
py -%WANTED% -c "" 2>nul || (echo Cần Python %WANTED% 64-bit ^(Python %WANTED% 64-bit is needed^). & exit /b 2)
py -%WANTED% "%~dp0install.py" %*
