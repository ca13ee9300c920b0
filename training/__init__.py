"""How the language model in ``kg/nlp/model`` was made, as one repeatable command (see README.md here)."""
