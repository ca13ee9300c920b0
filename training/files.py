"""Names of the files that the product reads (``kg/nlp/model.py``) and of the figures beside them."""

MODEL = "model.int8.onnx"
TABLE = "embeddings.q4.npy"
TOKENIZER = "tokenizer.json"
RELATIONS = "relations.npz"
EVENTS = "events.npz"
META = "meta.json"
FIGURES = "figures.json"
