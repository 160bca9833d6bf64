"""House rules: what must hold of the whole tree, whoever changes it."""
