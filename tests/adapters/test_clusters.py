"""Ray Data and Dask: the Arrow and pandas functions, block by block."""

from __future__ import annotations

import warnings

import pytest

from .conftest import TEXTS

pytestmark = pytest.mark.filterwarnings("default")
ROWS = TEXTS[:6] * 50


def test_dask_partitions(n):
    """A column of a Dask frame, partition by partition, in processes."""
    pd = pytest.importorskip("pandas", reason="pandas has no wheel here")
    dd = pytest.importorskip("dask.dataframe", reason="dask has no wheel here")
    from normalize.adapters.pandas import normalize_frame

    frame = pd.DataFrame({"id": range(len(ROWS)), "text": ROWS})
    parts = dd.from_pandas(frame, npartitions=4)
    made = parts.map_partitions(normalize_frame, "text", n, meta=parts._meta)
    result = made.compute(scheduler="processes", num_workers=2)

    assert frame["id"].tolist() == result["id"].tolist()
    texts = [None if pd.isna(text) else text for text in result["text"]]
    assert list(n.map(ROWS)) == texts


def test_ray_batches(n):
    """A column of a Ray dataset, batch by batch, as Arrow tables."""
    ray = pytest.importorskip("ray", reason="ray has no wheel here")
    pytest.importorskip("ray.data", reason="ray.data has no wheel here")
    pa = pytest.importorskip("pyarrow", reason="pyarrow has no wheel here")
    from normalize.adapters.arrow import normalize_batch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ray.init(
            num_cpus=2,
            include_dashboard=False,
            log_to_driver=False,
            object_store_memory=100_000_000,
            _node_ip_address="127.0.0.1",
        )
        try:
            table = pa.table({"id": range(len(ROWS)), "text": ROWS})
            rows = ray.data.from_arrow([table[:100], table[100:]])
            made = rows.map_batches(
                normalize_batch,
                batch_format="pyarrow",
                fn_kwargs={"columns": "text", "profile": n},
            )
            results = sorted(made.take_all(), key=lambda row: row["id"])
        finally:
            ray.shutdown()

    assert list(n.map(ROWS)) == [row["text"] for row in results]
