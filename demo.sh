#!/usr/bin/env bash
# `make demo`: indexes the five reports of corpus/ in a temporary folder and searches them, with and without accents.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export BAOCAO_ENGINE="embedded:$folder/index"

baocao() {
    printf '\n$ baocao'
    for word in "$@"; do
        case $word in *' '*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\n'
    .venv/bin/baocao "$@"
}

facets=(--facet official --facet province --facet district --facet commune --facet topic --facet year --facet-limit 3)
baocao index corpus
baocao search 'cải cách hành chính' --limit 3 "${facets[@]}"
baocao search 'dak lak' --limit 3 "${facets[@]}"
printf '\nYour own index: .venv/bin/baocao index FOLDER, then `make serve`.\n'
