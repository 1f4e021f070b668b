"""The hidden tests: what the judge asks of every exercise. They run in the trusted process and see values only."""
