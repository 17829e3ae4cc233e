"""Apache Spark, a real one: two executors of their own, or two threads of one."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
import warnings
from pathlib import Path

import pytest

import normalize

pyspark = pytest.importorskip("pyspark", reason="pyspark has no wheel here")
pa = pytest.importorskip("pyarrow", reason="pyarrow has no wheel here")
if shutil.which("java") is None:
    pytest.skip("there is no Java here", allow_module_level=True)
# Told by Spark of itself, at the start and whenever Arrow is used.
pytestmark = pytest.mark.filterwarnings("default")

LIGHT = """\
kind: rewrite
id: units
title: units
rules:
  - {id: kilometre, variants: [kms, k.m.], output: km, examples: [5 kms -> 5 km]}
"""
PROFILE = """\
kind: profile
id: light
title: one rule
stages: [{id: words, rules: [units]}]
examples: [{keep: nothing}]
"""
ROWS = 1_000_000
PARTS = 12
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    # Short jobs: less compiling, one collector.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.log.level": "OFF",
}


@pytest.fixture(scope="module")
def light(tmp_path_factory):
    """A normalizer of one rule, whose files are gone when it is used."""
    folder = tmp_path_factory.mktemp("light")
    (folder / "units.yaml").write_text(LIGHT)
    (folder / "profile.yaml").write_text(PROFILE)
    made = normalize.load(folder / "profile.yaml", rules=[folder / "units.yaml"])
    shutil.rmtree(folder)
    return made


@pytest.fixture(scope="module")
def spark():
    """A session, with executors that can be killed where they can be started."""
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")
        patch.setenv("SPARK_HOME", str(Path(pyspark.__file__).parent))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_LOCAL_HOSTNAME", "localhost")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = started("local-cluster[2,1,1024]") or started("local[2,4]")
        assert session is not None
        yield session
        session.stop()


def started(master):
    """A session that has done a first job, or None."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master)
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    try:
        session.range(2).count()
    except Exception:  # noqa: BLE001 - it can't start here, for whatever reason
        session.stop()
        return None
    return session


def texts(spark, rows, parts):
    """A frame of short texts, one in ten missing."""
    text = "CASE WHEN id % 10 = 3 THEN NULL ELSE concat('it is ', id, ' k.m.') END"
    return spark.range(0, rows, 1, parts).selectExpr("id", f"{text} AS text")


def executors():
    """The processes that work for this session: they descend from this one."""
    found, parents = [], {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(place.name)] = int(
                (place / "stat").read_text().rpartition(")")[2].split()[1]
            )
            line = (place / "cmdline").read_bytes()
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in line or b"pyspark.daemon" in line:
            found.append((b"pyspark.daemon" in line, int(place.name)))

    def ours(pid):
        while pid > 1 and pid != os.getpid():
            pid = parents.get(pid, 0)
        return pid == os.getpid()

    return [pid for _, pid in sorted(found) if ours(pid)]


def kill_one(spark, job):
    """Kill a worker once the first task is done; tells how many were by then."""
    tracker = spark.sparkContext.statusTracker()
    while job.is_alive():
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info and info.numTasks == PARTS and info.numCompletedTasks:
                os.kill(executors()[0], signal.SIGKILL)
                return info.numCompletedTasks
        time.sleep(0.01)
    raise AssertionError("the job was over before a worker was killed")


def test_a_million_rows_and_a_worker_killed(spark, light):
    """The result is the plain loop's: nothing lost, nothing twice, order kept."""
    from normalize.adapters.spark import normalize_dataframe

    frame = texts(spark, ROWS, PARTS)
    made = normalize_dataframe(frame, "text", light, diagnostics=None)
    assert frame.schema == made.schema
    results = []
    job = threading.Thread(target=lambda: results.append(made.toArrow()))
    job.start()
    done = kill_one(spark, job)
    job.join()

    assert 0 < done < PARTS
    plain = (None if i % 10 == 3 else f"it is {i} k.m." for i in range(ROWS))
    expected = pa.table({"id": range(ROWS), "text": list(light.map(plain))})
    (table,) = results
    assert ROWS == table.num_rows
    assert expected == table.cast(expected.schema).sort_by("id")


def test_new_columns(spark, light):
    """Results, edits and diagnostics go into columns of their own."""
    from normalize.adapters.spark import normalize_dataframe

    frame = texts(spark, 20, 2)
    made = normalize_dataframe(frame, ["text"], light, into=["clean"], edits="edits")
    rows = made.orderBy("id").collect()

    assert ["id", "text", "clean", "edits", "diagnostics"] == made.columns
    assert ("it is 7 k.m.", "it is 7 km") == rows[7][1:3]
    edit = rows[7].edits[0].asDict()
    assert ["units/kilometre"] == edit.pop("rules")
    assert {
        "column": "text",
        "start": 8,
        "end": 12,
        "before": "k.m.",
        "after": "km",
    } == edit
    assert (None, None, [], []) == rows[3][1:]


def test_bad_rows_do_not_kill_the_job(spark, light):
    """A row that is not UTF-8 is left and told; without the column its task fails."""
    from pyspark.errors import PySparkException

    from normalize.adapters.spark import normalize_dataframe

    frame = spark.sql(
        "SELECT * FROM VALUES (1, CAST(X'35206B6D73' AS STRING)), "
        "(2, CAST(X'FF20206B6D73' AS STRING)) AS rows(id, text)"
    )
    made = normalize_dataframe(frame, "text", light)
    good, bad = made.selectExpr("hex(text) AS text", "diagnostics").collect()

    assert (b"5 km".hex().upper(), []) == tuple(good)
    assert "FF20206B6D73" == bad.text
    assert ["failed"] == [told.code for told in bad.diagnostics]
    assert "UTF-8" in bad.diagnostics[0].message
    with pytest.raises(PySparkException):
        normalize_dataframe(frame, "text", light, diagnostics=None).collect()


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"columns": "texts"}, KeyError, "no column 'texts'; there are: id, text"),
        ({"columns": "id"}, TypeError, "not a column of bigint"),
        ({"columns": "text", "into": ["a", "b"]}, ValueError, "1 columns can't go"),
        ({"columns": "text", "into": "id"}, ValueError, "a column 'id' already"),
    ],
)
def test_wrong_columns_are_told_before_the_job(spark, light, options, error, message):
    """The driver says what is wrong, at once."""
    from normalize.adapters.spark import normalize_dataframe

    with pytest.raises(error, match=message):
        normalize_dataframe(texts(spark, 1, 1), profile=light, **options)
