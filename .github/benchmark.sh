#!/usr/bin/env bash
# Measures MTL4J, beside PyTorch. Nothing else may run on the machine meanwhile.
#
#   .github/benchmark.sh [train] [options]    training steps of the reference networks, ours and the peers' in turn; a table
#   .github/benchmark.sh inference [options]  answers: latency of one example, throughput of a batch, 1 and all threads
#   .github/benchmark.sh scaling [options]    training over the number of tasks: table, CSV and chart
#   .github/benchmark.sh sharing [options]    steps with several experts, over those with one encoder
#   .github/benchmark.sh steady [options]     10,000 steps: memory, pauses, time to the first step
#   .github/benchmark.sh serving [options]    answers to 64 threads for 10 minutes: are they right, does memory grow
#   .github/benchmark.sh jmh [JMH options]    single layers and aggregators; "jmh -l" lists them, "jmh Gramian -p tasks=8"
#                                             runs some of them
#   .github/benchmark.sh table                the table of the last train again
#
# Options (for scaling, sharing, steady, serving and inference, what is not in this list goes to the command itself):
#   --rounds N          rounds of ours, PyTorch, DJL, ours, ...; the median counts                   3
#   --cases "mlp cnn"   networks                            all four; scaling, sharing: mlp cnn; steady: mlp
#   --modes "sum jac"   sum: one backward pass; jac: each task's gradient                      sum jac
#   --windows N         windows in a round                                                           5
#   --seconds S         length of a window                                                         1.0
#   --warmup S          seconds before the first window                                            3.0
#   --threads N         native threads of everyone                                      all processors
#   --policy P          how our idle native threads wait: spin (0.1 ms, then sleep), passive (sleep at once),
#                       default (OpenMP's: spin for longer) or all, of which the fastest counts   spin
#   --no-torch          leave PyTorch in Python out
#   --no-djl            leave PyTorch on the JVM out (it is a download of 115 MB, and for Linux on x86-64 only)
#   --any-blas          measure PyTorch even with the reference BLAS
#   --out FOLDER        where results go                                    mtl-examples/runs/benchmark
#
# Environment: JAVA_HOME, PYTHON (a Python with PyTorch; else /usr/bin/python3 or python3), MVN (mvn).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

main=io.mtl4j.examples.benchmark
mvn="${MVN:-mvn}"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
what=train
rounds=3 cases="" modes="sum jac"
windows=5 seconds=1.0 warmup=3.0
threads="$(getconf _NPROCESSORS_ONLN)"
policy=spin torch=yes djl=yes any_blas=no
out=mtl-examples/runs/benchmark
rest=()

fail() { echo "error: $*" >&2; exit 1; }

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; }

parse() {
  case "${1:-}" in
    train|inference|scaling|sharing|steady|serving|jmh|table) what="$1"; shift ;;
  esac
  if [ "$what" = jmh ]; then rest=("$@"); return; fi
  while [ $# -gt 0 ]; do
    case "$1" in
      --rounds|--cases|--modes|--windows|--seconds|--warmup|--threads|--policy|--out)
        [ $# -ge 2 ] || fail "$1 needs a value"
        printf -v "${1#--}" '%s' "$2"; shift 2 ;;
      --no-torch) torch=no; shift ;;
      --no-djl) djl=no; shift ;;
      --any-blas) any_blas=yes; shift ;;
      -h|--help) usage; exit ;;
      *)
        case "$what" in train|table) fail "$1: no such option; see --help" ;; esac
        rest+=("$1"); shift ;;
    esac
  done
  case "$policy" in spin|passive|default|all) ;; *) fail "--policy $policy; use spin, passive, default or all" ;; esac
}

# Compiles and finds the class path. $1: phase, $2: scope, $3: profiles.
build() {
  local phase="$1" scope="$2" file="$PWD/mtl-examples/target/benchmark.classpath"
  "$mvn" -q -B -pl mtl-examples -am "-P$3" "$phase" dependency:build-classpath \
    -Dmdep.includeScope="$scope" -Dmdep.outputFile="$file"
  classpath="mtl-examples/target/classes:$(cat "$file")"
  [ "$scope" = runtime ] || classpath="mtl-examples/target/test-classes:$classpath"
}

java_options() {
  local version
  version="$("$java" -version 2>&1 | sed -nE '1s/.*version "([0-9]+).*/\1/p')"
  options=(-Xmx4g -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.log.ai.djl=error)
  [ "${version:-0}" -lt 22 ] || options+=(--enable-native-access=ALL-UNNAMED)
}

# Sets "environment": a command that runs another with idle OpenMP threads waiting as told.
waiting() {
  environment=(env -u OMP_WAIT_POLICY -u GOMP_SPINCOUNT)
  case "$1" in
    spin) environment+=(GOMP_SPINCOUNT=100000) ;;
    passive) environment+=(OMP_WAIT_POLICY=PASSIVE) ;;
  esac
}

# Runs a main class of ours. $1: wait policy, $2: threads, $3: class, then its arguments.
ours() {
  local wait="$1" count="$2" class="$3"
  shift 3
  waiting "$wait"
  "${environment[@]}" OMP_NUM_THREADS="$count" "$java" "${options[@]}" -cp "$classpath" "$main.$class" "$@"
}

policies() { if [ "$policy" = all ]; then echo spin passive default; else echo "$policy"; fi; }

python_with_torch() {
  local candidate
  for candidate in "${PYTHON:-}" /usr/bin/python3 python3; do
    if [ -n "$candidate" ] && "$candidate" -c 'import torch' 2>/dev/null; then
      echo "$candidate"; return
    fi
  done
  fail "no Python with PyTorch found; run apt-get install python3-torch libopenblas0-pthread, set PYTHON to one" \
    "that has it, or leave it out with --no-torch"
}

# Debian's PyTorch uses the system's BLAS, and the reference BLAS is some 20 times slower than OpenBLAS.
require_fast_blas() {
  local module link blas
  module="$("$python" -c 'import torch; print(torch.__file__)')"
  link="libblas.so.3-$(uname -m)-linux-gnu"
  case "$module" in /usr/lib/python3/*) ;; *) return 0 ;; esac
  command -v update-alternatives >/dev/null || return 0
  blas="$(update-alternatives --query "$link" 2>/dev/null | sed -n 's/^Value: //p')"
  case "$blas" in
    *openblas*) ;;
    *)
      [ "$any_blas" = yes ] || fail "PyTorch would use ${blas:-an unknown BLAS}, some 20 times slower than OpenBLAS;" \
        "run apt-get install libopenblas0-pthread, or insist with --any-blas"
      echo "warning: PyTorch uses ${blas:-an unknown BLAS}; its figures say little" >&2 ;;
  esac
}

warn_if_busy() {
  [ -r /proc/loadavg ] || return 0
  local load
  read -r load _ < /proc/loadavg
  if awk -v load="$load" 'BEGIN { exit !(load > 0.5) }'; then
    echo "warning: the machine's load is $load; the figures count only when nothing else runs" >&2
  fi
}

djl_peer() {
  local wait
  for wait in default passive spin; do
    waiting "$wait"
    # shellcheck disable=SC2086 # lists of words
    "${environment[@]}" OMP_NUM_THREADS="$threads" OPT_OUT_TRACKING=true \
      DJL_CACHE_DIR="$PWD/mtl-examples/target/djl" "$java" "${options[@]}" -Dai.djl.offline=true -cp "$classpath" \
      "$main.DjlPeer" --cases $cases "${timing[@]}"
  done
}

# One turn of an engine. $1: round, $2: engine, then the command.
turn() {
  local file="$out/$1.$2.jsonl"
  echo "round $1 of $rounds: $2" >&2
  shift 2
  "$@" | tee "$file" >&2
}

our_turn() {
  local wait
  for wait in $(policies); do
    # shellcheck disable=SC2086 # lists of words
    ours "$wait" "$threads" Benchmark --cases $cases --modes $modes "${timing[@]}"
  done
}

torch_turn() {
  # shellcheck disable=SC2086 # lists of words
  OMP_NUM_THREADS="$threads" "$python" .github/torch_peer.py --best --threads "$threads" \
    --cases $cases --modes $modes "${timing[@]}"
}

train() {
  if [ "$djl" = yes ] && [ "$(uname -sm)" != "Linux x86_64" ]; then
    echo "warning: PyTorch on the JVM is left out: its profile is for Linux on x86-64" >&2
    djl=no
  fi
  case " $modes " in *" sum "*) ;; *) djl=no ;; esac
  if [ "$torch" = yes ]; then python="$(python_with_torch)"; require_fast_blas; fi
  if [ "$djl" = yes ]; then build process-classes runtime quick,peer; else build process-classes runtime quick; fi
  mkdir -p "$out"
  rm -f "$out"/*.*.jsonl
  warn_if_busy
  local round
  for round in $(seq "$rounds"); do
    turn "$round" mtl4j our_turn
    [ "$torch" = no ] || turn "$round" torch torch_turn
    [ "$djl" = no ] || turn "$round" djl djl_peer
  done
  table
}

table() { "${python:-python3}" .github/benchmark_table.py "$out" | tee "$out/table.md"; }

inference() {
  build process-classes runtime quick
  local count
  for count in $(printf '%s\n' 1 "$threads" | sort -un); do
    # shellcheck disable=SC2086 # lists of words
    ours "${policy/all/spin}" "$count" InferenceBenchmark --cases $cases "${timing[@]}" ${rest[@]+"${rest[@]}"}
  done
}

scaling() {
  build process-classes runtime quick
  # shellcheck disable=SC2086 # lists of words
  ours "${policy/all/spin}" "$threads" ScalingBenchmark --cases $cases --modes $modes --out "$out" "${timing[@]}" \
    ${rest[@]+"${rest[@]}"}
}

sharing() {
  build process-classes runtime quick
  # shellcheck disable=SC2086 # lists of words
  ours "${policy/all/spin}" "$threads" SharingBenchmark --cases $cases --rounds "$rounds" "${timing[@]}" \
    ${rest[@]+"${rest[@]}"}
}

# The peak of memory belongs to a process, so each cell has its own.
steady() {
  build process-classes runtime quick
  local case mode
  for case in $cases; do
    for mode in $modes; do
      ours "${policy/all/spin}" "$threads" SteadyState --case "$case" --mode "$mode" ${rest[@]+"${rest[@]}"}
    done
  done
}

# One native thread for each client: more would only wait for each other. A heap of one size: what grows is not Java's.
serving() {
  build process-classes runtime quick
  options+=(-Xms1g -Xmx1g -XX:+AlwaysPreTouch)
  # shellcheck disable=SC2086 # lists of words
  ours passive 1 ServingLoad --cases $cases ${rest[@]+"${rest[@]}"}
}

jmh() {
  build test-compile test quick
  waiting spin
  "${environment[@]}" OMP_NUM_THREADS="$threads" "$java" "${options[@]}" -cp "$classpath" \
    org.openjdk.jmh.Main ${rest[@]+"${rest[@]}"}
}

parse "$@"
if [ -z "$cases" ]; then
  case "$what" in
    scaling|sharing) cases="mlp cnn" ;;
    steady) cases=mlp ;;
    *) cases="mlp cnn lstm transformer" ;;
  esac
fi
timing=(--windows "$windows" --seconds "$seconds" --warmup "$warmup")
java_options
"$what"
