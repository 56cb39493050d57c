#!/bin/sh
# A list of things to do, one a line, in todo.txt: ./todo.sh add TEXT, ./todo.sh list, ./todo.sh done NUMBER
set -eu
cd "$(dirname "$0")"
touch todo.txt
case ${1-list} in
  add) shift && printf '%s\n' "$*" >> todo.txt ;;
  list) cat -n todo.txt ;;
  done) sed -i "${2:?a number is missing}d" todo.txt ;;
  *) echo "usage: $0 add TEXT | list | done NUMBER" >&2 && exit 2 ;;
esac
