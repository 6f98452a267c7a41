@echo off
rem The same commands as ./run, for Windows. No labels and no goto: they are what LF line endings break in cmd.exe.
setlocal
set "PYTHONUTF8=1"
set "TIEUCHI_PYTHON=python"
where /q py && set "TIEUCHI_PYTHON=py -3"
%TIEUCHI_PYTHON% "%~dp0run" %*
exit /b %errorlevel%
