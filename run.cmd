@echo off
rem Windows: the same as "make run". Needs Python 3.11 or newer from python.org (with the "py" launcher).
setlocal
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
py -3 bundle\environment.py requirements.txt || exit /b 2
.venv\Scripts\python -m pipelines run
