#!/usr/bin/env bash
# Starts a Spark cluster on this machine (one master, two workers of one core each, on loopback), trains the digits of
# io.mtl4j.examples.SparkDigits on it, and stops the cluster.
#
#   .github/spark.sh [--spark4] [options of SparkDigits, such as --workers 1,2 --net mlp --kill-at 20]
#
# Environment: JAVA_HOME (Java 17), MVN (mvn), MTL4J_DATA (a folder with MNIST; else the small data that ship along).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mvn="${MVN:-mvn}"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
profiles="" scala=2.12
if [ "${1:-}" = --spark4 ]; then
  profiles="-Pspark4" scala=2.13
  shift
fi

home="$(mktemp -d)"
pids=()
stop() {
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$home"
}
trap stop EXIT

# A Spark installation is a folder with jars: Spark's own and ours, which the executors need as well.
"$mvn" -q -B $profiles -DskipTests -Pquick package dependency:build-classpath \
  -Dmdep.outputFile="$home/\${project.artifactId}.txt" -Dmdep.includeScope=test
mkdir "$home/jars"
tr ':' '\n' < "$home/mtl-examples.txt" | grep '\.jar$' | while read -r jar; do
  [ ! -e "$home/jars/$(basename "$jar")" ] || { echo "error: two jars named $(basename "$jar")" >&2; exit 1; }
  ln -s "$jar" "$home/jars/"
done
for module in mtl-core mtl-nn mtl-examples; do
  rm -f "$home"/jars/$module-*.jar
  ln -s "$(ls "$PWD/$module/target/$module"-*.jar | grep -v -- '-\(sources\|javadoc\|tests\)\.jar' | head -1)" "$home/jars/"
done

export SPARK_HOME="$home" SPARK_SCALA_VERSION=$scala SPARK_LOCAL_IP=127.0.0.1 OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive
options=(--add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED
  --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED
  --add-opens=java.base/java.lang.invoke=ALL-UNNAMED -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
  -Dorg.slf4j.simpleLogger.log.org.apache.spark=error)

start() { "$java" "${options[@]}" -cp "$home/jars/*" "$@" >>"$home/log" 2>&1 & pids+=($!); }
start org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 7077 --webui-port 0
for worker in 1 2; do
  start org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 3g \
    --work-dir "$home/work$worker" spark://127.0.0.1:7077
done

for _ in $(seq 60); do
  kill -0 "${pids[@]}" 2>/dev/null || { cat "$home/log" >&2; exit 1; }
  (exec 3<>/dev/tcp/127.0.0.1/7077) 2>/dev/null && break
  sleep 0.5
done
sleep 5

"$java" -Xmx3g "${options[@]}" -Dspark.executor.memory=2g -Dspark.scheduler.minRegisteredResourcesRatio=1.0 \
  -Dspark.scheduler.maxRegisteredResourcesWaitingTime=60s -cp "$home/jars/*" \
  io.mtl4j.examples.SparkDigits --master spark://127.0.0.1:7077 "$@"
