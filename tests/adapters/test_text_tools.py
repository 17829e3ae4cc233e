"""Libraries that work on texts: datasets, spaCy, scikit-learn, tokenizers."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

import pytest

from .conftest import RULES, TEXTS

# --- Hugging Face datasets


@pytest.fixture
def datasets(monkeypatch, tmp_path):
    """The library, with a cache of its own, offline and quiet."""
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    module = pytest.importorskip("datasets", reason="datasets has no wheel here")
    module.disable_progress_bars()
    return module


def test_datasets_map(datasets, n, expected):
    """A column is normalized, the others stay; None stays None."""
    from normalize.adapters.datasets import normalize_dataset

    rows = datasets.Dataset.from_dict({"id": list(range(len(TEXTS))), "text": TEXTS})
    made = normalize_dataset(rows, "text", n, batch_size=5)

    assert expected == made["text"][:]
    assert rows["id"][:] == made["id"][:]
    assert rows.features == made.features
    both = normalize_dataset(datasets.DatasetDict(a=rows, b=rows), ["text"], n)
    assert expected == both["b"]["text"][:]
    streamed = normalize_dataset(rows.to_iterable_dataset(), "text", n)
    assert expected == [row["text"] for row in streamed]


def test_datasets_names_a_missing_column(datasets, n):
    """A column that is not there is an error."""
    from normalize.adapters.datasets import normalize_dataset

    with pytest.raises(KeyError, match="no column 'texts'"):
        normalize_dataset(datasets.Dataset.from_dict({"a": ["b"]}), "texts", n)


def test_datasets_take_equal_rules_from_their_cache(datasets, rules, tmp_path):
    """Runs in other processes give one fingerprint; other rules give another."""
    del datasets
    code = (
        "import sys, datasets, normalize\n"
        "from normalize.adapters.datasets import normalize_dataset\n"
        "n = normalize.load('characters', rules=sys.argv[2:])\n"
        "rows = datasets.load_dataset('json', data_files=sys.argv[1], split='train')\n"
        "print(normalize_dataset(rows, 'text', n)._fingerprint)\n"
    )
    (tmp_path / "rows.json").write_text('{"text": "Kiev"}\n')
    made = []
    for seed, extra in (("1", [rules]), ("2", [rules]), ("3", [])):
        run = subprocess.run(
            [sys.executable, "-c", code, tmp_path / "rows.json", *extra],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "HF_HOME": str(tmp_path / "home"),
                "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
            },
            capture_output=True,
            check=True,
            text=True,
        )
        made.append(run.stdout.strip().splitlines()[-1])
    kept = list((tmp_path / "home").rglob("cache-*.arrow"))

    assert made[0] == made[1] != made[2]
    assert 2 == len(kept)


# --- spaCy


@pytest.fixture(scope="module")
def nlp(rules):
    """A blank pipeline that normalizes and then finds places."""
    spacy = pytest.importorskip("spacy", reason="spacy has no wheel here")
    pipeline = spacy.blank("en")
    config = {"profile": "characters", "rules": [str(rules)]}
    pipeline.add_pipe("normalize", first=True, config=config)
    ruler = pipeline.add_pipe("entity_ruler")
    patterns = ["Kyiv", "Lviv", "Bila Tserkva"]
    ruler.add_patterns([{"label": "GPE", "pattern": text} for text in patterns])
    return pipeline


RAW = "From Belaya Tserkov, 80\N{NO-BREAK SPACE}km from Kiev, to Lvov."


def check(doc):
    """The doc is of the normalized text and knows the raw one."""
    assert "From Bila Tserkva, 80" == doc.text[:21]
    assert RAW == doc._.source
    found = {ent.text: ent._.source for ent in doc.ents}
    assert {
        "Bila Tserkva": "Belaya Tserkov",
        "Kyiv": "Kiev",
        "Lviv": "Lvov",
    } == found
    for ent in doc.ents:
        start, end = ent._.source_span
        assert RAW[start:end] == ent._.source
    for token in doc:
        start, end = token._.source_span
        assert RAW[start:end] == token.text or (start, end) in [
            edit[:2] for edit in doc._.edits
        ]


def test_spacy_keeps_the_source(nlp):
    """Entities of the normalized text are found again in the raw one."""
    check(nlp(RAW))


def test_spacy_docs_are_what_the_plain_call_gives(nlp, n):
    """All texts that spaCy takes, the empty one too."""
    texts = [text for text in TEXTS if text is not None]
    for text, doc in zip(texts, nlp.tokenizer.pipe(texts), strict=True):
        assert n(text) == doc.text
        assert text == doc._.source


def test_spacy_docs_travel(nlp):
    """What is known of the source is in bytes, pickles and other processes too."""
    from spacy.tokens import DocBin

    doc = nlp(RAW)
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (back,) = DocBin(store_user_data=True).from_bytes(data).get_docs(nlp.vocab)

    check(back)
    check(pickle.loads(pickle.dumps(doc)))
    for piped in nlp.pipe([RAW] * 3, n_process=2):
        check(piped)


def test_spacy_pipelines_can_be_saved(nlp, tmp_path):
    """A saved pipeline normalizes when it is loaded, by its entry point."""
    nlp.to_disk(tmp_path / "saved")
    code = (
        "import sys, spacy; doc = spacy.load(sys.argv[1])('Kiev');"
        "print(doc.text, doc._.source, doc.ents)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "saved"],
        capture_output=True,
        check=True,
        text=True,
    )

    assert "Kyiv Kiev (Kyiv,)" == run.stdout.strip()


def test_spacy_texts_without_the_pipe_are_their_own_source(nlp):
    """A doc that was made otherwise has no other source than itself."""
    spacy = pytest.importorskip("spacy")
    doc = spacy.blank("en")("Kiev")

    assert "Kiev" == doc._.source
    assert [] == doc._.edits
    with pytest.raises(RuntimeError, match="normalizes already"):
        nlp.add_pipe("normalize", name="again")


# --- scikit-learn


@pytest.fixture(scope="module")
def sklearn():
    """The library."""
    return pytest.importorskip("sklearn", reason="scikit-learn has no wheel here")


@pytest.fixture
def transformer(sklearn, rules):
    """A transformer with rules of one's own."""
    del sklearn
    from normalize.adapters.sklearn import TextNormalizer

    return TextNormalizer("characters", rules=[rules])


def test_sklearn_takes_what_holds_texts(transformer, expected):
    """Lists, iterators, arrays, Series and frames come back as what they were."""
    np = pytest.importorskip("numpy")
    pd = pytest.importorskip("pandas")
    array = np.array(TEXTS, dtype=object)

    assert expected == transformer.transform(TEXTS)
    assert expected == transformer.transform(iter(TEXTS))
    assert expected == transformer.transform(array).tolist()
    assert [expected] == transformer.transform(array[None, :]).tolist()
    made = transformer.transform(pd.Series(TEXTS, dtype="string"))
    assert expected == made.astype(object).where(made.notna(), None).tolist()
    frame = transformer.transform(pd.DataFrame({"a": ["Kiev"], "b": ["Lvov"]}))
    assert {"a": "Kyiv", "b": "Lviv"} == frame.iloc[0].to_dict()
    assert ["Kyiv"] == transformer.transform(np.array(["Kiev"])).tolist()
    with pytest.raises(TypeError, match="texts, not one text"):
        transformer.transform("Kiev")


def test_sklearn_leaves_what_is_missing(transformer):
    """None, NaN and NA in lists and arrays stay what they are."""
    np = pytest.importorskip("numpy")
    pd = pytest.importorskip("pandas")
    texts = ["Kiev", None, float("nan"), pd.NA]

    for given in (texts, np.array(texts, dtype=object)):
        first, *gaps = transformer.transform(given)

        assert "Kyiv" == first
        assert gaps[0] is None
        assert isinstance(gaps[1], float)
        assert gaps[2] is pd.NA
    frame = transformer.transform(pd.DataFrame([["Kiev", None]]))
    assert "Kyiv" == frame[0][0]


def test_sklearn_in_a_pipeline(sklearn, transformer):
    """Two spellings of a name are one word of the vocabulary; it clones and pickles."""
    del sklearn
    from sklearn.base import clone
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.pipeline import make_pipeline

    copy = pickle.loads(pickle.dumps(clone(transformer).fit([])))
    pipeline = make_pipeline(copy, CountVectorizer())
    matrix = pipeline.fit_transform(["Kiev and Lvov", "Kyiv"])

    assert ["and", "kyiv", "lviv"] == pipeline[1].get_feature_names_out().tolist()
    assert [[1, 1, 1], [0, 1, 0]] == matrix.toarray().tolist()
    assert "characters" == transformer.get_params()["profile"]


def test_sklearn_columns_keep_their_names(sklearn, transformer):
    """A ColumnTransformer gives the columns under the names that they had."""
    del sklearn
    pd = pytest.importorskip("pandas")
    from sklearn.compose import make_column_transformer

    frame = pd.DataFrame({"a": ["Kiev"], "b": [1]})
    columns = make_column_transformer(
        (transformer, ["a"]), remainder="passthrough", verbose_feature_names_out=False
    ).set_output(transform="pandas")

    assert {"a": "Kyiv", "b": 1} == columns.fit_transform(frame).iloc[0].to_dict()


def test_sklearn_takes_a_normalizer(sklearn, n):
    """A normalizer is as good as a name, and has its options already."""
    del sklearn
    from normalize.adapters.sklearn import TextNormalizer

    assert ["Kyiv"] == TextNormalizer(n).fit_transform(["Kiev"])
    with pytest.raises(TypeError, match="go with a profile given by name"):
        TextNormalizer(n, options={"a": "b"}).fit([])


# --- Hugging Face tokenizers


@pytest.fixture(scope="module")
def tokenizer():
    """A word-piece tokenizer trained on a few words, with special tokens."""
    tokenizers = pytest.importorskip("tokenizers", reason="tokenizers has no wheel")
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece(unk_token="[UNK]"))
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    trainer = tokenizers.trainers.WordPieceTrainer(
        vocab_size=80, special_tokens=["[UNK]", "[CLS]", "[SEP]"]
    )
    made.train_from_iterator([RULES, RAW], trainer)
    made.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return made


def test_tokens_point_into_the_raw_text(tokenizer, n):
    """Tokens are of the normalized text; joined, their spans cover the raw words."""
    from normalize.adapters.tokenizers import encode

    tokens = encode(tokenizer, RAW, n)
    encoding = tokens.encoding

    assert tokenizer.encode(n(RAW)).ids == encoding.ids
    assert len(encoding.ids) == len(tokens.offsets)
    assert (0, 0) == tokens.offsets[0] == tokens.offsets[-1]
    for (start, end), (a, b) in zip(encoding.offsets, tokens.offsets, strict=True):
        word, raw = n(RAW)[start:end], RAW[a:b]
        assert word == raw or any(e.start <= a and b <= e.end for e in edits(tokens))
    found = {RAW[a:b] for a, b in tokens.offsets}
    assert {"Belaya", "Kiev", "Lvov"} <= found or "Belaya Tserkov" in found


def edits(tokens):
    """The edits behind the tokens."""
    return tokens.result.edits


def test_tokens_of_many_texts(tokenizer, n):
    """A batch is what its texts are one by one."""
    from normalize.adapters.tokenizers import encode, encode_batch

    texts = [text for text in TEXTS if text is not None and len(text) < 1000]
    one = [encode(tokenizer, t, n, add_special_tokens=False) for t in texts]
    many = encode_batch(tokenizer, texts, n, add_special_tokens=False)

    assert [t.offsets for t in one] == [t.offsets for t in many]
    assert [t.encoding.ids for t in one] == [t.encoding.ids for t in many]
