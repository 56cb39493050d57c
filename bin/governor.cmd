@echo off
rem Runs the command governor on Windows. Never tried there: reports are welcome.
rem Unpacked from the distribution it runs lib\governor.jar. In a source checkout it runs what
rem "mvn -Dquick -DskipTests package" has built; unlike bin/governor it builds nothing itself.
setlocal
set "GOVERNOR_BIN=%~dp0"
set "GOVERNOR_JAR=%GOVERNOR_BIN%..\lib\governor.jar"
set "GOVERNOR_CHECKOUT="
if not exist "%GOVERNOR_JAR%" (
  set "GOVERNOR_JAR=%GOVERNOR_BIN%..\governor-cli\target\governor.jar"
  set "GOVERNOR_CHECKOUT=%GOVERNOR_BIN%.."
)
if not exist "%GOVERNOR_JAR%" (
  echo governor: not built yet: run mvn -Dquick -DskipTests package 1>&2
  if "%~1"=="hook" exit /b 0
  exit /b 6
)
set "GOVERNOR_JAVA=java"
if defined JAVA_HOME set "GOVERNOR_JAVA=%JAVA_HOME%\bin\java"
if defined GOVERNOR_CHECKOUT (
  "%GOVERNOR_JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto "-Dgovernor.checkout=%GOVERNOR_CHECKOUT%" -jar "%GOVERNOR_JAR%" %*
) else (
  "%GOVERNOR_JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -jar "%GOVERNOR_JAR%" %*
)
if "%~1"=="hook" if not "%ERRORLEVEL%"=="2" exit /b 0
exit /b %ERRORLEVEL%
